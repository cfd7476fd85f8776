// Exporter's contract, read from the .proto files when the program starts.

import { fileURLToPath } from 'node:url';
import grpc from '@grpc/grpc-js';
import protoLoader from '@grpc/proto-loader';

const protos = fileURLToPath(new URL('../../../protos', import.meta.url));

/** Messages by their full names, each with serialize and deserialize. */
export const contract = protoLoader.loadSync(
  ['exporter/ingest/v1/ingest_service.proto', 'google/rpc/status.proto', 'google/rpc/error_details.proto'],
  { includeDirs: [protos], defaults: true, enums: String, longs: Number },
);

export const { IngestService } = grpc.loadPackageDefinition(contract).exporter.ingest.v1;
