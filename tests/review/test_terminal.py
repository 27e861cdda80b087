"""The screen of ``decisions review``: each key does what it says, on narrow and on wide screens, with any words."""

from __future__ import annotations

import asyncio
import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import hostile
import pytest
from hostile import SOAK, obeyed, sample
from kept import EMBEDDER, found, keep, talk
from rich.cells import cell_len
from sitting import BEN, ME, Shed, shed
from textual.pilot import Pilot
from textual.widgets import OptionList, Static

from extractor.index.model import storable
from extractor.log import checking
from extractor.log.store import Log
from extractor.review import acts
from extractor.review.service import Desk
from extractor.review.terminal import state, summary
from extractor.review.terminal.app import ReviewApp
from extractor.review.terminal.session import Session
from extractor.review.terminal.widgets import Field, Pane

SIZES = [(80, 24), (160, 50)]
TELLING = {"terminal", "bidi", "invisible", "combining", "surrogate", "control", "long", "emoji", "template", "script"}
"""Kinds of hostile strings that are more to a terminal than words."""


@pytest.fixture(autouse=True)
def coloured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)


@pytest.fixture
def here(log: Log, tmp_path: Path) -> Iterator[Shed]:
    made = shed(log, tmp_path)
    yield made
    assert checking.verify(log).problems == ()


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Log]:
    with Log.open(tmp_path / "data") as opened:
        yield opened
        assert checking.verify(opened).problems == ()


@pytest.fixture(params=SIZES, ids=["80x24", "160x50"])
def size(request: pytest.FixtureRequest) -> tuple[int, int]:
    return (request.param[0], request.param[1])


@dataclass(frozen=True)
class Sat:
    """How a sitting ended: the session, what was said last, whether a question was still open, the exit code."""

    session: Session
    note: str
    asked: bool
    return_value: int | None


def sat(session: Session, size: tuple[int, int], *steps: str | Callable[[ReviewApp], None]) -> Sat:
    """Presses keys (several parted by blanks, or ``=words`` to type) and calls what looks at the screen in between."""

    async def go() -> Sat:
        app = ReviewApp(session)
        async with app.run_test(size=size) as pilot:
            await settled(pilot)
            for step in steps:
                if not isinstance(step, str):
                    step(app)
                    continue
                for key in [step[1:]] if step.startswith("=") else step.split():
                    if step.startswith("="):
                        await typed(pilot, key)
                    else:
                        await pilot.press(key)
                    await settled(pilot)
                sound(app)
            said, asked = note(app), len(app.screen_stack) > 1
        return Sat(session, said, asked, app.return_value)

    return asyncio.run(go())


async def settled(pilot: Pilot[int]) -> None:
    for _ in range(2):
        await pilot.pause()


async def typed(pilot: Pilot[int], words: str) -> None:
    """Writes words over whatever stands in the field."""
    field = pilot.app.screen.focused
    assert isinstance(field, Field)
    field.clear()
    field.insert(words)


def drawn(app: ReviewApp) -> list[tuple[float, float, str]]:
    """Each stretch of text on the screen: where it begins, how wide it is, in columns, and what it says."""
    svg = app.export_screenshot()
    body = svg[svg.index("clip-terminal)") :]
    pattern = re.compile(r'<text class="[^"]*" x="([\d.]+)" y="[\d.]+" textLength="([\d.]+)"[^>]*>([^<]*)</text>')
    assert "<text" not in pattern.sub("", body)
    stretches = [(float(x) / 12.2, html.unescape(words)) for x, _, words in pattern.findall(body)]
    return [(x, cell_len(words), words) for x, words in stretches if words != "\n"]  # which ends each line


def on_screen(app: ReviewApp) -> str:
    return " ".join(" ".join(words for _, _, words in drawn(app)).replace("\xa0", " ").split())


def sound(app: ReviewApp) -> None:
    """Nothing is wider than the screen, nothing is cut without a sign, nothing can do harm."""
    columns = app.size.width
    for start, width, words in drawn(app):
        assert start + width <= columns + 0.01, words
        assert not list(obeyed(words)), words
    for widget in app.screen.query("*"):
        if widget.display and widget.region:
            assert widget.region.right <= columns, widget
            assert widget.max_scroll_x == 0 or not isinstance(widget, Pane | OptionList), widget
    for pane in app.screen.query(Pane):
        if pane.max_scroll_y > 0:
            assert "more" in str(pane.border_title)
            assert pane.show_vertical_scrollbar


def note(app: ReviewApp) -> str:
    return str(app.screen_stack[0].query_one("#note", Static).content)


def test_one_record_is_shown_with_all_that_is_known_and_its_words_marked(here: Shed, size: tuple[int, int]) -> None:
    seen: list[str] = []
    marked: list[Any] = []

    def look(app: ReviewApp) -> None:
        seen.append(on_screen(app))
        marked.extend(line for line in app.lines if line.marked)

    sat(here.sit(), size, look)
    for words in (
        "1 of 5",
        "Shed steering, spring, 2026-03-04",
        "Decision, waits for review",
        "The shed is roofed with tin instead of slate.",
        "Status: decided",
        "Owners: Ana Li",
        "Decided by: Ana Li; Ben Orr",
        "Due: not said",
        "would replace an approved decision; high significance",
        "Conflicts with: The shed gets a slate roof.",
        "we roof the shed with tin",
        "nobody here has",
    ):
        assert words in seen[0], words
    assert [[one.text for one in line.stretches if one.marked] for line in marked] == [
        ["we roof the shed with tin"],
        ["tin it is"],
    ]


def test_the_words_stand_beside_the_record_where_there_is_room(here: Shed) -> None:
    def beside(app: ReviewApp) -> None:
        card, words = app.query_one("#card").region, app.query_one("#context").region
        assert (words.x >= card.right) == (app.size.width == 160)
        assert (words.y >= card.bottom) == (app.size.width == 80)

    for one in SIZES:
        sat(here.sit(), one, beside)


def test_a_approves_with_one_key_and_goes_on(here: Shed, size: tuple[int, int]) -> None:
    app = sat(here.sit(), size, "a")
    assert here.states()["roof"] == "approved"
    assert app.session.item.record.id == here.ids["ask"]
    assert app.note.startswith("Approved: The shed is roofed")


@pytest.mark.parametrize(
    ("keys", "reason"),
    [
        (("r", "3"), ["Already recorded or already in force"]),
        (("r", "=not ours", "enter"), ["not ours"]),
        (("r", "enter"), []),
    ],
)
def test_r_rejects_for_a_ready_made_reason_a_typed_one_or_none(
    here: Shed, keys: tuple[str, ...], reason: list[str]
) -> None:
    sat(here.sit(), (80, 24), *keys)
    assert here.states()["roof"] == "rejected"
    assert here.comments("roof") == reason


def test_e_edits_and_approves_or_only_saves(here: Shed, size: tuple[int, int]) -> None:
    sat(
        here.sit(),
        size,
        "e",
        "=We roof it with tin.",
        "tab",
        "=tentative",
        "ctrl+s",
        "n",
        "e",
        "=Paint the fence.",
        "f3",
    )
    roof, fence = here.record("roof"), here.record("fence")
    assert (roof.text, roof.status, roof.state, roof.owners) == ("We roof it with tin.", "tentative", "approved", (ME,))
    assert (fence.text, fence.state) == ("Paint the fence.", "proposed")


def test_enter_goes_from_field_to_field_and_people_are_known_by_their_names(here: Shed) -> None:
    sat(here.sit(), (80, 24), "n", "e", "enter", "=Ben; Dana Fox", "enter", "=2026-05-01", "ctrl+t")
    ask = here.record("ask")
    assert ask.owners == ("Ben Orr", "Dana Fox")
    assert str(ask.due) == "2026-05-01"


def test_a_form_with_a_mistake_stays_open_and_what_was_typed_is_there_after_leaving(here: Shed) -> None:
    def refused(app: ReviewApp) -> None:
        assert "status" in on_screen(app)
        assert app.screen is not app.screen_stack[0]
        assert "perhaps" in on_screen(app)

    def there(app: ReviewApp) -> None:
        assert app.screen.query_one("#field-status", Field).text == "perhaps"

    sat(here.sit(), (80, 24), "e", "tab", "=perhaps", "ctrl+s", refused, "escape", "e", there)
    assert here.record("roof").status == "decided"


def test_an_empty_form_saves_nothing(here: Shed) -> None:
    def told(app: ReviewApp) -> None:
        assert "Nothing is changed yet." in on_screen(app)

    sat(here.sit(), (80, 24), "e", "ctrl+t", told)
    assert here.record("roof").version == 1


def test_m_merges_into_a_record_near_or_one_that_a_search_finds(here: Shed, size: tuple[int, int]) -> None:
    sat(here.sit(), size, "n n m", "=door green", "enter")
    assert (here.record("fence").state, here.record("fence").merged_into) == ("merged", here.ids["door"])
    sat(here.sit(), size, "g m", "enter")
    assert here.record("roof").merged_into == here.ids["slate"]


def test_s_confirms_or_refuses_a_suggested_link_and_makes_others(here: Shed) -> None:
    old = ("supersedes", here.ids["slate"])
    sat(here.sit(), (80, 24), "g s 2")
    assert here.links("roof")[old] == "rejected"
    sat(here.sit(), (80, 24), "g u s 2 u s 1")
    assert here.links("roof")[old] == "confirmed" or here.links("roof")[old] == "rejected"
    sat(here.sit(), (80, 24), "g s 3 down enter")
    assert "contradicts" in {kind for kind, _ in here.links("roof")}


def test_d_finishes_an_action_and_answers_a_question_and_no_decision(here: Shed) -> None:
    app = sat(here.sit(), (80, 24), "n d", "n n d", "=The council pays.", "enter")
    assert here.record("ask").closed_at
    assert here.record("gutters").closed_at
    assert here.comments("gutters") == ["The council pays."]
    app = sat(here.sit(), (80, 24), "g d")
    assert "is a decision" in app.note


def test_t_assigns_by_number_or_name_and_to_nobody(here: Shed) -> None:
    app = sat(here.sit(), (80, 24), "t 1")
    assert app.session.item.assignee == ME
    assert sat(here.sit(), (80, 24), "t", "=Dana Fox", "enter").session.item.assignee == "Dana Fox"
    assert sat(here.sit(), (80, 24), "t enter").session.item.assignee is None


def test_c_comments_and_z_opens_again(here: Shed) -> None:
    app = sat(here.sit(), (80, 24), "c", "=Ask Dana first.", "enter", "a p z")
    assert here.comments("roof") == ["Ask Dana first."]
    assert here.states()["roof"] == "proposed"
    assert app.session.index == 0


def test_u_takes_back_act_after_act_and_shows_the_record_again(here: Shed) -> None:
    app = sat(here.sit(), (80, 24), "a r 1 a", "u u u")
    assert set(here.states().values()) == {"proposed", "approved"}
    assert here.states()["roof"] == "proposed"
    assert app.session.item.record.id == here.ids["roof"]
    assert summary(app.session) == "You decided nothing. 5 still wait."
    assert "nothing to undo" in sat(here.sit(), (80, 24), "u").note


def test_v_takes_over_or_refuses_what_a_later_reading_suggests(here: Shed) -> None:
    here.desk.do(BEN, acts.Comment(record=here.ids["door"], comment="Hm."))
    for statement in ("The door is green.", "The door is green for good."):
        door = here.record("door").record.model_copy(update={"statement": statement})
        others = [here.record(name).record for name in ("roof", "ask", "fence", "gutters")]
        keep(here.log, here.said, found(here.said, door, *others), "folder:again.vtt")  # type: ignore[arg-type]
        app = sat(here.sit(), (80, 24), "g n n n n")
        assert f"Statement: {statement}" in on_screen_of(here, "door")
        sat(here.sit(), (80, 24), "g n n n n v", "2" if statement.endswith("green.") else "1")
    assert here.record("door").text == "The door is green for good."
    assert app.session.item.record.id == here.ids["door"]


def on_screen_of(here: Shed, name: str) -> str:
    words: list[str] = []
    session = here.sit()
    session.go_to(here.ids[name])
    sat(session, (80, 24), lambda app: words.append(on_screen(app)))
    return words[0]


def test_n_j_p_k_and_g_move_and_the_ends_are_told(here: Shed) -> None:
    app = sat(here.sit(), (80, 24), "n j j p k n g p")
    assert app.session.index == 0
    assert app.note == "That is the first one."
    assert sat(here.sit(), (80, 24), "n n n n n").note == "That was the last one; q stops."
    assert "5 of 5" in on_screen_of(here, "door")


def test_o_shows_the_whole_conversation_at_the_place(here: Shed, size: tuple[int, int]) -> None:
    def there(app: ReviewApp) -> None:
        turns = app.screen.query_one(OptionList)
        assert turns.option_count == 11
        assert turns.highlighted == 6
        assert "will you ask the council about the gutters" in on_screen(app)

    app = sat(here.sit(), size, "n o", there, "escape")
    assert not app.asked


def test_plus_adds_what_was_missed_from_turns_and_words_of_turns(here: Shed, size: tuple[int, int]) -> None:
    keys = ("plus", "home down space up w", "=settle the roof today", "enter", "plus", "1", "=We settle it.", "ctrl+s")
    sat(here.sit(), size, *keys)
    added = here.all()[-1]
    assert (added.text, added.state, added.status) == ("We settle it.", "approved", "decided")
    assert [one.quote for one in added.record.evidence] == ["settle the roof today", here.said.turns[1].text]
    sat(here.sit(), size, "plus", "space plus", "2", "ctrl+s")
    assert here.all()[-1].type == "action_item"


def test_words_that_are_not_in_the_turn_are_refused(here: Shed) -> None:
    def told(app: ReviewApp) -> None:
        assert "do not stand in the turn" in on_screen(app)

    sat(here.sit(), (80, 24), "plus w", "=nobody said this", "enter", told, "plus")
    assert len(here.all()) == 6


def test_help_names_every_key(here: Shed) -> None:
    def told(app: ReviewApp) -> None:
        words = on_screen(app)
        assert "approve it as it stands" in words
        assert "more below" in words

    sat(here.sit(), (80, 24), "question_mark", told, "escape")


def test_another_ones_change_is_shown_and_the_act_is_not_done_until_it_is_repeated(here: Shed) -> None:
    def ben(_: ReviewApp) -> None:
        here.desk.do(BEN, acts.Edit(record=here.ids["roof"], fields={"statement": "Tin, and red."}))

    def told(app: ReviewApp) -> None:
        assert here.states()["roof"] == "proposed"
        words = on_screen(app)
        assert "Nothing was done" in words
        assert BEN in note(app)
        assert "is now “Tin, and red.”" in words

    sat(here.sit(), (80, 24), ben, "a", told, "a")
    assert here.states()["roof"] == "approved"


def test_what_was_typed_stays_when_another_one_was_quicker(here: Shed) -> None:
    def ben(_: ReviewApp) -> None:
        here.desk.do(BEN, acts.Edit(record=here.ids["roof"], fields={"status": "tentative", "statement": "Tin, red."}))

    def form_open(app: ReviewApp) -> None:
        assert app.screen.query_one("#field-statement", Field).text == "We roof it."
        assert "is now “tentative”" in on_screen(app)
        assert here.record("roof").text == "Tin, red."

    sat(here.sit(), (80, 24), "e", "=We roof it.", ben, "ctrl+s", form_open, "ctrl+s")
    assert (here.record("roof").text, here.record("roof").status) == ("We roof it.", "tentative")


def test_a_reason_stays_when_another_one_was_quicker(here: Shed) -> None:
    def ben(_: ReviewApp) -> None:
        here.desk.do(BEN, acts.Edit(record=here.ids["roof"], fields={"status": "tentative"}))

    def still(app: ReviewApp) -> None:
        assert app.screen.query_one(Field).text == "too early to say"

    sat(here.sit(), (80, 24), "r", "=too early to say", ben, "enter", "r", still, "enter")
    assert here.comments("roof") == ["too early to say"]


def test_it_goes_on_where_it_stopped_each_person_at_their_own_place(here: Shed) -> None:
    assert sat(here.sit(), (80, 24), "n n q").return_value == 0
    app = sat(here.sit(), (80, 24))
    assert app.session.item.record.id == here.ids["fence"]
    assert "You go on where you stopped." in app.note
    assert here.sit(BEN).index == 0
    here.desk.do(BEN, acts.Reject(record=here.ids["fence"]))
    assert here.sit().item.record.id == here.ids["gutters"]


def test_a_place_that_cannot_be_read_is_no_place(here: Shed) -> None:
    for words in ("", "[]", '{"Ana Li": 3}', '{"Ana Li": {"record": "x"}}', "\x00"):
        (here.folder / "review.json").write_text(words, encoding="utf-8")
        assert state.place_of(here.folder / "review.json", ME) is None
        assert here.sit().index == 0


def test_ctrl_c_leaves_with_130_from_anywhere(here: Shed) -> None:
    assert sat(here.sit(), (80, 24), "ctrl+c").return_value == 130
    assert sat(here.sit(), (80, 24), "e", "ctrl+c").return_value == 130
    assert sat(here.sit(), (80, 24), "r", "ctrl+c").return_value == 130


def test_the_last_one_done_is_told(here: Shed) -> None:
    app = sat(here.sit(), (80, 24), "a a a a a")
    assert "Nothing else waits here" in app.note
    assert summary(app.session) == "You approved 5. Nothing waits any more."


def test_a_second_reviewer_is_asked_for_where_the_team_says_so(log: Log, tmp_path: Path) -> None:
    here = shed(log, tmp_path, approvals=2)
    app = sat(here.sit(), (80, 24), "a")
    assert "another reviewer is needed" in app.note
    assert app.session.item.record.id == here.ids["ask"]
    other = here.sit(BEN)
    words: list[str] = []
    sat(other, (80, 24), lambda app: words.append(on_screen(app)), "a")
    assert "approved by Ana Li, another reviewer is needed" in words[0]
    assert here.states()["roof"] == "approved"


def test_an_approved_record_with_a_suggested_link_comes_last(here: Shed) -> None:
    here.desk.do(BEN, acts.Approve(record=here.ids["roof"]))
    session = here.sit()
    assert session.ids[-1] == here.ids["roof"]
    assert session.progress == "1 of 5"


def test_hostile_words_are_shown_and_do_no_harm(own: Log, tmp_path: Path) -> None:
    """One string of each kind that a terminal may trip over, all of all kinds with DECISIONS_SOAK, in every place."""
    some = [one for one in sample(1) if one.kind in TELLING or SOAK]
    for number, one in enumerate(some):
        hostile.spoil(own, one.text, number)
    here = Shed(own, Desk(own, lambda: EMBEDDER), talk("Ana: Hello."), tmp_path)
    more = [
        ("escape m", "escape t", "escape n") if number % 6 == 0 or SOAK else ("escape n",)
        for number in range(len(some))
    ]
    sat(here.sit(types=("decision",)), (80, 24), *(step for rest in more for step in ("o", "escape e", *rest)))
    comments = [step for one in some[:: 1 if SOAK else 4] for step in ("c", f"={one.text[:5000]}", "enter n")]
    sat(here.sit(types=("decision",)), (80, 24), "g", *comments)
    sat(here.sit(types=("decision",)), (80, 24), "g", "e ctrl+t escape", *["a"] * len(some))
    decided = [one for one in here.all() if one.type == "decision"]
    assert sorted(one.text for one in decided) == sorted(storable(f"S {one.text}") for one in some)
    assert {one.state for one in decided} == {"approved"}


def test_what_is_very_long_is_cut_with_a_sign_wherever_it_is_shown(own: Log, tmp_path: Path) -> None:
    hostile.spoil(own, "x" * 1_000_000, 0)
    here = Shed(own, Desk(own, lambda: EMBEDDER), talk("Ana: Hello."), tmp_path)
    held: list[int] = []

    def measured(app: ReviewApp) -> None:
        every = [*app.screen.query(Static), *app.screen.query(Field), *app.screen.query(OptionList)]
        held.append(sum(len(words_of(widget)) for widget in every))

    def too_long(app: ReviewApp) -> None:
        assert "1,000,002 characters: too long to edit here" in on_screen(app)

    def cut(app: ReviewApp) -> None:
        assert "more characters" in words_of(app.query_one("#facts", Static))
        assert "more characters" in words_of(app.query_one("#words", Static))

    session = here.sit(types=("decision",))
    sat(session, (80, 24), cut, measured, "o", measured, "escape e", too_long, measured, "escape m", measured)
    assert len(held) == 4
    assert max(held) < 200_000


def words_of(widget: Any) -> str:
    """All that a widget holds, seen or not."""
    if isinstance(widget, Field):
        return str(widget.text)
    if isinstance(widget, OptionList):
        return "".join(str(one.prompt) for one in widget.options)
    return str(widget.content)


def test_no_colour_is_used_where_none_is_wanted(here: Shed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    raw: list[bool] = []
    sat(here.sit(), (80, 24), lambda app: raw.append(app.no_color and app.native_ansi_color))
    assert raw == [True]
