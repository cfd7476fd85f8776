"""grpc.health.v1 over grpcio; Python's own package of it is not to be had here."""

import threading

import grpc
from health.v1.health_pb2 import HealthCheckResponse
from health.v1.health_pb2_grpc import HealthServicer
from testing.empty_pb2 import Empty
from testing.test_pb2_grpc import XdsUpdateHealthServiceServicer

SERVING = HealthCheckResponse.SERVING


class HealthServer(HealthServicer):
    def __init__(self):
        self._changed = threading.Condition()
        self._statuses = {"": SERVING, "grpc.testing.TestService": SERVING}

    def set(self, service, status):
        with self._changed:
            self._statuses[service] = status
            self._changed.notify_all()

    def Check(self, request, context):
        if request.service not in self._statuses:
            context.abort(grpc.StatusCode.NOT_FOUND, f"'{request.service}' is not known.")
        return HealthCheckResponse(status=self._statuses[request.service])

    def Watch(self, request, context):
        context.add_callback(self._wake)
        told = None
        while context.is_active():
            with self._changed:
                status = self._statuses.get(request.service, HealthCheckResponse.SERVICE_UNKNOWN)
                if status == told:
                    self._changed.wait(timeout=1)
                    continue
            told = status
            yield HealthCheckResponse(status=status)

    def _wake(self):
        with self._changed:
            self._changed.notify_all()


class HealthSwitch(XdsUpdateHealthServiceServicer):
    def __init__(self, health):
        self._health = health

    def SetServing(self, request, context):
        self._health.set("", SERVING)
        return Empty()

    def SetNotServing(self, request, context):
        self._health.set("", HealthCheckResponse.NOT_SERVING)
        return Empty()
