// The suite's own service.

import { setTimeout as sleep } from 'node:timers/promises';
import grpc from '@grpc/grpc-js';

const INITIAL = 'x-grpc-test-echo-initial';
const TRAILING = 'x-grpc-test-echo-trailing-bin';

const zeros = (size) => ({ payload: { body: Buffer.alloc(size) } });

// UnimplementedCall is what grpc-js makes of a method that is not here.
export const suite = {
  EmptyCall(call, done) {
    done(null, {});
  },

  UnaryCall(call, done) {
    const { response_size: size, response_status: status } = call.request;
    done(failure(status), zeros(size), echo(call));
  },

  async StreamingOutputCall(call) {
    const trailers = echo(call);
    await answer(call, call.request);
    call.end(trailers);
  },

  StreamingInputCall(call, done) {
    let size = 0;
    call.on('data', (request) => {
      size += request.payload.body.length;
    });
    call.on('end', () => done(null, { aggregated_payload_size: size }));
  },

  FullDuplexCall(call) {
    const trailers = echo(call);
    let answered = Promise.resolve();
    call.on('data', (request) => {
      const error = failure(request.response_status);
      answered = answered.then(() => (error ? call.emit('error', error) : answer(call, request)));
    });
    call.on('end', () => answered.then(() => call.end(trailers)));
  },
};

function failure(status) {
  return status?.code ? { code: status.code, details: status.message } : null;
}

async function answer(call, request) {
  for (const { size, interval_us: pause } of request.response_parameters) {
    if (pause > 0) await sleep(pause / 1000);
    call.write(zeros(size));
  }
}

// Sends the headers, and returns the trailers.
function echo(call) {
  const headers = new grpc.Metadata();
  const trailers = new grpc.Metadata();
  call.metadata.get(INITIAL).forEach((value) => headers.add(INITIAL, value));
  call.metadata.get(TRAILING).forEach((value) => trailers.add(TRAILING, value));
  call.sendMetadata(headers);
  return trailers;
}
