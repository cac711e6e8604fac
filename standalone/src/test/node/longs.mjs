// A long has 64 bits and a JavaScript number only 53, so longs are read as BigInt.
import avro from 'avsc';

const exactLong = avro.types.LongType.__with({
  fromBuffer: (bytes) => bytes.readBigInt64LE(),
  toBuffer: (value) => {
    const bytes = Buffer.alloc(8);
    bytes.writeBigInt64LE(value);
    return bytes;
  },
  fromJSON: BigInt,
  toJSON: String,
  isValid: (value) => typeof value === 'bigint',
  compare: (one, other) => (one < other ? -1 : one > other ? 1 : 0),
});

// Both registry clients pass it on to avsc, the Avro library that they share.
export const typeHook = (schema) =>
  schema === 'long' || schema?.type === 'long' ? exactLong : undefined;
