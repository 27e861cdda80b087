"""What every reader takes and gives: a blob of bytes in, a reading out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from functools import cached_property
from pathlib import PurePath
from typing import Any

from extractor.conversation import Conversation, Coverage
from extractor.errors import SourceError
from extractor.records import SourceReport
from extractor.sources.decoding import Decoded, decode
from extractor.sources.json_rescue import rescue

HEAD_CHARACTERS = 1 << 16
_MORE_THAN_ONE_VALUE = "Extra data"


@dataclass(frozen=True)
class Hints:
    """What the user says of the sources, where they do not say it themselves.

    ``speakers`` maps speaker labels, folded as :func:`str.casefold` does, to the names of the people; a label that is
    only said to be one maps to itself. ``started_at`` is when the conversation began, ``timezone`` that of times that
    have none. ``day_first`` is whether 3/4 is the third of April.
    """

    speakers: Mapping[str, str] = field(default_factory=dict)
    started_at: datetime | date | None = None
    timezone: tzinfo | None = None
    day_first: bool | None = None


NO_HINTS = Hints()


@dataclass(frozen=True)
class Blob:
    """The bytes of one source and the name it goes by. ``text`` is decoded once, when first asked for."""

    name: str
    data: bytes
    hints: Hints = NO_HINTS

    @cached_property
    def sha256(self) -> str:
        """The hash of the bytes, in hexadecimal digits."""
        return hashlib.sha256(self.data).hexdigest()

    @cached_property
    def decoded(self) -> Decoded:
        """The text and how it was decoded; raises SourceError for bytes that are no text."""
        return decode(self.data, self.name)

    @property
    def text(self) -> str:
        """The text; raises as ``decoded`` does."""
        return self.decoded.text

    @cached_property
    def head(self) -> str:
        """The beginning of the text, for ``fits``; empty where the bytes are no text."""
        try:
            return self.text[:HEAD_CHARACTERS]
        except SourceError:
            return ""

    @cached_property
    def parsed(self) -> Parsed:
        """The text as JSON, parsed once, when first asked for; never raises."""
        return _parse(self)

    @property
    def json(self) -> Any:
        """The value of a JSON text, or of what stands before the damage in one; None for anything else."""
        return self.parsed.value

    @property
    def stem(self) -> str:
        """The file's name without folder and last suffix: what a conversation is called when nothing else says."""
        return PurePath(self.name).stem or self.name


@dataclass(frozen=True)
class Parsed:
    """A JSON text.

    ``problem`` is half a sentence on why text that begins like JSON is none, None where it is JSON or does not begin
    like it. ``value`` then holds what could be read before the damage, if anything, and ``lost`` counts the characters
    from there on.
    """

    value: Any = None
    problem: str | None = None
    lost: int = 0


def _parse(blob: Blob) -> Parsed:
    try:
        text = blob.text.lstrip("\ufeff \t\r\n")
        if not text.startswith(("{", "[")):
            return Parsed()
        return Parsed(json.loads(text))
    except SourceError:
        return Parsed()
    except json.JSONDecodeError as error:
        problem = f"it breaks off or is damaged at line {error.lineno}, column {error.colno}"
        rescued = rescue(text, error.pos) if error.msg != _MORE_THAN_ONE_VALUE else None
        return Parsed(rescued.value, problem, len(text) - rescued.characters) if rescued else Parsed(problem=problem)
    except (RecursionError, ValueError):
        return Parsed(problem="it is nested too deeply or holds a number that is too long")


@dataclass(frozen=True)
class Reading:
    """What came of one source.

    ``error`` says what could not be read, whether that is all of it (then there are no conversations) or a part (a
    file cut off in the middle of a cue). ``coverage`` accounts for every character of the source.
    """

    path: str
    sha256: str | None = None
    format: str | None = None
    conversations: tuple[Conversation, ...] = ()
    coverage: Coverage | None = None
    error: str | None = None

    @property
    def report(self) -> SourceReport:
        """What a run reports of the source."""
        return SourceReport(
            path=self.path, sha256=self.sha256, format=self.format, coverage=self.coverage, error=self.error
        )


@dataclass(frozen=True)
class Format:
    """One format: ``name`` as in ``--source-format`` and in the output, ``label`` for people.

    ``fits`` looks at a blob and says how surely it is this format, from 0.0 (it is not) to 1.0 (a signature that
    nothing else has). It must be cheap (look at the head of the text, not at all of it) and must not raise. ``read``
    turns the blob into a reading, and raises SourceError where nothing can be had from it. ``people_by_id`` is whether
    the source has ids of its own for people, so that names that look alike are left apart. ``verified`` is whether it
    was tried on files that the tool itself wrote; else it was made after the documented shape.
    """

    name: str
    label: str
    fits: Callable[[Blob], float] = field(repr=False)
    read: Callable[[Blob], Reading] = field(repr=False)
    people_by_id: bool = False
    verified: bool = False


@dataclass(frozen=True)
class Bundle:
    """Files that are one source together: an export that was unpacked into a folder, or the archive it came in.

    ``names`` are the files' paths within it, with ``/`` between folders, sorted. ``data_of`` gives a file's bytes, and
    raises SourceError for one that is damaged or too large.
    """

    name: str
    names: tuple[str, ...]
    data_of: Callable[[str], bytes] = field(repr=False)
    hints: Hints = NO_HINTS

    def blob(self, name: str) -> Blob:
        """One file of the bundle, called by its path within it; raises as ``data_of`` does."""
        return Blob(name, self.data_of(name), self.hints)

    @property
    def stem(self) -> str:
        """The name of the folder or archive, without those above it and without a suffix."""
        return PurePath(self.name).stem or self.name


@dataclass(frozen=True)
class BundleFormat:
    """A format of several files, as :class:`Format` is one of a single file. ``fits`` looks at the names, and opens
    no more than a few small files.
    """

    name: str
    label: str
    fits: Callable[[Bundle], float] = field(repr=False)
    read: Callable[[Bundle], Reading] = field(repr=False)
    people_by_id: bool = False
    verified: bool = False
