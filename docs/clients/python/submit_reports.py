#!/usr/bin/python3
"""Submits reports to Exporter: a file, or standard input, with one report in protobuf's JSON form a line."""

import argparse
import collections
import itertools
import os
import sys
import uuid

from exporter.ingest.v1.ingest_service_pb2 import DropReason, RejectReason
from exporter.report.v1.report_pb2 import Report
from google.protobuf import json_format

from patience import GaveUp, Refused
from report_client import ReportClient

EXIT_CODES = """exit codes:
  0  every report was taken
  1  not everything was sent; what to do is said
  2  a wrong option, or input that can't be read; what came before it was sent
  3  everything was sent, and the server refused some reports for good
"""


class Unreadable(Exception):
    """Input that is no report."""


class Tally:
    """What became of the reports."""

    def __init__(self):
        self.counts = collections.Counter()
        self.drops = collections.Counter()

    def add(self, reports, answer) -> None:
        for rejected in answer.rejected_reports:
            line = self.counts["reports"] + rejected.index + 1
            reason = in_words(RejectReason, rejected.reason)
            print(f"line {line}: {rejected.field_path}: {reason}: {rejected.detail}", file=sys.stderr)
        for dropped in answer.dropped:
            self.drops[in_words(DropReason, dropped.reason)] += dropped.count
        self.counts.update(
            {
                "reports": len(reports),
                "accepted": answer.accepted_count,
                "sampled out": answer.sampled_out_count,
                "rejected": len(answer.rejected_reports),
            }
        )

    def __str__(self):
        words = [f"{self.counts['accepted']} accepted"]
        words += [f"{self.counts[word]} {word}" for word in ("sampled out", "rejected") if self.counts[word]]
        words += [f"{count} dropped ({reason})" for reason, count in self.drops.items()]
        return f"{self.counts['reports']} reports: {', '.join(words)}."


def in_words(enum, value: int) -> str:
    """REJECT_REASON_OUT_OF_RANGE is out_of_range."""
    prefix = enum.Name(0).removesuffix("UNSPECIFIED")
    return enum.Name(value).removeprefix(prefix).lower() if value in enum.values() else str(value)


def read_batches(lines, size: int):
    number = 0
    while batch := list(itertools.islice(lines, size)):
        reports = []
        for line in batch:
            number += 1
            try:
                reports.append(json_format.Parse(line, Report()))
            except (json_format.ParseError, UnicodeDecodeError) as error:
                if reports:
                    yield reports
                raise Unreadable(f"line {number}: is no report in protobuf's JSON form: {error}") from error
        yield reports


def submit_all(client: ReportClient, batches, key: str, tally: Tally) -> None:
    for number, reports in enumerate(batches, start=1):
        tally.add(reports, client.submit(reports, f"{key}-{number}"))


def stream_all(client: ReportClient, batches, key: str, tally: Tally) -> None:
    with client.stream(tally.add, key) as stream:
        for reports in batches:
            stream.send(reports)


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, epilog=EXIT_CODES, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", nargs="?", help="standard input without it")
    parser.add_argument(
        "--server", default=os.environ.get("EXPORTER_INGEST", "http://127.0.0.1:8081"),
        help="http://… in clear, https://… with TLS; or environment EXPORTER_INGEST (%(default)s)",
    )
    parser.add_argument("--api-key", default=os.environ.get("EXPORTER_API_KEY"), help="or environment EXPORTER_API_KEY")
    parser.add_argument("--stream", action="store_true", help="one StreamReports call instead of many SubmitReports calls")
    parser.add_argument("--batch", type=int, default=500, metavar="N", help="reports in a message, at most 10000 (%(default)s)")
    parser.add_argument("--gzip", action="store_true", help="compress messages")
    parser.add_argument("--ca", metavar="FILE", help="PEM file of the authority that vouches for the server")
    parser.add_argument("--timeout", type=float, default=30, metavar="S", help="seconds for one attempt (%(default)s)")
    parser.add_argument(
        "--give-up-after", type=float, default=300, metavar="S", help="seconds without any success (%(default)s)"
    )
    parser.add_argument(
        "--idempotency-key", default=str(uuid.uuid4()), metavar="KEY",
        help="to go on after a failure, with the same input and --batch: what is stored already is not stored again",
    )
    arguments = parser.parse_args()
    if not 1 <= arguments.batch <= 10_000:
        parser.error(f"--batch must be from 1 to 10000, found {arguments.batch}.")
    return arguments


def say_wait(seconds: float, why: str) -> None:
    print(f"{why} (next attempt in {seconds:.1f} s)", file=sys.stderr)


def main() -> int:
    options = parse_arguments()
    tally = Tally()
    try:
        lines = open(options.file, "rb") if options.file else sys.stdin.buffer
        with lines, ReportClient(
            options.server, options.api_key, gzip=options.gzip, ca_file=options.ca, timeout=options.timeout,
            give_up_after=options.give_up_after, on_wait=say_wait,
        ) as client:
            send = stream_all if options.stream else submit_all
            send(client, read_batches(lines, options.batch), options.idempotency_key, tally)
    except Refused as error:
        print(error, file=sys.stderr)
        code = 1
    except GaveUp as error:
        print(error, file=sys.stderr)
        print(f"To go on, send the same input again with --idempotency-key {options.idempotency_key}", file=sys.stderr)
        code = 1
    except (Unreadable, OSError, ValueError) as error:
        print(error, file=sys.stderr)
        code = 2
    else:
        code = 3 if tally.counts["rejected"] else 0
    print(tally)
    return code


if __name__ == "__main__":
    sys.exit(main())
