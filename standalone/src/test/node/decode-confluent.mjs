import { AvroDeserializer, SchemaRegistryClient, SerdeType } from '@confluentinc/schemaregistry';
import { typeHook } from './longs.mjs';

// Without a timeout a request that is never answered stops the subscriber for good; with one it is sent again.
const patience = { timeout: 5000 };

export const decoder = (url) => {
  const registry = new SchemaRegistryClient({ baseURLs: [url], createAxiosDefaults: patience });
  const records = new AvroDeserializer(registry, SerdeType.VALUE, { typeHook });
  return (topic, bytes) => records.deserialize(topic, bytes);
};
