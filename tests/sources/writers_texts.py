"""How meeting programs write a conversation as text: captions, documents, note-takers, minutes, logs."""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Callable
from typing import Any
from xml.sax.saxutils import unescape

from word_files import paragraph, run, word
from writers import Talk, Writer, every, length, moment, page

# Captions


def stamp(time: float, mark: str = ".") -> str:
    """``01:02:03.500``."""
    whole = int(time)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}{mark}{int(time * 1000) % 1000:03}"


def cues(talk: Talk, times: list[float], mark: str, cue: str) -> str:
    """``cue`` for every turn, with ``{number}``, ``{begin}``, ``{end}``, ``{name}`` and ``{text}`` filled in."""
    return "".join(
        cue.format(number=n, begin=stamp(time, mark), end=stamp(time + 5, mark), name=name, text=text)
        for n, ((name, text), time) in enumerate(zip(talk, times, strict=True), 1)
    )


def escaped(talk: Talk) -> Talk:
    return [(html.escape(name, quote=False), html.escape(text, quote=False)) for name, text in talk]


def zoom_vtt(talk: Talk, times: list[float]) -> bytes:
    return (
        "WEBVTT\r\n\r\n" + cues(talk, times, ".", "{number}\r\n{begin} --> {end}\r\n{name}: {text}\r\n\r\n")
    ).encode()


def teams_vtt(talk: Talk, times: list[float]) -> bytes:
    guid = "0f3d2a91-1c2b-4d5e-8f90-a1b2c3d4e5f6"
    cue = guid + "/{number}-0\n{begin} --> {end}\n<v {name}>{text}</v>\n\n"
    return ("WEBVTT\n\n" + cues(escaped(talk), times, ".", cue)).encode()


def srt(talk: Talk, times: list[float]) -> bytes:
    return cues(talk, times, ",", "{number}\n{begin} --> {end}\n{name}: {text}\n\n").encode()


def sbv(talk: Talk, times: list[float]) -> bytes:
    return cues(talk, times, ".", "{begin},{end}\n{name}: {text}\n\n").encode()


# Documents


def clock(time: float, width: int = 1) -> str:
    """``1:02:03``, ``2:03``; the first part with ``width`` digits."""
    whole = int(time)
    hours, minutes, seconds = whole // 3600, whole // 60 % 60, whole % 60
    return f"{hours:0{width}}:{minutes:02}:{seconds:02}" if hours else f"{minutes:0{width}}:{seconds:02}"


def teams_blocks(talk: Talk, times: list[float]) -> list[str]:
    return [f"{name}   {clock(time)}\n{text}" for (name, text), time in zip(talk, times, strict=True)]


TEAMS_HEAD = "Harbour review-20260325_090000-Meeting Recording\n\nMarch 25, 2026, 9:00AM\n\n31m 8s\n\n"


def teams_text(talk: Talk, times: list[float]) -> bytes:
    return (TEAMS_HEAD + "\n\n".join(teams_blocks(talk, times)) + "\n").encode()


def teams_docx(talk: Talk, times: list[float]) -> bytes:
    return word(["Harbour review-20260325_090000-Meeting Recording", *teams_blocks(talk, times)])


def meet_paragraphs(talk: Talk, times: list[float]) -> list[str]:
    """The paragraphs of Google Meet, with a time every five minutes."""
    names = ", ".join(dict.fromkeys(name for name, _ in talk))
    lines = ["Harbour call (2026-03-25 09:00 GMT) - Transcript", "Attendees", names, "Transcript"]
    for (name, text), time in zip(talk, times, strict=True):
        lines += [*([stamp(time)[:8]] if time else []), f"{name}: {text}"]
    return [*lines, f"Meeting ended after {stamp(times[-1] + 60)[:8]}"]


def meet(talk: Talk, times: list[float]) -> bytes:
    return "\n\n".join(meet_paragraphs(talk, times)).encode()


def meet_docx(talk: Talk, times: list[float]) -> bytes:
    return word(meet_paragraphs(talk, times))


def docx(talk: Talk, times: list[float]) -> bytes:
    return word([paragraph(run(f"{name}:", bold=True), run(f" {text}")) for name, text in talk])


def word_source(data: bytes) -> str:
    xml = document_xml(data)
    texts = re.findall(r"<w:p>|<w:t[^>]*>([^<]*)</w:t>|<w:(br|tab)/>", xml)
    return "".join(unescape(text) if text else " " for text, _ in texts)


def document_xml(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read("word/document.xml").decode()


# Note-takers


def lines_of(head: str, line: str, tail: str = "") -> Callable[[Talk, list[float]], bytes]:
    """A writer of ``head``, ``line`` for every turn, and ``tail``."""

    def write(talk: Talk, times: list[float]) -> bytes:
        lines = [
            line.format(name=name, text=text, clock=clock(time), padded=clock(time, 2), later=clock(time + 1, 2))
            for (name, text), time in zip(talk, times, strict=True)
        ]
        return (head + "".join(lines) + tail).encode()

    return write


def granola(talk: Talk, times: list[float]) -> bytes:
    link = "https://notes.granola.ai/d/X"
    head = f"# Roof call\n\n### Next Steps\n\n- Buy it\n\n---\n\nChat with meeting transcript: [{link}]({link})\n\n"
    return (head + "".join(f"{name}: {text}  \n" for name, text in talk)).encode()


def zoom_chat(talk: Talk, times: list[float]) -> bytes:
    rows = zip(talk, times, strict=True)
    return "".join(f"{stamp(time)[:8]}\t{name}:\t{text}\r\n" for (name, text), time in rows).encode()


def zoom_captions(talk: Talk, times: list[float]) -> bytes:
    rows = zip(talk, times, strict=True)
    return "".join(f"[{name}] {moment(time):%H:%M:%S}\n{text}\n\n" for (name, text), time in rows).encode()


# Minutes and logs

PEOPLE = ("Ana", "Ben Okoro", "Chen", "Ève Müller", "Łukasz Nowak")


def minutes(talk: Talk, times: list[float]) -> bytes:
    people = ", ".join(dict.fromkeys(name for name, _ in talk))
    head = f"# Garden minutes 2026-03-25\n\n**Attendees:** {people}\n\n## Paint\n\n"
    return (head + "\n\n".join(f"{name}: {text}" for name, text in talk) + "\n").encode()


def minutes_mail(talk: Talk, times: list[float]) -> bytes:
    people = ", ".join(dict.fromkeys(name for name, _ in talk))
    head = f"Garden Minutes for 2026-03-25\n\nPresent:\n  {people}\n\nTopic: Paint\n\n"
    return (head + "\n".join(f"{name}: {text}".replace("\n", "\n  ") for name, text in talk) + "\n").encode()


def minutes_page(talk: Talk, times: list[float]) -> bytes:
    people = ", ".join(dict.fromkeys(html.escape(name) for name, _ in talk))
    said = "".join(
        f"<p class=phone><cite>{name}:</cite> {text.replace(chr(10), '<br>')}</p>\n" for name, text in escaped(talk)
    )
    return (
        "<!DOCTYPE html>\n<html lang=en>\n<head><title>Garden &ndash; 25 March 2026</title></head>\n<body>\n<header>\n"
        "<h1>Garden</h1>\n<h2>25 March 2026</h2>\n</header>\n<div id=prelims>\n<div id=attendees>\n<h2>Attendees</h2>\n"
        f"<dl><dt>Present</dt><dd>{people}</dd></dl>\n</div>\n</div>\n<main id=meeting class=meeting>\n"
        f"<h2>Meeting minutes</h2>\n<section><h3>Paint</h3>\n{said}</section>\n</main>\n<address>Minutes"
        " manually created, formatted by <a href='x'>scribe.perl</a> version 246.</address>\n</body>\n</html>\n"
    ).encode()


def irc(line: str) -> Callable[[Talk, list[float]], bytes]:
    def write(talk: Talk, times: list[float]) -> bytes:
        rows = zip(talk, times, strict=True)
        return "".join(
            line.format(when=moment(time), name=name, text=text) + "\n" for (name, text), time in rows
        ).encode()

    return write


# What they can carry

ANY: dict[str, Any] = {"characters": length}
CAPTIONS: dict[str, Any] = {**ANY, "line_end": " ", "merges": " "}
SCRIPT: dict[str, Any] = {**ANY, "line_end": " ", "merges": "\n"}
WORD: dict[str, Any] = {"source": word_source, "characters": lambda data: len(document_xml(data))}
GRANOLA: dict[str, Any] = {
    **SCRIPT, "names": ("Me", "Them"), "speaker": lambda name: "Me" if name == "Me" else None, "times": "",
}  # fmt: skip
FATHOM_HEAD = "Call\nVIEW RECORDING - 9 mins: https://fathom.video/\n\n"
TACTIQ_HEAD = "# Call\nMeeting started: 25/03/2026, 09:00:00\nParticipants: A, B\n"
COLON = r":(?:\s|$)|："
"""A line with one may be somebody's in a text where nothing else tells labels."""
NO_MARKUP = r"[<&]|-->"
NICKS: dict[str, Any] = {
    **ANY,
    "names": ("ana", "ben_", "cleo|away", "[dana]", "Ève", "x-1"),
    "lines": 1,
    "times": "sent",
}
MINUTES: dict[str, Any] = {**SCRIPT, "names": PEOPLE, "merges": None, "times": ""}
WRITERS = (
    Writer("webvtt", teams_vtt, "teams", source=page, without="-->", **CAPTIONS),
    Writer("webvtt", zoom_vtt, "zoom", without=NO_MARKUP, **CAPTIONS),
    Writer("srt", srt, without=NO_MARKUP, **CAPTIONS),
    Writer("sbv", sbv, without=NO_MARKUP, **{**CAPTIONS, "line_end": "\n", "merges": None}),
    Writer("teams-text", teams_text, **SCRIPT),
    Writer("teams-docx", teams_docx, **{**SCRIPT, **WORD}),
    Writer("meet", meet, **SCRIPT, lines=1, clock=every(300)),
    Writer("meet-docx", meet_docx, **{**SCRIPT, **WORD}, lines=1, clock=every(300)),
    Writer("docx", docx, **{**SCRIPT, **WORD}, times="", without=COLON),
    Writer("otter", lines_of("", "{name}  {clock}  \n{text}\n\n", "Transcribed by https://otter.ai\n"), **SCRIPT),
    Writer("rev", lines_of("", "{name} ({padded}):\n{text}\n\n"), **SCRIPT, without=COLON),
    Writer("fireflies", lines_of("", "[{padded} - {later}] {name}: {text}\n"), **SCRIPT, lines=1),
    Writer("fathom", lines_of(FATHOM_HEAD, "{clock} - {name}\n  {text}\n\n"), **SCRIPT),
    Writer("granola", granola, **GRANOLA),
    Writer("tldv", lines_of("https://tldv.io/app/meetings/1\n\n", "[{padded}] {name}: {text}\n"), **SCRIPT, lines=1),
    Writer("tactiq", lines_of(TACTIQ_HEAD, "{padded} {name}: {text}\n"), **SCRIPT),
    Writer("zoom-chat", zoom_chat, **ANY),
    Writer("zoom-captions", zoom_captions, **CAPTIONS),
    Writer("minutes", minutes, **MINUTES, without=COLON),
    Writer("minutes-w3c", minutes_mail, **MINUTES),
    Writer("minutes-html", minutes_page, **{**MINUTES, "source": page, "line_end": "\n"}, without="\u00a0"),
    Writer("irc", irc("[{when:%Y-%m-%d %H:%M:%S}] <{name}> {text}"), "cloud", **NICKS),
    Writer("irc", irc("{when:%d-%m-%Y %H:%M:%S} < {name}!u@h: {text}"), "bip", **NICKS),
    Writer("text", lines_of("", "{name}: {text}\n\n"), **SCRIPT, times="", without=COLON),
    Writer("text", lines_of("", "[{padded}] {name}: {text}\n"), "times", **SCRIPT, lines=1),
)
