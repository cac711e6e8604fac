import { AvroDeserializer, SchemaRegistryClient, SerdeType } from '@confluentinc/schemaregistry';
import { typeHook } from './longs.mjs';

export const decoder = (url) => {
  const registry = new SchemaRegistryClient({ baseURLs: [url] });
  const records = new AvroDeserializer(registry, SerdeType.VALUE, { typeHook });
  return (topic, bytes) => records.deserialize(topic, bytes);
};
