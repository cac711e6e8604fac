// node subscribe.mjs kafkajs|confluent <group> <bootstrap> <registry> <topic>…
// Prints one line of JSON per record, from the beginning of the topics until it is interrupted.
import kafkajs from 'kafkajs';
import lz4 from 'lz4js';

const { CompressionCodecs, CompressionTypes, Kafka, logLevel } = kafkajs;
const [client, group, bootstrap, registry, ...topics] = process.argv.slice(2);
const { decoder } = await import(`./decode-${client}.mjs`);
const decode = decoder(registry);

// The relay compresses with LZ4, which KafkaJS leaves to others.
CompressionCodecs[CompressionTypes.LZ4] = () => ({
  compress: ({ buffer }) => Buffer.from(lz4.compress(buffer)),
  decompress: (buffer) => Buffer.from(lz4.decompress(buffer)),
});

const text = (bytes) => bytes?.toString() ?? null;

// JSON as exact as Avro: longs as text, bytes in base64.
const exact = (value) => {
  if (typeof value === 'bigint') return value.toString();
  if (Buffer.isBuffer(value)) return value.toString('base64');
  if (Array.isArray(value)) return value.map(exact);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, exact(field)]));
};

// What the registry cannot answer now says nothing about the record: throw, and KafkaJS reads it again.
const isOfRegistry = (error) => error.status !== undefined || error.isAxiosError === true;

const handle = async ({ topic, partition, message }) => {
  const headers = Object.entries(message.headers).map(([name, value]) => [name, text(value)]);
  const line = {
    topic,
    partition,
    offset: message.offset,
    timestamp: message.timestamp,
    key: text(message.key),
    headers: Object.fromEntries(headers),
  };
  try {
    line.value = message.value && exact(await decode(topic, message.value));
  } catch (error) {
    if (isOfRegistry(error)) throw error;
    line.undecodable = error.message; // no Avro of ours: where it matters to you, put it aside and alert
  }
  console.log(JSON.stringify(line));
};

const kafka = new Kafka({ clientId: group, brokers: bootstrap.split(','), logLevel: logLevel.WARN });
const consumer = kafka.consumer({ groupId: group, readUncommitted: false });
await consumer.connect();
await consumer.subscribe({ topics, fromBeginning: true });
await consumer.run({ eachMessage: handle });

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => consumer.disconnect());
}
