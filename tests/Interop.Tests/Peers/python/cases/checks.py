"""What the cases hold of a server, and how long they wait for it."""

import grpc

# Seconds; every call has this deadline, unless the case is about deadlines.
LONGEST = 10


def equal(found, expected):
    if found != expected:
        raise AssertionError(f"expected {expected!r}, found {found!r}")


def zeros(payload, size):
    """Holds that a payload is what was asked for."""
    equal(len(payload.body), size)
    equal(payload.body.count(0), size)


def ends_with(code, call):
    """Holds that a call fails with this status, and returns its error."""
    try:
        call()
    except grpc.RpcError as error:
        equal(error.code(), code)
        return error
    raise AssertionError(f"expected {code}, and the call went well")
