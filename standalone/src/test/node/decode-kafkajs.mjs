import { SchemaRegistry, SchemaType } from '@kafkajs/confluent-schema-registry';
import { typeHook } from './longs.mjs';

export const decoder = (url) => {
  const registry = new SchemaRegistry({ host: url }, { [SchemaType.AVRO]: { typeHook } });
  return (topic, bytes) => registry.decode(bytes);
};
