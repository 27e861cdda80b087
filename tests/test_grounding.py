"""A quote is located by code in the turn it cites, or it proves nothing."""

from __future__ import annotations

from builders import meeting
from hypothesis import given
from hypothesis import strategies as st

from extractor.drafts import DraftActionItem, DraftEvidence
from extractor.grounding import MOVED, PARTLY, Grounder, levelled, locate_in


def action(*quotes: tuple[int, str]) -> DraftActionItem:
    evidence = tuple(DraftEvidence(role="owner", turn=turn, quote=quote) for turn, quote in quotes)
    return DraftActionItem(task="Do it", evidence=evidence)


def quoted(text: str, quote: str) -> str | None:
    found = locate_in(quote, 0, text)
    return text[found.start : found.end] if found else None


def test_an_exact_quote_is_found_where_it_stands():
    found = locate_in("ship it", 3, "We ship it, then we ship it again.")
    assert found is not None
    assert (found.turn, found.start, found.end) == (3, 3, 10)


def test_a_quote_typed_in_other_signs_is_found_and_comes_back_as_the_text_has_it():
    text = "so let’s — you know — ship\u00a0 it…"
    assert quoted(text, "Let's - you know - ship it...") == text.removeprefix("so ")


def test_a_quote_of_letters_inside_a_longer_word_is_no_quote():
    assert quoted("I know that", "no") is None
    assert quoted("I know, no doubt", "no") == "no"


def test_a_quote_in_a_script_without_blanks_is_found_inside_a_line():
    assert quoted("我们决定周五发布", "决定周五") == "决定周五"


def test_offsets_count_code_points_beside_emoji():
    found = locate_in("go 🚀 now", 0, "👩‍🚀 go 🚀 now")
    assert found is not None
    assert "👩‍🚀 go 🚀 now"[found.start : found.end] == "go 🚀 now"


def test_an_empty_quote_is_nowhere():
    assert quoted("anything", "  ") is None
    assert quoted("anything", "\u200b") is None


def test_a_quote_in_another_turn_only_is_moved_there_and_flagged():
    talk = meeting("Anna: Good morning.", "Ben: We move the launch to the twenty-third of June.")
    result = Grounder(talk).ground(action((0, "move the launch to the twenty-third")))
    assert [(quote.turn, quote.speaker) for quote in result.evidence] == [(1, "ben")]
    assert result.flags == (MOVED,)


def test_a_short_quote_is_never_looked_for_elsewhere():
    talk = meeting("Anna: Good morning.", "Ben: Yes, we do.")
    assert not Grounder(talk).ground(action((0, "Yes, we do."))).evidence


def test_a_quote_that_stands_in_two_other_turns_proves_nothing():
    line = "We move the launch to June."
    talk = meeting("Anna: Good morning.", f"Ben: {line}", f"Anna: {line}")
    assert not Grounder(talk).ground(action((0, line))).evidence


def test_a_turn_number_out_of_range_is_no_error():
    talk = meeting("Anna: Good morning.")
    result = Grounder(talk).ground(action((7, "Good"), (-1, "Good")))
    assert [quote.turn for quote in result.missing] == [7, -1]


def test_what_is_found_stays_and_what_is_not_is_named():
    talk = meeting("Anna: I'll write the report.")
    result = Grounder(talk).ground(action((0, "I'll write the report"), (0, "by Monday")))
    assert [quote.quote for quote in result.evidence] == ["I'll write the report"]
    assert [quote.quote for quote in result.missing] == ["by Monday"]
    assert result.flags == (PARTLY,)


@given(st.text(max_size=40), st.data())
def test_any_span_of_whole_words_is_found_and_comes_back_verbatim(text: str, data: st.DataObject):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    found = locate_in(text[start:end], 0, text)
    if found is not None:
        cut = text[found.start : found.end]
        assert levelled(cut)[0] == levelled(text[start:end])[0]


@given(st.text(max_size=60))
def test_levelling_keeps_an_origin_for_every_character(text: str):
    level, origin = levelled(text)
    assert len(origin) == len(level) + 1
    assert origin == sorted(origin)
    assert origin[-1] == len(text)


def test_a_quote_with_composed_accents_is_found_in_a_text_with_combining_ones():
    assert quoted("le cafe\u0301 est pre\u0302t", "café est prêt") == "cafe\u0301 est pre\u0302t"
    assert quoted("le café est prêt", "cafe\u0301 est") == "café est"


def test_a_quote_of_nothing_visible_is_not_moved_to_another_turn():
    assert not Grounder(meeting("Anna: Good morning.")).ground(action((3, "\u200b" * 30))).evidence
