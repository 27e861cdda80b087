"""How fast the readers are, each beside yardsticks on the same bytes, and the memory they take.

    python tests/benchmarks/bench_readers.py [CUES]        100000 when not given; 1000000 are about 84 MB

Prints megabytes a second of our readers (from bytes to turns with speakers and the account of every character) and of
yardsticks. For WebVTT these are webvtt-py, turnchunk, and a plain parse: decode, split into lines, a regular expression
for the times. For a Slack export it is the standard library's JSON parser over every file in the zip; for a mailbox the
standard library's ``mailbox`` with its modern mail parser, which gets the text of every part. Then the memory at the
peak of reading as a multiple of the file, from a process of its own. Times are of the processor, the best of three,
taken in turn.
"""

from __future__ import annotations

import io
import json
import mailbox
import re
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from email import policy
from email.parser import BytesParser
from pathlib import Path
from typing import Any

from extractor.sources import mail
from extractor.sources.base import Blob
from extractor.sources.bundles import bundle_of
from extractor.sources.captions import webvtt
from extractor.sources.chats import slack

ROUNDS = 3
SPEAKERS = ("Ana Li", "Ben | Nordwind", "Cy (Ops)", "Dora Rey", "nixo", "Emil van Loo", "Fay")
TIMES = re.compile(r"(\d+):(\d\d):(\d\d)\.(\d{3}) --> (\d+):(\d\d):(\d\d)\.(\d{3})")

PEAK = """
import re, sys
from pathlib import Path
from extractor.sources.reading import read_source
# Not ru_maxrss, which a process has from the one that started it.
peak = lambda: 1024 * int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])
before = peak()
read_source(sys.argv[1])
print((peak() - before) / Path(sys.argv[1]).stat().st_size)
"""


# WebVTT


def cues(number: int) -> Iterator[str]:
    """A file as Zoom writes it; one speaker has four cues in a row."""
    yield "WEBVTT\r\n\r\n"
    for index in range(number):
        at = f"{index // 3600:02d}:{index // 60 % 60:02d}:{index % 60:02d}"
        said = f"{SPEAKERS[index // 4 % len(SPEAKERS)]}: we take the train number {index}."
        yield f"{index + 1}\r\n{at}.000 --> {at}.900\r\n{said}\r\n\r\n"


def ours(data: bytes) -> int:
    return len(webvtt.read(Blob("long.vtt", data)).conversations[0].turns)


def plain(data: bytes) -> int:
    """The least that any reader does: the lines of text, each behind its times."""
    found, times = [], None
    for line in data.decode().splitlines():
        match = TIMES.match(line)
        if match:
            times = tuple(map(int, match.groups()))
        elif times and line:
            found.append((times, line))
        elif not line:
            times = None
    return len(found)


def webvtt_py(data: bytes) -> int:
    import webvtt as library

    return len(library.from_string(data.decode()).captions)


def turnchunk(data: bytes) -> int:
    import turnchunk as library

    return len(library.parse(data.decode(), format="vtt").turns)


def bench_webvtt(number: int) -> None:
    """Print the figures of a file of ``number`` cues."""
    readers = {"decisions": ours, "plain parse": plain, "webvtt-py": webvtt_py, "turnchunk": turnchunk}
    show(f"WebVTT, {number:,} cues", "long.vtt", "".join(cues(number)).encode(), readers)


# Slack


def slack_export(number: int) -> bytes:
    """An export of ``number`` messages over ten channels and a hundred days; every fifth answers the one before."""
    users = [{"id": f"U{index}", "name": name, "profile": {"real_name": name}} for index, name in enumerate(SPEAKERS)]
    channels = [{"id": f"C{index}", "name": f"crew-{index}"} for index in range(10)]
    days: dict[str, list[dict[str, Any]]] = {}
    for index in range(number):
        stamp, day = f"{1767225600 + 60 * index}.000100", datetime.fromtimestamp(1767225600 + 60 * index, UTC)
        text = f"<@U{index % 7}> we take the train number {index} &amp; the <https://example.org/{index}|late one>."
        message = {"type": "message", "user": f"U{index % 5}", "ts": stamp, "text": text, "team": "T1"}
        if index % 5 == 4:
            message["thread_ts"] = f"{1767225600 + 60 * (index - 1)}.000100"
        if index % 5 == 3:
            message["reactions"] = [{"name": "+1", "users": ["U1", "U2"], "count": 2}]
        days.setdefault(f"crew-{index // 5 % 10}/{day:%Y-%m-%d}.json", []).append(message)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, value in {"users.json": users, "channels.json": channels, **days}.items():
            archive.writestr(name, json.dumps(value))
    return buffer.getvalue()


def our_slack(data: bytes) -> int:
    found = slack.read(bundle_of(Blob("export.zip", data))).conversations
    return sum(len(each.turns) for each in found)


def plain_json(data: bytes) -> int:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return sum(len(json.loads(archive.read(name))) for name in archive.namelist() if "/" in name)


def bench_slack(number: int) -> None:
    """Print the figures of an export of ``number`` messages."""
    readers = {"decisions": our_slack, "plain JSON": plain_json}
    show(f"Slack export, {number:,} messages", "export.zip", slack_export(number), readers)


# Mail


def mailbox_of(number: int) -> bytes:
    """A mailbox of ``number`` mails in threads of five, each quoting the one before."""
    mails = []
    for index in range(number):
        name = SPEAKERS[index % 5]
        answers = (
            f"In-Reply-To: <{index - 1}@example.org>\nReferences: <{index - 1}@example.org>\n" if index % 5 else ""
        )
        quoted = f"On Mon, 2 Mar 2026 Ana Li wrote:\n> we take the train number {index - 1}.\n" if index % 5 else ""
        mails.append(
            f"From crew@example.org Mon Mar  2 10:00:00 2026\nFrom: {name} <p{index % 5}@example.org>\n"
            f"To: crew@example.org\nSubject: {'Re: ' if index % 5 else ''}Train {index // 5}\n"
            f"Date: Mon, 2 Mar 2026 10:{index // 60 % 60:02}:{index % 60:02} +0000\nMessage-ID: <{index}@example.org>\n"
            f"{answers}MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n"
            f"{quoted}We take the train number {index}, the late one.\n{'It leaves at nine. ' * 20}\n-- \n{name}\n\n"
        )
    return "".join(mails).encode()


def our_mbox(data: bytes) -> int:
    found = mail.formats.MBOX.read(Blob("crew.mbox", data)).conversations
    return sum(len(each.turns) for each in found)


def plain_mailbox(data: bytes) -> int:
    parser = BytesParser(policy=policy.default)
    with tempfile.NamedTemporaryFile(suffix=".mbox") as file:
        file.write(data)
        file.flush()
        box = mailbox.mbox(file.name, factory=parser.parse, create=False)  # type: ignore[arg-type]
        parts = [part for message in box for part in message.walk() if part.get_content_maintype() == "text"]
        return sum(len(part.get_content()) > 0 for part in parts)  # type: ignore[attr-defined]


def bench_mbox(number: int) -> None:
    """Print the figures of a mailbox of ``number`` mails."""
    show(f"mbox, {number:,} mails", "crew.mbox", mailbox_of(number), {"decisions": our_mbox, "mailbox": plain_mailbox})


# What the formats share


def show(title: str, name: str, data: bytes, readers: dict[str, Callable[[bytes], int]]) -> None:
    """Print what each reader makes of ``data`` in a second, our time as a multiple of each, and the memory."""
    print(f"{title}, {len(data) / 1e6:.1f} MB")
    best = best_times(readers, data)
    for reader, took in best.items():
        print(f"  {reader:12} {len(data) / took / 1e6:8.1f} MB/s   decisions: time x {best['decisions'] / took:.2f}")
    print(f"  memory at the peak: {peak_multiple(name, data):.1f} times the file")


def best_times(readers: dict[str, Callable[[bytes], Any]], data: bytes) -> dict[str, float]:
    """The fewest seconds that each reader takes for ``data``."""
    best = dict.fromkeys(readers, float("inf"))
    for _ in range(ROUNDS):
        for name, read in readers.items():
            began = time.process_time()
            read(data)
            best[name] = min(best[name], time.process_time() - began)
    return best


def peak_multiple(name: str, data: bytes) -> float:
    """How many bytes of memory reading takes for each byte of the file, on top of what the process has before."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        done = subprocess.run([sys.executable, "-c", PEAK, str(path)], capture_output=True, text=True, check=True)
    return float(done.stdout)


def main(arguments: Sequence[str]) -> None:
    """Measure every format."""
    number = int(arguments[0]) if arguments else 100_000
    bench_webvtt(number)
    bench_slack(number // 2)
    bench_mbox(number // 10)


if __name__ == "__main__":
    main(sys.argv[1:])
