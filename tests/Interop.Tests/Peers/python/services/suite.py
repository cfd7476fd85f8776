"""The suite's own service."""

import time

import grpc
from testing.empty_pb2 import Empty
from testing.messages_pb2 import Payload, SimpleResponse, StreamingInputCallResponse, StreamingOutputCallResponse
from testing.test_pb2_grpc import TestServiceServicer

INITIAL = "x-grpc-test-echo-initial"
TRAILING = "x-grpc-test-echo-trailing-bin"


class TestServer(TestServiceServicer):
    """UnimplementedCall is what the generated class makes of it."""

    def EmptyCall(self, request, context):
        return Empty()

    def UnaryCall(self, request, context):
        if request.response_compressed.value:
            context.set_compression(grpc.Compression.Gzip)
        echo_metadata(context)
        echo_status(request, context)
        return SimpleResponse(payload=Payload(body=bytes(request.response_size)))

    def StreamingOutputCall(self, request, context):
        if any(wanted.compressed.value for wanted in request.response_parameters):
            context.set_compression(grpc.Compression.Gzip)
        echo_metadata(context)
        yield from answers(request, context)

    def StreamingInputCall(self, request_iterator, context):
        sizes = (len(request.payload.body) for request in request_iterator)
        return StreamingInputCallResponse(aggregated_payload_size=sum(sizes))

    def FullDuplexCall(self, request_iterator, context):
        echo_metadata(context)
        for request in request_iterator:
            yield from answers(request, context)


def answers(request, context):
    echo_status(request, context)
    for wanted in request.response_parameters:
        time.sleep(wanted.interval_us / 1e6)
        if not wanted.compressed.value:
            context.disable_next_message_compression()
        yield StreamingOutputCallResponse(payload=Payload(body=bytes(wanted.size)))


def echo_metadata(context):
    sent = context.invocation_metadata()
    context.send_initial_metadata([entry for entry in sent if entry[0] == INITIAL])
    context.set_trailing_metadata([entry for entry in sent if entry[0] == TRAILING])


def echo_status(request, context):
    if request.response_status.code:
        code = next(each for each in grpc.StatusCode if each.value[0] == request.response_status.code)
        context.abort(code, request.response_status.message)
