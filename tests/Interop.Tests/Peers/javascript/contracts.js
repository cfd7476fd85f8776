// The suite's contracts, loaded from the same files as everyone's.

import grpc from '@grpc/grpc-js';
import protoLoader from '@grpc/proto-loader';

export const definition = protoLoader.loadSync('testing/test.proto', {
  includeDirs: [new URL('../../Protos', import.meta.url).pathname],
  keepCase: true,
  defaults: true,
});

export const { TestService, UnimplementedService, XdsUpdateHealthService } =
  grpc.loadPackageDefinition(definition).grpc.testing;
