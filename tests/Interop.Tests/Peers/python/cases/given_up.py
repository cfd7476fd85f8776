"""Calls that the client, or its deadline, gives up."""

import grpc
from testing.messages_pb2 import Payload, StreamingOutputCallRequest
from testing.test_pb2_grpc import TestServiceStub

from cases import checks
from cases.streaming import Requests, ask


def cancel_after_begin(channel):
    with Requests() as requests:
        call = TestServiceStub(channel).StreamingInputCall.future(requests, timeout=checks.LONGEST)
        call.cancel()
        checks.equal(call.cancelled(), True)
        checks.equal(call.code(), grpc.StatusCode.CANCELLED)


def cancel_after_first_response(channel):
    with Requests() as requests:
        responses = TestServiceStub(channel).FullDuplexCall(requests, timeout=checks.LONGEST)
        requests.send(ask(27182, 31415))
        checks.zeros(next(responses).payload, 31415)
        responses.cancel()
        checks.ends_with(grpc.StatusCode.CANCELLED, lambda: next(responses))


def timeout_on_sleeping_server(channel):
    with Requests() as requests:
        responses = TestServiceStub(channel).FullDuplexCall(requests, timeout=0.001)
        requests.send(StreamingOutputCallRequest(payload=Payload(body=bytes(27182))))
        checks.ends_with(grpc.StatusCode.DEADLINE_EXCEEDED, lambda: next(responses))
