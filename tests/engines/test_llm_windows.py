"""Windows over turns: all covered once, within the budget, long turns cut at sentences."""

from collections import Counter
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.engines.windows import Piece, Window, estimate_tokens, plan, split


def cost(piece: Piece) -> int:
    return estimate_tokens(f"[{piece.turn}] Somebody: {piece.text}") + 1


def pieces(*texts: str) -> list[Piece]:
    return [Piece(number, text) for number, text in enumerate(texts)]


def texts_of(windows: list[Window]) -> dict[int, str]:
    whole: dict[int, str] = {}
    for window in windows:
        for piece in window.own:
            whole[piece.turn] = whole.get(piece.turn, "") + piece.text
    return whole


def test_a_conversation_that_fits_is_one_window():
    assert plan(pieces("a", "b", "c"), 1000, cost) == [Window(tuple(pieces("a", "b", "c")))]


def test_no_turns_make_no_windows():
    assert plan([], 1000, cost) == []


@settings(deadline=None, database=None)
@given(st.lists(st.text(max_size=400), min_size=1, max_size=40), st.integers(min_value=60, max_value=600))
def test_windows_cover_every_character_once_and_in_order(texts, budget):
    windows = plan(pieces(*texts), budget, cost)
    assert texts_of(windows) == dict(enumerate(texts))
    order = [(piece.turn, piece.part) for window in windows for piece in window.own]
    assert order == sorted(set(order))


@settings(deadline=None, database=None)
@given(st.lists(st.text(alphabet="ab. ", max_size=90), min_size=1, max_size=60), st.integers(100, 600))
def test_windows_stay_within_their_budget(texts, budget):
    for window in plan(pieces(*texts), budget, cost):
        assert sum(map(cost, (*window.context, *window.own))) <= budget


def test_windows_carry_a_tenth_of_context_from_the_window_before():
    windows = plan(pieces(*(f"Turn number {n} says something." for n in range(200))), 400, cost)
    assert len(windows) > 3
    assert windows[0].context == ()
    for before, after in pairwise(windows):
        assert after.context == before.own[-len(after.context) :]
        assert 0 < sum(map(cost, after.context)) <= 40
        assert after.shown == {piece.turn for piece in (*after.context, *after.own)}


def test_windows_are_of_about_equal_size():
    windows = plan(pieces(*("word " * 10 for _ in range(41))), 400, cost)
    sizes = [sum(map(cost, window.own)) for window in windows]
    assert min(sizes) > max(sizes) / 2


def test_a_long_turn_is_cut_at_sentence_ends_and_keeps_its_number():
    long = " ".join(f"This is sentence number {n} of the speech." for n in range(200))
    windows = plan([Piece(0, "Hello."), Piece(1, long), Piece(2, "Bye.")], 500, cost)
    parts = [piece for window in windows for piece in window.own if piece.turn == 1]
    assert "".join(part.text for part in parts) == long
    assert all(part.text.rstrip().endswith(".") for part in parts)
    assert [part.part for part in parts] == list(range(1, len(parts) + 1))
    assert {part.parts for part in parts} == {len(parts)}


def test_a_turn_without_any_boundary_is_cut_all_the_same():
    windows = plan([Piece(0, "x" * 9000)], 300, cost)
    assert len(windows) > 5
    assert texts_of(windows) == {0: "x" * 9000}


def test_japanese_is_cut_at_its_own_sentence_ends():
    windows = plan([Piece(0, "これは文です。" * 200)], 300, cost)
    assert all(piece.text.endswith("。") for window in windows for piece in window.own)


def test_halves_cover_the_window_and_the_second_gets_context():
    own = pieces(*(f"Turn number {n} says something that matters a little." for n in range(40)))
    halves = split(Window(tuple(own[2:]), tuple(own[:2])), cost)
    assert halves
    first, second = halves
    assert (*first.own, *second.own) == tuple(own[2:])
    assert first.context == tuple(own[:2])
    assert second.context == first.own[-len(second.context) :]


def test_a_window_of_a_few_short_turns_is_not_split():
    assert split(Window(tuple(pieces("a", "b", "c"))), cost) is None
    assert split(Window(tuple(pieces("a", "b", "c", "d"))), cost) is not None


def test_one_long_turn_is_split_in_two_parts():
    halves = split(Window((Piece(7, "One. " * 2000),)), cost)
    assert halves
    assert [(half.own[0].turn, half.own[0].part, half.own[0].parts) for half in halves] == [(7, 1, 2), (7, 2, 2)]


@settings(deadline=None, database=None)
@given(st.lists(st.text(max_size=300), min_size=1, max_size=30))
def test_splitting_on_and_on_ends_and_loses_nothing(texts):
    queue, done = plan(pieces(*texts), 100_000, cost), []
    while queue:
        window = queue.pop(0)
        halves = split(window, cost)
        if halves is None:
            done.append(window)
        else:
            queue[:0] = halves
    assert texts_of(done) == dict(enumerate(texts))
    assert max(Counter(piece.turn for window in done for piece in window.own).values()) < 20


def test_the_estimate_of_tokens_is_on_the_safe_side():
    assert estimate_tokens("") == 0
    assert estimate_tokens("twelve bytes") == 4
    assert estimate_tokens("決定") == 2
    assert estimate_tokens("\ud800") == 1
