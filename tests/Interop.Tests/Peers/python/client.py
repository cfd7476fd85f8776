"""Runs cases of gRPC's interop suite with grpcio's client.

A line of JSON in names a case and a server's address; a line of JSON out says how it went.
"""

import json
import sys
import traceback

import grpc

import compression
import given_up
import metadata
import status
import streaming
import unary

CASES = {
    case.__name__: case
    for module in (unary, streaming, given_up, status, metadata, compression)
    for case in module.CASES
}


def run(order):
    with grpc.insecure_channel(order["target"], options=[("grpc.enable_http_proxy", 0)]) as channel:
        CASES[order["case"]](channel)


for line in sys.stdin:
    try:
        run(json.loads(line))
        answer = {"failure": None}
    except Exception:
        answer = {"failure": traceback.format_exc()}
    print(json.dumps(answer), flush=True)
