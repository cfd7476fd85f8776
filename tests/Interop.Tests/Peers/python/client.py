"""Runs cases of gRPC's interop suite with grpcio's client.

A line of JSON in names a case and a server's address; a line of JSON out says how it went. The arguments are the files of a
certificate and its key: over TLS the client shows it, and trusts the server that shows the same.
"""

import json
import sys
import traceback
from pathlib import Path

import grpc

from cases import compression, given_up, health, metadata, reflection, status, streaming, unary

MODULES = (unary, streaming, given_up, status, metadata, compression, health, reflection)


CERTIFICATE, KEY = (Path(file).read_bytes() for file in sys.argv[1:])


def run(name, address, tls):
    case = next(getattr(module, name) for module in MODULES if hasattr(module, name))
    with open_channel(address, tls) as channel:
        case(channel)


def open_channel(address, tls):
    if tls:
        return grpc.secure_channel(address, grpc.ssl_channel_credentials(CERTIFICATE, KEY, CERTIFICATE))
    return grpc.insecure_channel(address)


for line in sys.stdin:
    order = json.loads(line)
    failure = None
    try:
        run(order["case"], order["target"], order["tls"])
    except Exception:
        failure = traceback.format_exc()
    print(json.dumps({"failure": failure}), flush=True)
