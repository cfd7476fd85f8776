"""One request, one response."""

from testing.empty_pb2 import Empty
from testing.messages_pb2 import Payload, SimpleRequest
from testing.test_pb2_grpc import TestServiceStub

from cases import checks


def empty_unary(channel):
    response = TestServiceStub(channel).EmptyCall(Empty(), timeout=checks.LONGEST)
    checks.equal(response, Empty())


def large_unary(channel):
    response = TestServiceStub(channel).UnaryCall(large_request(), timeout=checks.LONGEST)
    checks.zeros(response.payload, 314159)


def large_request(**fields):
    return SimpleRequest(response_size=314159, payload=Payload(body=bytes(271828)), **fields)
