"""What a server says of its health, when asked and whenever it changes."""

import grpc
from health.v1.health_pb2 import HealthCheckRequest, HealthCheckResponse
from health.v1.health_pb2_grpc import HealthStub
from testing.empty_pb2 import Empty
from testing.test_pb2_grpc import XdsUpdateHealthServiceStub

from cases import checks

SERVING = HealthCheckResponse.SERVING
NOT_SERVING = HealthCheckResponse.NOT_SERVING
SERVICE_UNKNOWN = HealthCheckResponse.SERVICE_UNKNOWN


def health_check(channel):
    checks.equal(check(channel, ""), SERVING)
    checks.equal(check(channel, "grpc.testing.TestService"), SERVING)
    checks.ends_with(grpc.StatusCode.NOT_FOUND, lambda: check(channel, "no.such.Service"))


def health_watch(channel):
    turn = XdsUpdateHealthServiceStub(channel)
    statuses = watch(channel, "")
    checks.equal(next(statuses).status, SERVING)
    try:
        turn.SetNotServing(Empty(), timeout=checks.LONGEST)
        checks.equal(next(statuses).status, NOT_SERVING)
        checks.equal(check(channel, ""), NOT_SERVING)
    finally:
        turn.SetServing(Empty(), timeout=checks.LONGEST)
    checks.equal(next(statuses).status, SERVING)
    statuses.cancel()
    checks.ends_with(grpc.StatusCode.CANCELLED, lambda: next(statuses))

    unknown = watch(channel, "no.such.Service")
    checks.equal(next(unknown).status, SERVICE_UNKNOWN)
    unknown.cancel()


def check(channel, service):
    return HealthStub(channel).Check(HealthCheckRequest(service=service), timeout=checks.LONGEST).status


def watch(channel, service):
    return HealthStub(channel).Watch(HealthCheckRequest(service=service), timeout=checks.LONGEST)
