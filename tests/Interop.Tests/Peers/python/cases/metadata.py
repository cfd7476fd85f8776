"""Metadata that the server sends back, in its headers and its trailers."""

from testing.test_pb2_grpc import TestServiceStub

from cases import checks
from cases.streaming import ask
from cases.unary import large_request

INITIAL = ("x-grpc-test-echo-initial", "test_initial_metadata_value")
TRAILING = ("x-grpc-test-echo-trailing-bin", b"\xab\xab\xab")


def custom_metadata(channel):
    service = TestServiceStub(channel)

    response, call = service.UnaryCall.with_call(large_request(), metadata=(INITIAL, TRAILING), timeout=checks.LONGEST)
    checks.zeros(response.payload, 314159)
    echoed(call)

    call = service.FullDuplexCall(iter([ask(271828, 314159)]), metadata=(INITIAL, TRAILING), timeout=checks.LONGEST)
    (response,) = call
    checks.zeros(response.payload, 314159)
    echoed(call)


def echoed(call):
    checks.equal([value for key, value in call.initial_metadata() if key == INITIAL[0]], [INITIAL[1]])
    checks.equal([value for key, value in call.trailing_metadata() if key == TRAILING[0]], [TRAILING[1]])
