"""Which failures of a call pass, and how long to wait before the next attempt."""

import random
import time

import grpc
from google.rpc import error_details_pb2, status_pb2

FIRST_WAIT = 0.5
LONGEST_WAIT = 10.0


class Refused(Exception):
    """The server does not take these reports, whenever they are sent."""


class GaveUp(Exception):
    """The server could not take the reports so far; they may be sent again later, with the same idempotency key."""


class Patience:
    """Waits as the server asks, else about twice as long each time. Gives up when nothing has worked for a while."""

    def __init__(self, give_up_after: float, on_wait=None):
        """on_wait is called with (seconds, what went wrong) before each wait."""
        self._give_up_after = give_up_after
        self._on_wait = on_wait or (lambda seconds, why: None)
        self.renew()

    def renew(self) -> None:
        """To be called whenever something worked."""
        self._attempts = 0
        self._failing_since = None

    def wait_after(self, error: grpc.RpcError) -> None:
        """Waits until the next attempt, or raises Refused or GaveUp when there is none."""
        asked = retry_delay(error)
        if not may_be_sent_again(error.code(), asked):
            raise Refused(in_words(error))

        # Spread out, so that the clients of a server that was away do not all come back at once.
        if asked is None:
            wait = random.uniform(0, min(LONGEST_WAIT, FIRST_WAIT * 2**self._attempts))
        else:
            wait = asked * random.uniform(1, 1.1)

        now = time.monotonic()
        self._attempts += 1
        self._failing_since = self._failing_since or now
        if now + wait > self._failing_since + self._give_up_after:
            raise GaveUp(f"Gave up after {now - self._failing_since:.0f} s, with {wait:.0f} s to wait: {in_words(error)}")

        self._on_wait(wait, in_words(error))
        time.sleep(wait)


def in_words(error: grpc.RpcError) -> str:
    return f"{error.code().name}: {error.details()}"


def may_be_sent_again(code: grpc.StatusCode, asked: float | None) -> bool:
    # Without a delay RESOURCE_EXHAUSTED means that the message is too large, which it will be next time, too.
    if code is grpc.StatusCode.RESOURCE_EXHAUSTED:
        return asked is not None
    return code in (grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.DEADLINE_EXCEEDED, grpc.StatusCode.INTERNAL)


def retry_delay(error: grpc.RpcError) -> float | None:
    """Seconds that the server asks to wait (google.rpc.RetryInfo), or None."""
    for name, value in error.trailing_metadata() or ():
        if name != "grpc-status-details-bin":
            continue
        for detail in status_pb2.Status.FromString(value).details:
            retry = error_details_pb2.RetryInfo()
            if detail.Unpack(retry):
                return retry.retry_delay.ToTimedelta().total_seconds()
    return None
