"""Serves gRPC's interop suite with grpcio, on two free loopback ports that it prints: in clear, and over TLS, where it shows
the certificate of its arguments and wants to see the same. Ends when its standard input does.
"""

import sys
from concurrent import futures
from pathlib import Path

import grpc
from health.v1 import health_pb2
from health.v1.health_pb2_grpc import add_HealthServicer_to_server
from testing import test_pb2
from testing.test_pb2_grpc import add_TestServiceServicer_to_server, add_XdsUpdateHealthServiceServicer_to_server

from services import reflection
from services.health import HealthServer, HealthSwitch
from services.suite import TestServer

server = grpc.server(futures.ThreadPoolExecutor(max_workers=16), options=[("grpc.so_reuseport", 0)])
health = HealthServer()
add_TestServiceServicer_to_server(TestServer(), server)
add_HealthServicer_to_server(health, server)
add_XdsUpdateHealthServiceServicer_to_server(HealthSwitch(health), server)
suite = test_pb2.DESCRIPTOR.services_by_name
reflection.add_to(
    server, [suite["TestService"], suite["XdsUpdateHealthService"], health_pb2.DESCRIPTOR.services_by_name["Health"]]
)
certificate, key = (Path(file).read_bytes() for file in sys.argv[1:])
tls = grpc.ssl_server_credentials([(key, certificate)], root_certificates=certificate, require_client_auth=True)
ports = (server.add_insecure_port("127.0.0.1:0"), server.add_secure_port("127.0.0.1:0", tls))
server.start()
print(*ports, flush=True)
sys.stdin.read()
server.stop(grace=None)
