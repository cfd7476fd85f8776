// What a server says of its contracts: enough to call it without having them.

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import grpc from '@grpc/grpc-js';
import protoLoader from '@grpc/proto-loader';
import descriptor from 'protobufjs/ext/descriptor/index.js';
import { single, soon, zeros } from './checks.js';

const PROTOS = join(dirname(createRequire(import.meta.url).resolve('@grpc/reflection')), '../proto');
const OPTIONS = { keepCase: true, defaults: true, oneofs: true };

const load = (file) => grpc.loadPackageDefinition(protoLoader.loadSync(join(PROTOS, file), OPTIONS)).grpc.reflection;

export const reflection_v1 = (target) => reflect(target, load('grpc/reflection/v1/reflection.proto').v1.ServerReflection);

export const reflection_v1alpha = (target) =>
  reflect(target, load('grpc/reflection/v1alpha/reflection.proto').v1alpha.ServerReflection);

async function reflect(target, ServerReflection) {
  const call = target.connect(ServerReflection).ServerReflectionInfo(soon());
  const responses = call[Symbol.asyncIterator]();
  const ask = async (question) => {
    call.write(question);
    return (await responses.next()).value;
  };

  const { list_services_response: list } = await ask({ list_services: '*' });
  assert.ok(list.service.some(({ name }) => name === 'grpc.testing.TestService'));
  const files = filesOf(await ask({ file_containing_symbol: 'grpc.testing.TestService' }));
  await callWithoutContracts(target, files);
  for (const symbol of ['grpc.testing.SimpleRequest', 'grpc.testing.TestService.FullDuplexCall'])
    assert.ok(filesOf(await ask({ file_containing_symbol: symbol })).length > 0);
  const { name } = descriptor.FileDescriptorProto.decode(files[0]);
  assert.deepEqual(filesOf(await ask({ file_by_filename: name }))[0], files[0]);
  for (const question of [{ file_containing_symbol: 'no.such.Symbol' }, { file_by_filename: 'no/such.proto' }])
    assert.equal((await ask(question)).error_response.error_code, grpc.status.NOT_FOUND);
  call.end();
  assert.ok((await responses.next()).done);
}

const filesOf = (response) => response.file_descriptor_response.file_descriptor_proto;

// Makes a large unary call with no more than the files tell.
async function callWithoutContracts(target, files) {
  const set = { file: files.map((file) => descriptor.FileDescriptorProto.decode(file)) };
  const loaded = protoLoader.loadFileDescriptorSetFromBuffer(Buffer.from(descriptor.FileDescriptorSet.encode(set).finish()), OPTIONS);
  const { TestService } = grpc.loadPackageDefinition(loaded).grpc.testing;
  const request = { response_size: 314159 };
  const { response } = await single((done) => target.connect(TestService).UnaryCall(request, soon(), done));
  zeros(response.payload, 314159);
}
