"""What the terminal says: labels, keys, ready-made reasons, and untrusted text made safe to print."""

from __future__ import annotations

from typing import Final

from extractor.reports.text import plain

TYPES: Final = {"decision": "Decision", "action_item": "Action", "open_question": "Open question"}
STATES: Final = {
    "proposed": "waits for review",
    "approved": "approved",
    "rejected": "rejected",
    "merged": "merged into another record",
}
REASONS: Final = (
    "Nothing was settled here",
    "Only an idea or a wish",
    "Already recorded or already in force",
    "The words do not say this",
    "Not worth recording",
)
KINDS: Final = {
    "supersedes": "replaces",
    "duplicates": "says the same as",
    "contradicts": "contradicts",
    "answers": "answers",
    "implements": "carries out",
    "relates": "has to do with",
}
KEYS: Final = (
    ("a", "approve it as it stands"),
    ("e", "edit it, then approve it or only save it"),
    ("r", "reject it, with a reason"),
    ("m", "merge it into a record that says the same"),
    ("s", "say that it replaces, answers or repeats an earlier record"),
    ("d", "an action is done, or a question is answered"),
    ("v", "look at the wording that a later reading suggests"),
    ("t", "assign it to somebody for review"),
    ("c", "comment"),
    ("z", "open it again after it was approved, rejected or closed"),
    ("u", "undo what you did last"),
    ("n", "next, without deciding"),
    ("p", "previous"),
    ("o", "show the whole conversation at this place"),
    ("+", "add a decision, action or question that was missed"),
    ("?", "help"),
    ("q", "stop; next time goes on from here"),
)
LONGEST: Final = 3000
"""Characters of one statement or quote that are shown; what is left out is said."""


class _Shown(dict[int, str]):
    """What stands for a character, by its code point, found out when it is first met."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        self[code] = stands = char if char == "\n" else " " if char.isspace() else plain(char)
        return stands


_SHOWN: Final = _Shown()


def shown(text: str) -> str:
    """``text`` with as many characters, none of which moves the cursor or turns the line around; newlines stay."""
    return text.translate(_SHOWN)


def short(text: str, most: int = 70) -> str:
    """``text`` on one line of no more than ``most`` characters."""
    line = plain(text[: 4 * most])
    return line if len(line) <= most and len(text) <= 4 * most else line[: most - 1].rstrip() + "…"


def whole(text: str, most: int = LONGEST) -> str:
    """``text`` on one line; of a very long one the beginning, and about how much more there is."""
    line = plain(text[: 4 * most])
    if len(line) <= most and len(text) <= 4 * most:
        return line
    return f"{line[:most]}… ({len(text) - most:,} more characters)"
