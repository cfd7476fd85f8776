// Serves gRPC's interop suite with grpc-js, on a free loopback port that it prints. Ends when its standard input does.

import grpc from '@grpc/grpc-js';
import { ReflectionService } from '@grpc/reflection';
import { HealthImplementation } from 'grpc-health-check';
import { definition, TestService, XdsUpdateHealthService } from './contracts.js';
import { healthSwitch } from './services/healthSwitch.js';
import { suite } from './services/suite.js';

const server = new grpc.Server();
const health = new HealthImplementation({ '': 'SERVING', 'grpc.testing.TestService': 'SERVING' });
server.addService(TestService.service, suite);
server.addService(XdsUpdateHealthService.service, healthSwitch(health));
health.addToServer(server);
new ReflectionService(definition).addToServer(server);
server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  console.log(port);
});
process.stdin.resume().on('end', () => server.forceShutdown());
