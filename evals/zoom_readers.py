"""How much of Zoom transcripts several readers keep: who said each cue, and every character of it once.

    pip install -e '.[dev]'
    python evals/zoom_readers.py [FILE.vtt...]        the meetings under DECISIONS_TEST_DATA when none are given

What is right comes from a parse of its own that knows nothing but how Zoom writes: blocks between blank lines, the
third line of each, cut at its first ``": "``. The text of a reader, all its turns or captions in a row, is compared to
that without white space, cue by cue in their order.

A cue has the right speaker where its words stand in a turn of that name. A reader that gives a person several names may
call them by any of them, so that two people wrongly made one do not show; ``exact`` counts the cues whose speaker is
called just as the cue says. Characters are lost where a cue's words are not found, and too many where the reader gives
more than was said: labels left in the text, cue ids, words twice. Prints a table in Markdown. A library that is not
installed is left out.
"""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from extractor.sources import read_source

WINDOW = 4000
"""Characters behind the last cue that was found in which the next one is looked for."""


@dataclass(frozen=True)
class Part:
    """Words of one speaker, who goes by ``names`` and is called ``name``; nobody where there are none."""

    names: frozenset[str]
    text: str
    name: str | None = None


@dataclass(frozen=True)
class Score:
    """What a reader made of a file's cues."""

    cues: int = 0
    right: int = 0
    exact: int = 0
    lost: int = 0
    too_many: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(
            self.cues + other.cues,
            self.right + other.right,
            self.exact + other.exact,
            self.lost + other.lost,
            self.too_many + other.too_many,
        )


def truth_of(path: Path) -> list[Part]:
    """The cues of a file as Zoom writes them."""
    found = []
    for block in path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n").split("\n\n"):
        lines = block.split("\n")
        if len(lines) < 3 or "-->" not in lines[1]:
            continue
        name, colon, text = lines[2].partition(": ")
        found.append(part(name, text) if colon else part(None, lines[2]))
    return found


def part(name: str | None, text: str) -> Part:
    called = folded(name) if name else None
    return Part(frozenset([called] if called else []), text, called)


def folded(name: str) -> str:
    return " ".join(name.split())


# The readers


def decisions(path: Path) -> Iterator[Part]:
    for conversation in read_source(str(path)).conversations:
        for turn in conversation.turns:
            person = conversation.participant(turn.speaker)
            names = (person.name, *person.aliases) if person else ()
            yield Part(frozenset(map(folded, names)), turn.text, folded(person.name) if person else None)


def turnchunk(path: Path) -> Iterator[Part]:
    from turnchunk import parse_file

    for turn in parse_file(path, format="vtt", merge=False).turns:
        yield part(turn.raw_speaker or turn.speaker, turn.text)


def webvtt_py(path: Path) -> Iterator[Part]:
    from webvtt import read

    for caption in read(str(path)).captions:
        yield part(caption.voice, caption.text)


def pysubs2(path: Path) -> Iterator[Part]:
    from pysubs2 import load

    for event in load(str(path)).events:
        yield part(event.name or None, event.plaintext)


READERS: dict[str, tuple[str, Callable[[Path], Iterable[Part]]]] = {
    "decisions": ("extractor", decisions),
    "turnchunk": ("turnchunk", turnchunk),
    "webvtt-py": ("webvtt", webvtt_py),
    "pysubs2": ("pysubs2", pysubs2),
}


# The comparison


def score(truth: Sequence[Part], given: Iterable[Part]) -> Score:
    """Find the words of each cue in those of the reader, behind the words of the cue before."""
    parts = [Part(each.names, dense(each.text), each.name) for each in given]
    text = "".join(each.text for each in parts)
    ends, at = [], 0
    for each in parts:
        at += len(each.text)
        ends.append(at)
    place = index = right = exact = lost = matched = 0
    for cue in truth:
        words = dense(cue.text)
        found = text.find(words, place, place + len(words) + WINDOW) if words else place
        if found < 0:
            lost += len(words)
            continue
        while index < len(ends) - 1 and ends[index] <= found:
            index += 1
        right += cue.names == parts[index].names or bool(cue.names & parts[index].names)
        exact += cue.name == parts[index].name
        matched += len(words)
        place = found + len(words)
    return Score(len(truth), right, exact, lost, len(text) - matched)


def dense(text: str) -> str:
    return "".join(text.split())


def row(what: str, name: str, got: Score) -> str:
    share = got.right / got.cues if got.cues else 0.0
    counts = f"{got.cues:,} | {got.right:,} | {share:.1%} | {got.exact:,} | {got.lost:,} | {got.too_many:,}"
    return f"| {what} | {name} | {counts} |"


def default_files() -> list[Path]:
    repository = Path(__file__).resolve().parent.parent
    data = Path(os.environ.get("DECISIONS_TEST_DATA") or repository.parent / "shared" / "data")
    return sorted((data / "meetings").glob("*.vtt"))


def main(arguments: Sequence[str]) -> int:
    """Print the table; 1 where there is nothing to read."""
    files = [Path(argument) for argument in arguments] or default_files()
    if not files:
        print("There are no .vtt files; name some, or set DECISIONS_TEST_DATA.", file=sys.stderr)
        return 1
    readers = {name: read for name, (module, read) in READERS.items() if importlib.util.find_spec(module)}
    scores = {name: {path.name: score(truth_of(path), read(path)) for path in files} for name, read in readers.items()}
    print("| file | reader | cues | right speaker | share | exact | characters lost | too many |")
    print("|---|---|--:|--:|--:|--:|--:|--:|")
    for name, by_file in scores.items():
        print(row(f"all {len(files)}", name, sum(by_file.values(), Score())))
    for path in files:
        for name, by_file in scores.items():
            print(row(path.name, name, by_file[path.name]))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
