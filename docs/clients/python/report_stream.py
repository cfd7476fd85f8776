"""A stream of reports that outlives the connections it runs on."""

import collections
import threading

import grpc
from exporter.ingest.v1.ingest_service_pb2 import StreamReportsRequest

from patience import Patience


class ReportStream:
    """Sends messages over StreamReports. Each is kept until it is acknowledged, and sent again when a connection breaks."""

    def __init__(self, stub, metadata, key: str, window: int, patience: Patience, on_answer):
        self._stub = stub
        self._metadata = metadata
        self._key = key
        self._window = window
        self._patience = patience
        self._on_answer = on_answer
        self._sent = 0
        self._unacknowledged = collections.deque()
        self._is_closed = False
        self._connection = 0
        self._failure = None
        self._changed = threading.Condition()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def send(self, reports) -> None:
        """Sends reports as one message; waits while as many messages as the window holds are not acknowledged."""
        with self._changed:
            self._changed.wait_for(lambda: self._failure or len(self._unacknowledged) < self._window)
            if self._failure:
                raise self._failure
            self._sent += 1
            message = StreamReportsRequest(
                sequence_number=self._sent, idempotency_key=f"{self._key}-{self._sent}", reports=reports
            )
            self._unacknowledged.append(message)
            self._changed.notify_all()

    def close(self) -> None:
        """Waits until everything is acknowledged."""
        with self._changed:
            self._is_closed = True
            self._changed.notify_all()
        self._thread.join()
        if self._failure:
            raise self._failure

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        if error is None or isinstance(error, Exception):
            self.close()

    def _run(self) -> None:
        try:
            while not self._try_connection():
                pass
        except Exception as error:
            self._failure = error
            self._leave_connection()

    def _try_connection(self) -> bool:
        """Sends and reads on one connection; False when it broke."""
        try:
            # Answers are read while messages are sent: a client that only writes stops a server that must answer.
            for answer in self._stub.StreamReports(self._messages(self._connection), metadata=self._metadata):
                self._acknowledge(answer)
            if self._unacknowledged or not self._is_closed:
                raise RuntimeError("The server ended the stream before its end.")
            return True
        except grpc.RpcError as error:
            self._leave_connection()
            self._patience.wait_after(error)
            return False

    def _leave_connection(self) -> None:
        with self._changed:
            self._connection += 1
            self._changed.notify_all()

    def _messages(self, connection: int):
        """What is not acknowledged, from the oldest on, then what is sent later; ends with the connection."""
        last = 0
        while message := self._next_message(connection, last):
            yield message
            last = message.sequence_number

    def _next_message(self, connection: int, last: int):
        def following():
            return next((message for message in self._unacknowledged if message.sequence_number > last), None)

        with self._changed:
            self._changed.wait_for(lambda: self._connection > connection or self._is_closed or following())
            return following() if self._connection == connection else None

    def _acknowledge(self, answer) -> None:
        with self._changed:
            message = self._unacknowledged.popleft()
            if message.sequence_number != answer.sequence_number:
                raise RuntimeError(f"Message {message.sequence_number} was to be answered, found {answer.sequence_number}.")
            self._changed.notify_all()
        self._patience.renew()
        self._on_answer(message.reports, answer.result)
