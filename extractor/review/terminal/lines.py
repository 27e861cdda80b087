"""Lines out, lines in: what a person is told and asked without a screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TextIO

from extractor.reports.text import plain


class EndOfInputError(Exception):
    """Nothing more will be written."""


class LeftError(Exception):
    """The person thought better of it."""


@dataclass
class Conversing:
    """Says lines on ``out`` and reads answers from ``source``."""

    source: TextIO
    out: TextIO

    def say(self, line: str) -> None:
        """One line, leading blanks kept; whatever is in it cannot move the cursor."""
        body = line.lstrip(" ")
        self.out.write(" " * (len(line) - len(body)) + plain(body) + "\n")
        self.out.flush()

    def ask(self, prompt: str) -> str:
        """What is written after a prompt, without the end of the line; raises EndOfInputError where nothing is."""
        self.out.write(f"{prompt} ")
        self.out.flush()
        written = self.source.readline()
        if not written or "\x04" in written[:1]:
            self.out.write("\n")
            raise EndOfInputError
        if not self.source.isatty():
            self.out.write("\n")
        return written.rstrip("\r\n")

    def choose(self, prompt: str, most: int) -> int | str:
        """A number from 1 to ``most``, or the words that were written instead; raises LeftError for nothing."""
        written = self.ask(prompt).strip()
        if not written:
            raise LeftError
        if written.isdecimal() and 1 <= int(written) <= most:
            return int(written)
        return written
