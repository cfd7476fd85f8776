// Calls that the client, or its deadline, gives up.

import grpc from '@grpc/grpc-js';
import { TestService } from '../contracts.js';
import { all, endsWith, single, soon, zeros } from './checks.js';
import { ask } from './streaming.js';

export async function cancel_after_begin(target) {
  const ended = single((done) => {
    const call = target.connect(TestService).StreamingInputCall(soon(), done);
    call.cancel();
    return call;
  });
  await endsWith(grpc.status.CANCELLED, ended);
}

export async function cancel_after_first_response(target) {
  const call = target.connect(TestService).FullDuplexCall(soon());
  const responses = call[Symbol.asyncIterator]();
  call.write(ask(27182, 31415));
  zeros((await responses.next()).value.payload, 31415);
  call.cancel();
  await endsWith(grpc.status.CANCELLED, responses.next());
}

export async function timeout_on_sleeping_server(target) {
  const call = target.connect(TestService).FullDuplexCall({ deadline: Date.now() + 1 });
  call.write({ payload: { body: Buffer.alloc(27182) } });
  await endsWith(grpc.status.DEADLINE_EXCEEDED, all(call));
}
