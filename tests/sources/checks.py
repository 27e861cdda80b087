"""Checks that hold for every reading."""

from __future__ import annotations

from extractor.sources import Reading, captions, documents, mail, texts
from extractor.sources.reasons import REASONS

TEXTS = {known.name for family in (captions, documents, mail, texts) for known in family.FORMATS} - {"minutes-html"}
"""The formats whose turns hold the very characters that were used; elsewhere markup and ids are resolved."""


def turns(reading: Reading) -> list[tuple[str | None, str]]:
    """Who says what in the only conversation of a reading, by display name."""
    (conversation,) = reading.conversations
    return [(conversation.name_of(turn.speaker), turn.text) for turn in conversation.turns]


def asides(reading: Reading) -> dict[str, int]:
    assert reading.coverage is not None
    return {part.reason: part.characters for part in reading.coverage.set_aside}


def warnings(reading: Reading) -> str:
    return " ".join(warning for conversation in reading.conversations for warning in conversation.warnings)


def assert_reasons_known(reading: Reading) -> None:
    """What is set aside is so for a reason of the one vocabulary."""
    accounts = [reading.coverage, *(each.coverage for each in reading.conversations)]
    reasons = {part.reason for coverage in accounts if coverage is not None for part in coverage.set_aside}
    assert reasons <= REASONS.keys()


def assert_accounted(reading: Reading, characters: int | None = None) -> None:
    """Every character is used or set aside; in texts, those used are the turns'."""
    assert_reasons_known(reading)
    coverage = reading.coverage
    assert coverage is not None
    assert coverage.used >= 0
    assert all(part.characters > 0 for part in coverage.set_aside)
    for conversation in reading.conversations:
        assert all(part.characters > 0 for part in conversation.coverage.set_aside)
        assert conversation.coverage.characters <= coverage.characters
        assert all(turn.text and turn.text == turn.text.strip() for turn in conversation.turns)
        conversation.model_dump_json()
    if characters is not None:
        assert coverage.characters == characters
    if reading.format in TEXTS:
        spoken = sum(len(turn.text) for each in reading.conversations for turn in each.turns)
        assert coverage.used == spoken
    assert "not understood" not in asides(reading)
