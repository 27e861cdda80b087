"""The vocabulary of what is set aside, and that it is documented."""

from __future__ import annotations

from pathlib import Path

from extractor.sources.reasons import REASONS

READING = Path(__file__).resolve().parents[2] / "docs" / "reading.md"


def test_every_reason_is_documented_as_it_stands_in_the_code() -> None:
    _, _, behind = READING.read_text(encoding="utf-8").partition("| reason | what is set aside for it |\n|---|---|\n")
    table, _, _ = behind.partition("\n\n")
    assert table.split("\n") == [f"| {reason} | {meaning} |" for reason, meaning in REASONS.items()]


def test_the_reasons_are_in_alphabetical_order() -> None:
    assert list(REASONS) == sorted(REASONS, key=str.casefold)
