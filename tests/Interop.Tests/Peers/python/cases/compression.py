"""Compressed messages. grpcio does not show whether a response came compressed: our server's journal of frames tells."""

import os

import grpc
from testing.messages_pb2 import (
    BoolValue,
    Payload,
    ResponseParameters,
    StreamingInputCallRequest,
    StreamingOutputCallRequest,
)
from testing.test_pb2_grpc import TestServiceStub

from cases import checks
from cases.unary import large_request

PLAIN = grpc.Compression.NoCompression
GZIP = grpc.Compression.Gzip


def client_compressed_unary(channel):
    def call(expected, compression):
        request = large_request(expect_compressed=BoolValue(value=expected))
        response = TestServiceStub(channel).UnaryCall(request, compression=compression, timeout=checks.LONGEST)
        checks.zeros(response.payload, 314159)

    checks.ends_with(grpc.StatusCode.INVALID_ARGUMENT, lambda: call(True, PLAIN))
    call(True, GZIP)
    call(False, PLAIN)


def client_compressed_streaming(channel):
    def call(compression, *parts):
        stub = TestServiceStub(channel)
        return stub.StreamingInputCall(iter(parts), compression=compression, timeout=checks.LONGEST)

    packed = part(bytes(27182), compressed=True)
    # grpcio can't keep one message of a stream from being packed, but sends as it is what gzip would not make smaller.
    unpacked = part(os.urandom(45904), compressed=False)
    checks.ends_with(grpc.StatusCode.INVALID_ARGUMENT, lambda: call(PLAIN, packed))
    checks.equal(call(GZIP, packed, unpacked).aggregated_payload_size, 73086)


def server_compressed_unary(channel):
    for compressed in (True, False):
        request = large_request(response_compressed=BoolValue(value=compressed))
        response = TestServiceStub(channel).UnaryCall(request, timeout=checks.LONGEST)
        checks.zeros(response.payload, 314159)


def server_compressed_streaming(channel):
    wanted = (
        ResponseParameters(compressed=BoolValue(value=True), size=31415),
        ResponseParameters(compressed=BoolValue(value=False), size=92653),
    )
    request = StreamingOutputCallRequest(response_parameters=wanted)
    first, second = TestServiceStub(channel).StreamingOutputCall(request, timeout=checks.LONGEST)
    checks.zeros(first.payload, 31415)
    checks.zeros(second.payload, 92653)


def part(body, compressed):
    return StreamingInputCallRequest(payload=Payload(body=body), expect_compressed=BoolValue(value=compressed))
