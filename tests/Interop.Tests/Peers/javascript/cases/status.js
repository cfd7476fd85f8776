// Calls that end with an error.

import assert from 'node:assert/strict';
import grpc from '@grpc/grpc-js';
import { TestService, UnimplementedService } from '../contracts.js';
import { all, endsWith, single, soon } from './checks.js';

const PLAIN = 'test status message';
const SPECIAL = '\t\ntest with whitespace\r\nand Unicode BMP ☺ and non-BMP 😈\t\n';

export async function status_code_and_message(target) {
  await unknownOnUnary(target, PLAIN);
  const call = target.connect(TestService).FullDuplexCall(soon());
  call.write({ response_status: { code: 2, message: PLAIN } });
  call.end();
  const error = await endsWith(grpc.status.UNKNOWN, all(call));
  assert.equal(error.details, PLAIN);
}

export const special_status_message = (target) => unknownOnUnary(target, SPECIAL);

export const unimplemented_method = (target) => unimplemented(target.connect(TestService));

export const unimplemented_service = (target) => unimplemented(target.connect(UnimplementedService));

async function unimplemented(client) {
  await endsWith(grpc.status.UNIMPLEMENTED, single((done) => client.UnimplementedCall({}, soon(), done)));
}

async function unknownOnUnary(target, message) {
  const request = { response_status: { code: 2, message } };
  const call = single((done) => target.connect(TestService).UnaryCall(request, soon(), done));
  const error = await endsWith(grpc.status.UNKNOWN, call);
  assert.equal(error.details, message);
}
