"""Many requests, many responses."""

import queue

from testing.messages_pb2 import Payload, ResponseParameters, StreamingInputCallRequest, StreamingOutputCallRequest
from testing.test_pb2_grpc import TestServiceStub

from cases import checks

REQUEST_SIZES = (27182, 8, 1828, 45904)
RESPONSE_SIZES = (31415, 9, 2653, 58979)


def client_streaming(channel):
    requests = (StreamingInputCallRequest(payload=Payload(body=bytes(size))) for size in REQUEST_SIZES)
    response = TestServiceStub(channel).StreamingInputCall(requests, timeout=checks.LONGEST)
    checks.equal(response.aggregated_payload_size, 74922)


def server_streaming(channel):
    request = StreamingOutputCallRequest(response_parameters=[ResponseParameters(size=size) for size in RESPONSE_SIZES])
    responses = list(TestServiceStub(channel).StreamingOutputCall(request, timeout=checks.LONGEST))
    checks.equal(len(responses), len(RESPONSE_SIZES))
    for response, size in zip(responses, RESPONSE_SIZES):
        checks.zeros(response.payload, size)


def ping_pong(channel):
    with Requests() as requests:
        responses = TestServiceStub(channel).FullDuplexCall(requests, timeout=checks.LONGEST)
        for sent, wanted in zip(REQUEST_SIZES, RESPONSE_SIZES):
            requests.send(ask(sent, wanted))
            checks.zeros(next(responses).payload, wanted)
    checks.equal(list(responses), [])


def empty_stream(channel):
    responses = TestServiceStub(channel).FullDuplexCall(iter(()), timeout=checks.LONGEST)
    checks.equal(list(responses), [])


def ask(sent, wanted):
    """A request of a full duplex call: so many bytes, for an answer of so many."""
    return StreamingOutputCallRequest(
        payload=Payload(body=bytes(sent)), response_parameters=[ResponseParameters(size=wanted)]
    )


class Requests:
    """Requests that are written one by one; the stream is half-closed at the end of the with block."""

    def __init__(self):
        self._queue = queue.SimpleQueue()

    def send(self, request):
        self._queue.put(request)

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        self._queue.put(None)

    def __iter__(self):
        return self

    def __next__(self):
        request = self._queue.get()
        if request is None:
            raise StopIteration
        return request
