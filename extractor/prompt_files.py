"""Prompts: one Markdown file each, versioned, read from the installed package or from a checkout.

A file begins with front matter (``name``, ``version``, ``description``, one ``key: value`` a line between two ``---``
lines); each ``# heading`` after it opens a section, whose text may hold ``{placeholders}``.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

from extractor.errors import DecisionsError

_HEADING: Final = re.compile(r"^# +(\S.*?) *$", re.MULTILINE)
_PLACEHOLDER: Final = re.compile(r"\{([a-z_]+)\}")
_REMEDY: Final = "Install the package again."


@dataclass(frozen=True)
class Prompt:
    """One prompt file. ``sha256`` is over the file's bytes; ``sections`` maps each heading to its text."""

    name: str
    version: str
    description: str
    sections: Mapping[str, str]
    sha256: str

    @property
    def system(self) -> str:
        """The instructions: the same for every conversation, so that providers' prompt caches hit."""
        return self.sections["system"]

    @property
    def user(self) -> str:
        """The template of the message that carries the conversation."""
        return self.sections["user"]

    def fill(self, section: str, **values: object) -> str:
        """A section with its placeholders filled. Values are put in once: braces inside them stay what they are.

        Raises KeyError for a section or a placeholder that has no value.
        """
        return _PLACEHOLDER.sub(lambda found: str(values[found[1]]), self.sections[section])


@cache
def load_prompt(name: str) -> Prompt:
    """The prompt of this name; raises DecisionsError where its file is missing or malformed."""
    if not re.fullmatch(r"[a-z0-9_-]+", name):
        raise DecisionsError(f"{name!r} is not a prompt's name.", "Use small letters, digits, - and _.")
    for folder in _folders():
        file = folder / f"{name}.md"
        if file.is_file():
            return parse_prompt(name, file.read_bytes())
    raise DecisionsError(f"The prompt {name!r} is missing from this installation.", _REMEDY)


def parse_prompt(name: str, data: bytes) -> Prompt:
    """A prompt from its file's bytes; raises DecisionsError where the file is not made as it must be."""
    text = data.decode("utf-8").replace("\r\n", "\n")
    _, head, body = text.split("---\n", 2) if text.count("---\n") >= 2 and text.startswith("---\n") else ("", "", "")
    fields = {key.strip(): value.strip() for key, _, value in (line.partition(":") for line in head.splitlines())}
    parts = _HEADING.split(body)
    sections = {title: content.strip() for title, content in zip(parts[1::2], parts[2::2], strict=True)}
    if fields.get("name") != name or not fields.get("version") or not {"system", "user"} <= sections.keys():
        what = f"The prompt {name!r} lacks its name, its version, or the sections system and user."
        raise DecisionsError(what, _REMEDY)
    return Prompt(name, fields["version"], fields.get("description", ""), sections, hashlib.sha256(data).hexdigest())


def _folders() -> tuple[Traversable, Traversable]:
    """Inside the installed package; at the top of a checkout."""
    return files("extractor") / "prompts", Path(__file__).resolve().parent.parent / "prompts"
