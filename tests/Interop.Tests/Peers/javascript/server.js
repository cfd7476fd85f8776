// Serves gRPC's interop suite with grpc-js, on two free loopback ports that it prints: in clear, and over TLS, where it shows
// the certificate of its arguments and wants to see the same. Ends when its standard input does.

import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
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

const [certificate, key] = process.argv.slice(2).map((file) => readFileSync(file));
const tls = grpc.ServerCredentials.createSsl(certificate, [{ cert_chain: certificate, private_key: key }], true);
const bind = promisify(server.bindAsync.bind(server));
console.log(await bind('127.0.0.1:0', grpc.ServerCredentials.createInsecure()), await bind('127.0.0.1:0', tls));
process.stdin.resume().on('end', () => server.forceShutdown());
