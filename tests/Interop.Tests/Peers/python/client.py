"""Runs cases of gRPC's interop suite with grpcio's client.

A line of JSON in names a case and a server's address; a line of JSON out says how it went.
"""

import json
import sys
import traceback

import grpc

from cases import compression, given_up, health, metadata, reflection, status, streaming, unary

MODULES = (unary, streaming, given_up, status, metadata, compression, health, reflection)


def run(name, address):
    case = next(getattr(module, name) for module in MODULES if hasattr(module, name))
    with grpc.insecure_channel(address) as channel:
        case(channel)


for line in sys.stdin:
    order = json.loads(line)
    failure = None
    try:
        run(order["case"], order["target"])
    except Exception:
        failure = traceback.format_exc()
    print(json.dumps({"failure": failure}), flush=True)
