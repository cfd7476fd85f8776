"""Calls that end with an error."""

import grpc
from testing.empty_pb2 import Empty
from testing.messages_pb2 import EchoStatus, SimpleRequest, StreamingOutputCallRequest
from testing.test_pb2_grpc import TestServiceStub, UnimplementedServiceStub

from cases import checks

PLAIN = "test status message"
SPECIAL = "\t\ntest with whitespace\r\nand Unicode BMP ☺ and non-BMP 😈\t\n"


def status_code_and_message(channel):
    unknown_on_unary(channel, PLAIN)
    requests = iter([StreamingOutputCallRequest(response_status=EchoStatus(code=2, message=PLAIN))])
    responses = TestServiceStub(channel).FullDuplexCall(requests, timeout=checks.LONGEST)
    error = checks.ends_with(grpc.StatusCode.UNKNOWN, lambda: list(responses))
    checks.equal(error.details(), PLAIN)


def special_status_message(channel):
    unknown_on_unary(channel, SPECIAL)


def unimplemented_method(channel):
    call = TestServiceStub(channel).UnimplementedCall
    checks.ends_with(grpc.StatusCode.UNIMPLEMENTED, lambda: call(Empty(), timeout=checks.LONGEST))


def unimplemented_service(channel):
    call = UnimplementedServiceStub(channel).UnimplementedCall
    checks.ends_with(grpc.StatusCode.UNIMPLEMENTED, lambda: call(Empty(), timeout=checks.LONGEST))


def unknown_on_unary(channel, message):
    request = SimpleRequest(response_status=EchoStatus(code=2, message=message))
    call = TestServiceStub(channel).UnaryCall
    error = checks.ends_with(grpc.StatusCode.UNKNOWN, lambda: call(request, timeout=checks.LONGEST))
    checks.equal(error.details(), message)
