"""Hands reports to Exporter's Ingest over gRPC, so that each counts once whatever breaks on the way."""

import pathlib
import re
import urllib.parse
import uuid

import grpc
from exporter.ingest.v1.ingest_service_pb2 import SubmitReportsRequest, SubmitReportsResponse
from exporter.ingest.v1.ingest_service_pb2_grpc import IngestServiceStub

from patience import Patience
from report_stream import ReportStream

API_KEY = re.compile("[A-Za-z0-9-]{4,40}")


class ReportClient:
    """One client serves a whole program; it may be used by several threads."""

    def __init__(
        self,
        server: str = "http://127.0.0.1:8081",
        api_key: str | None = None,
        *,
        gzip: bool = False,
        ca_file: str | None = None,
        timeout: float = 30,
        give_up_after: float = 300,
        on_wait=None,
    ):
        """
        server         http:// is cleartext HTTP/2, https:// is TLS
        ca_file        PEM file of the authority that vouches for the server; the system's own authorities without it
        timeout        seconds for one attempt
        give_up_after  seconds without any success after which GaveUp is raised
        on_wait        called with (seconds, what went wrong) before each new attempt
        """
        if api_key and not API_KEY.fullmatch(api_key):
            # The server would take what comes under it as anonymous, and say nothing.
            raise ValueError("An API key has 4 to 40 letters, digits and hyphens; this one does not.")
        self._channel = open_channel(server, gzip, ca_file, timeout)
        # Whoever subscribes to its state keeps the channel connecting also between two attempts.
        self._channel.subscribe(lambda state: None)
        self._stub = IngestServiceStub(self._channel)
        self._metadata = [("x-api-key", api_key)] if api_key else []
        self._timeout = timeout
        self._new_patience = lambda: Patience(give_up_after, on_wait)

    def submit(self, reports, key: str | None = None) -> SubmitReportsResponse:
        """Submits at most 10,000 reports, and returns when those accepted are on the server's disk."""
        request = SubmitReportsRequest(reports=reports)
        # The same key at every attempt: the server stores the reports once, and repeats its first answer.
        metadata = [*self._metadata, ("idempotency-key", key or str(uuid.uuid4()))]
        patience = self._new_patience()
        while True:
            try:
                return self._stub.SubmitReports(request, metadata=metadata, timeout=self._timeout)
            except grpc.RpcError as error:
                patience.wait_after(error)

    def stream(self, on_answer, key: str | None = None, window: int = 16) -> ReportStream:
        """Opens a stream; on_answer is called with (reports, answer) for each message, in order, on a thread of its own."""
        return ReportStream(self._stub, self._metadata, key or str(uuid.uuid4()), window, self._new_patience(), on_answer)

    def close(self) -> None:
        self._channel.close()

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        self.close()


def open_channel(server: str, gzip: bool, ca_file: str | None, timeout: float) -> grpc.Channel:
    url = urllib.parse.urlsplit(server)
    if url.scheme not in ("http", "https") or not url.netloc:
        raise ValueError(f"The server's address must look like http://127.0.0.1:8081, found '{server}'.")

    compression = grpc.Compression.Gzip if gzip else grpc.Compression.NoCompression
    options = [
        # A stream has no deadline, so pings find out when the server is gone without a word.
        ("grpc.keepalive_time_ms", int(timeout * 1000)),
        ("grpc.keepalive_timeout_ms", int(timeout * 1000)),
        # Patience waits between attempts; the channel's own waiting would come on top.
        ("grpc.initial_reconnect_backoff_ms", 500),
        ("grpc.max_reconnect_backoff_ms", 2000),
    ]
    if url.scheme == "http":
        return grpc.insecure_channel(url.netloc, options, compression)
    authority = pathlib.Path(ca_file).read_bytes() if ca_file else None
    return grpc.secure_channel(url.netloc, grpc.ssl_channel_credentials(authority), options, compression)
