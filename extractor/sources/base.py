"""What every reader takes and gives: a blob of bytes in, a reading out."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePath

from extractor.conversation import Conversation, Coverage
from extractor.errors import SourceError
from extractor.records import SourceReport
from extractor.sources.decoding import Decoded, decode

HEAD_CHARACTERS = 1 << 16


@dataclass(frozen=True)
class Blob:
    """The bytes of one source and the name it goes by. ``text`` is decoded once, when first asked for."""

    name: str
    data: bytes

    @cached_property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()

    @cached_property
    def decoded(self) -> Decoded:
        """The text and how it was decoded; raises SourceError for bytes that are no text."""
        return decode(self.data, self.name)

    @property
    def text(self) -> str:
        return self.decoded.text

    @cached_property
    def head(self) -> str:
        """The beginning of the text, for ``fits``; empty where the bytes are no text."""
        try:
            return self.text[:HEAD_CHARACTERS]
        except SourceError:
            return ""

    @property
    def stem(self) -> str:
        """The file's name without folder and last suffix: what a conversation is called when nothing else says."""
        return PurePath(self.name).stem or self.name


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
        return SourceReport(
            path=self.path, sha256=self.sha256, format=self.format, coverage=self.coverage, error=self.error
        )


@dataclass(frozen=True)
class Format:
    """One format: ``name`` as in ``--source-format`` and in the output, ``label`` for people.

    ``fits`` looks at a blob and says how surely it is this format, from 0.0 (it is not) to 1.0 (a signature that
    nothing else has). It must be cheap (look at the head of the text, not at all of it) and must not raise. ``read``
    turns the blob into a reading, and raises SourceError where nothing can be had from it.
    """

    name: str
    label: str
    fits: Callable[[Blob], float] = field(repr=False)
    read: Callable[[Blob], Reading] = field(repr=False)
