// What a server says of its health, when asked and whenever it changes.

import assert from 'node:assert/strict';
import grpc from '@grpc/grpc-js';
import { service } from 'grpc-health-check';
import { XdsUpdateHealthService } from '../contracts.js';
import { endsWith, single, soon } from './checks.js';

const Health = grpc.makeClientConstructor(service, 'Health');

export async function health_check(target) {
  assert.equal(await check(target, ''), 'SERVING');
  assert.equal(await check(target, 'grpc.testing.TestService'), 'SERVING');
  await endsWith(grpc.status.NOT_FOUND, check(target, 'no.such.Service'));
}

export async function health_watch(target) {
  const turn = target.connect(XdsUpdateHealthService);
  const { call, next } = watch(target, '');
  assert.equal(await next(), 'SERVING');
  try {
    await single((done) => turn.SetNotServing({}, soon(), done));
    assert.equal(await next(), 'NOT_SERVING');
    assert.equal(await check(target, ''), 'NOT_SERVING');
  } finally {
    await single((done) => turn.SetServing({}, soon(), done));
  }
  assert.equal(await next(), 'SERVING');
  call.cancel();
  await endsWith(grpc.status.CANCELLED, next());

  const unknown = watch(target, 'no.such.Service');
  assert.equal(await unknown.next(), 'SERVICE_UNKNOWN');
  unknown.call.cancel();
  await endsWith(grpc.status.CANCELLED, unknown.next());
}

async function check(target, name) {
  const { response } = await single((done) => target.connect(Health).check({ service: name }, soon(), done));
  return response.status;
}

function watch(target, name) {
  const call = target.connect(Health).watch({ service: name }, soon());
  const responses = call[Symbol.asyncIterator]();
  return { call, next: async () => (await responses.next()).value.status };
}
