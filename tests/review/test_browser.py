"""Reviewing in a real browser: by keyboard alone, without scripts, and two people at once.

With DECISIONS_SCREENSHOTS, a folder, pictures of what each step looks like are left there.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pages_world as world
import pytest
from playwright.sync_api import Browser, Error, Page, expect, sync_playwright

from extractor.log.store import Log

pytestmark = pytest.mark.slow
SCREENSHOTS = os.environ.get("DECISIONS_SCREENSHOTS")
ROOF = "The shed's roof is replaced with tin before the autumn."
THURSDAYS = "The meeting moves to Thursdays."
COFFEE = "Coffee is ordered in bulk from June on."
BENCH = "the old bench goes to the school"
WIDTHS = ((380, 800), (1280, 800), (1600, 950))
Shot = Callable[[Page, str], None]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium of this machine, else Playwright's own."""
    found = next(
        (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
    )
    with sync_playwright() as playwright:
        try:
            launched = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        except Error:
            pytest.skip("Chromium is not on this machine")
        yield launched
        launched.close()


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Log]:
    with Log.open(tmp_path / "data") as opened:
        yield opened


@pytest.fixture
def address(log: Log) -> Iterator[str]:
    with world.served(log) as url:
        yield url


@pytest.fixture
def shot(tmp_path: Path) -> Shot:
    """Takes a picture; it is named for the step."""
    folder = Path(SCREENSHOTS) if SCREENSHOTS else tmp_path / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)

    def take(page: Page, name: str) -> None:
        page.screenshot(path=folder / f"{name}.png")

    return take


@pytest.fixture
def opened(browser: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """Opens a browser of its own for somebody; whatever its console says is wrong fails the test."""
    contexts, wrong = [], []

    def make(name: str = world.ANA, *, scripts: bool = True, width: int = 1280, height: int = 800) -> Page:
        context = browser.new_context(
            base_url=address, java_script_enabled=scripts, viewport={"width": width, "height": height}
        )
        context.add_cookies([{"name": world.AS, "value": name.replace(" ", "_"), "url": address}])
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        return page

    yield make
    for context in contexts:
        context.close()
    assert not wrong


def _title(page: Page) -> str:
    return page.locator("#record-title").inner_text()


def _press(page: Page, *keys: str) -> None:
    """Presses keys, the last of which brings another record."""
    before = _title(page)
    for key in keys:
        page.keyboard.press(key)
    expect(page.locator("#record-title")).not_to_have_text(before)


def _told(page: Page, words: str) -> None:
    expect(page.locator("#told")).to_contain_text(words)


def test_twelve_decisions_are_reviewed_by_keyboard_alone(log: Log, opened: Callable[..., Page], shot: Shot) -> None:
    page = opened()
    page.goto("/")
    expect(page.locator(".queue")).to_contain_text("Nothing waits")
    shot(page, "01-empty")
    ids = world.fill(log)
    page.goto("/?type=decision")
    expect(page.locator("#queue-title .count")).to_have_text("12")
    shot(page, "02-inbox")

    _press(page, "r", "1")  # a ready-made reason
    _told(page, f"Rejected: {THURSDAYS[:-1]}")
    assert _title(page) == ROOF
    _press(page, "a")  # one key
    _told(page, f"Approved: {ROOF[:-1]}")
    assert world.records_in(log)[ROOF].state == "approved"
    shot(page, "03-approved")
    page.keyboard.press("u")
    expect(page.locator("#record-title")).to_have_text(ROOF)
    _told(page, f"Undone: {ROOF[:-1]}")
    assert world.records_in(log)[ROOF].state == "proposed"

    page.keyboard.press("e")
    expect(page.locator("#edit-statement")).to_be_focused()
    page.keyboard.press("Control+End")
    page.keyboard.type(" Ben orders it; a and j are keys.")
    shot(page, "04-editing")
    _press(page, "Control+Enter")
    _told(page, "Approved: ")
    edited = world.records_in(log)[f"{ROOF} Ben orders it; a and j are keys."]
    assert (edited.state, edited.version) == ("approved", 2)

    page.keyboard.press("c")
    page.keyboard.type("Ask the roofer first.")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".remarks")).to_contain_text("Ask the roofer first.")
    _review_the_rest(page, ids, shot)
    expect(page.locator("#queue-title .count")).to_have_text("0")
    shot(page, "06-done")
    records = world.records_in(log)
    decided = [one for one in records.values() if one.type == "decision"]
    assert len(decided) == 12
    assert sorted(one.state for one in decided) == ["approved"] * 10 + ["merged", "rejected"]
    assert records[COFFEE].merged_into == ids["Coffee is ordered in bulk."]
    _published(page, edited.id, shot)


def _review_the_rest(page: Page, ids: dict[str, str], shot: Shot) -> None:
    """Approves what is left, key by key, but for the coffee, which was decided twice."""
    merged = False
    for _ in range(len(ids)):
        if int(page.locator("#queue-title .count").inner_text()) == 0:
            break
        if _title(page) == COFFEE and not merged:
            page.keyboard.press("m")
            page.keyboard.type("bulk")
            expect(page.locator("#candidates .candidate")).to_contain_text(["Coffee is ordered in bulk."])
            page.keyboard.press("ArrowDown")
            shot(page, "05-merging")
            _press(page, "Enter")
            _told(page, "Merged: ")
            merged = True
        else:
            left = int(page.locator("#queue-title .count").inner_text())
            page.keyboard.press("a")
            expect(page.locator("#queue-title .count")).to_have_text(str(left - 1))


def _published(page: Page, record: str, shot: Shot) -> None:
    """The log has what was approved, the record's page its history."""
    page.keyboard.press("g")
    page.keyboard.press("l")
    page.wait_for_url("**/log")
    expect(page.locator("main")).to_contain_text("Ben orders it; a and j are keys.")
    expect(page.locator("main")).not_to_contain_text(THURSDAYS)
    shot(page, "07-log")
    page.goto(f"/records/{record}")
    expect(page.locator("main")).to_contain_text(world.ANA)
    expect(page.locator("main")).to_contain_text("Ana Li edited it")
    shot(page, "08-history")


def _drag_over(page: Page, turn: int, words: str) -> None:
    """Selects words of a turn with the mouse, as a person does."""
    page.locator(f'.said[data-turn="{turn}"]').scroll_into_view_if_needed()
    box = page.evaluate(
        """([turn, words]) => {
            const said = document.querySelector(`.said[data-turn="${turn}"]`);
            const walk = document.createTreeWalker(said, NodeFilter.SHOW_TEXT);
            for (let node; (node = walk.nextNode()); ) {
                const at = node.data.indexOf(words);
                if (at < 0) continue;
                const range = document.createRange();
                range.setStart(node, at);
                range.setEnd(node, at + words.length);
                const rects = Array.from(range.getClientRects());
                const [first, last] = [rects[0], rects[rects.length - 1]];
                return [first.left, first.top + first.height / 2, last.right, last.top + last.height / 2];
            }
        }""",
        [turn, words],
    )
    page.mouse.move(box[0] + 0.5, box[1])
    page.mouse.down()
    page.mouse.move(box[2] - 0.5, box[3], steps=8)
    page.mouse.up()


def test_what_was_missed_is_added_by_selecting_its_words(log: Log, opened: Callable[..., Page], shot: Shot) -> None:
    world.fill(log)
    page = opened(height=1400)
    page.goto("/meetings/1")
    _drag_over(page, 11, BENCH)
    bar = page.get_by_role("toolbar", name="Add what was missed")
    expect(bar).to_be_visible()
    shot(page, "10-selected")
    bar.get_by_role("button", name="Decision").click()
    expect(page.locator(".adding [name=words]")).to_have_value(BENCH)
    expect(page.locator(".adding [name=claim]")).to_be_focused()
    page.keyboard.type("The old bench is given to the school.")
    _drag_over(page, 7, "The flower pot was never safe")
    page.get_by_role("button", name="Add these words to it").click()
    expect(page.locator(".adding .passage")).to_have_count(2)
    shot(page, "11-adding")
    page.locator(".adding [name=claim]").press("Control+Enter")
    page.wait_for_url("**/meetings/1?turn=*")
    record = world.records_in(log)["The old bench is given to the school."]
    said, _ = world.first_meeting()
    assert [one.quote for one in record.record.evidence] == [BENCH, "The flower pot was never safe"]
    assert all(said.turns[one.turn].text[one.start_char : one.end_char] == one.quote for one in record.record.evidence)
    assert record.state == "approved"
    expect(page.locator(f"#note-{record.id}")).to_contain_text("The old bench is given to the school.")
    shot(page, "12-added")


def test_words_selected_beside_the_record_in_the_inbox_are_added_too(log: Log, opened: Callable[..., Page]) -> None:
    world.fill(log)
    page = opened(width=1600, height=950)
    page.goto("/?meeting=1")
    _drag_over(page, 11, BENCH)
    page.get_by_role("button", name="Action", exact=True).click()
    page.locator(".adding [name=claim]").fill("Cleo brings the bench to the school.")
    page.locator(".adding [name=claim]").press("Control+Enter")
    page.wait_for_url("**/meetings/1?turn=*")
    assert world.records_in(log)["Cleo brings the bench to the school."].record.evidence[0].quote == BENCH


def test_the_same_is_done_without_scripts(log: Log, opened: Callable[..., Page], shot: Shot) -> None:
    ids = world.fill(log)
    page = opened(scripts=False)
    page.goto("/")
    assert _title(page) == THURSDAYS
    page.locator("#do-reject summary").click()
    page.get_by_role("button", name="it is only a proposal").click()
    assert _title(page) == ROOF
    page.get_by_role("button", name="Approve", exact=False).first.click()
    assert world.records_in(log)[ROOF].state == "approved"
    page.get_by_role("button", name="Undo").click()
    assert _title(page) == ROOF
    page.locator("#do-edit summary").click()
    page.locator("#edit-statement").fill("The roof becomes tin.")
    shot(page, "20-plain-editing")
    page.get_by_role("button", name="Save and approve").click()
    page.goto(f"/?record={ids[COFFEE]}")
    page.locator("#do-merge summary").click()
    page.locator(f'input[name=into][value="{ids["Coffee is ordered in bulk."]}"]').check()
    page.get_by_role("button", name="Merge into it").click()
    page.goto("/meetings/1")
    page.locator("#t11 .add-here").click()
    page.locator("[name=claim]").fill("The bench goes to the school.")
    page.locator("[name=words]").fill(BENCH)
    shot(page, "21-plain-adding")
    page.get_by_role("button", name="Add it").click()
    records = world.records_in(log)
    assert records["The roof becomes tin."].state == records["The bench goes to the school."].state == "approved"
    assert (records[THURSDAYS].state, records[COFFEE].state) == ("rejected", "merged")
    page.goto("/log")
    expect(page.locator("main")).to_contain_text("The roof becomes tin.")
    page.goto(f"/records/{ids[ROOF]}")
    expect(page.locator("main")).to_contain_text("Ana Li edited it")
    shot(page, "22-plain-history")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "plain"])
def test_the_second_of_two_reviewers_sees_the_conflict_and_loses_nothing_typed(
    log: Log, opened: Callable[..., Page], shot: Shot, scripts: bool
) -> None:
    ids = world.fill(log)
    ana, ben = opened(world.ANA), opened(world.BEN, scripts=scripts)
    for page in (ana, ben):
        page.goto(f"/?record={ids[ROOF]}")
    typed = "Words that Ben wrote for a long time."
    ben.locator("#do-edit summary").click()
    ben.locator("#edit-statement").fill(typed)
    _press(ana, "r", "2")
    _told(ana, "Rejected")
    ben.get_by_role("button", name="Save only").click()
    alert = ben.locator(".happened.problem" if scripts else "main")
    expect(alert).to_contain_text("has changed since you saw it")
    expect(alert).to_contain_text(world.ANA)
    field = ben.locator("#edit-statement") if scripts else ben.get_by_label("Statement")
    expect(field).to_have_value(typed)
    shot(ben, f"30-conflict-{'scripts' if scripts else 'plain'}")
    assert ROOF in world.records_in(log)
    again = ben.get_by_role("button", name="Save only" if scripts else re.compile("all the same"))
    again.click()
    expect(ben.locator("#record-title")).not_to_have_text(ROOF)
    assert world.records_in(log)[typed].state == "rejected"


def test_a_record_comes_back_with_what_was_typed_where_the_server_is_away(
    log: Log, opened: Callable[..., Page]
) -> None:
    world.fill(log)
    page = opened()
    page.goto("/")
    page.route("**/acts", lambda route: route.abort())
    page.keyboard.press("e")
    page.locator("#edit-statement").fill("Typed while the server was away.")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".happened.problem")).to_contain_text("does not answer")
    expect(page.locator("#edit-statement")).to_have_value("Typed while the server was away.")
    expect(page.locator("#queue-title .count")).to_have_text("18")
    page.unroute("**/acts")
    page.locator("#edit-statement").press("Control+s")
    _told(page, "Saved")
    assert "Typed while the server was away." in world.records_in(log)


def test_no_key_acts_while_somebody_types_or_reads_the_help_or_holds_it_down(
    log: Log, opened: Callable[..., Page]
) -> None:
    world.fill(log)
    page = opened()
    page.goto("/")
    page.keyboard.press("c")
    page.keyboard.type("a bear jumps, u know? /")
    expect(page.locator("#comment-words")).to_have_value("a bear jumps, u know? /")
    page.keyboard.press("Escape")
    expect(page.locator("#record-title")).to_be_focused()
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("a")
    page.keyboard.press("Escape")
    expect(page.locator("#keys")).to_be_hidden()
    assert {one.state for one in world.records_in(log).values()} == {"proposed"}
    page.keyboard.down("a")
    _told(page, "Approved")
    expect(page.locator("#record-title")).to_have_text(ROOF)
    page.keyboard.down("a")  # a repeat of the key that is held down
    page.keyboard.up("a")
    _press(page, "j")
    _press(page, "k")
    assert _title(page) == ROOF
    assert [one.text for one in world.records_in(log).values() if one.state == "approved"] == [THURSDAYS]


def test_single_keys_can_be_turned_off(log: Log, opened: Callable[..., Page]) -> None:
    world.fill(log)
    page = opened()
    page.goto("/")
    page.keyboard.press("?")
    page.locator("#keys-on").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.keyboard.press("a")
    page.reload()
    page.keyboard.press("a")
    assert _title(page) == THURSDAYS
    assert {one.state for one in world.records_in(log).values()} == {"proposed"}


def test_quote_and_place_lead_to_each_other(log: Log, opened: Callable[..., Page]) -> None:
    ids = world.fill(log)
    page = opened()
    page.goto(f"/?record={ids[ROOF]}")
    page.keyboard.press("2")
    page.wait_for_url(f"**#quote-{ids[ROOF]}-1")
    expect(page.locator("#t2 mark.chosen")).to_be_in_viewport()
    page.locator("#t2 a.ref").click()
    page.wait_for_url("**#evidence-1")
    expect(page.locator("#evidence-1")).to_be_in_viewport()


def test_no_page_needs_what_the_policy_on_scripts_and_styles_forbids(log: Log, opened: Callable[..., Page]) -> None:
    """The pages have no script or style of their own in the HTML, which the site's policy forbids."""
    world.fill(log)
    page = opened()
    for path in ("/", "/meetings", "/meetings/1", "/meetings/1/add?at=1"):
        page.goto(path)
        assert (
            page.locator("script:not([src]), style, [style], [onclick]").count()
            == page.locator(".selection-bar[style]").count()
        )


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("width", "height"), WIDTHS)
def test_no_page_is_wider_than_the_screen(
    log: Log, opened: Callable[..., Page], shot: Shot, width: int, height: int, scheme: str
) -> None:
    ids = world.fill(log)
    page = opened(width=width, height=height)
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    pages = {"inbox": f"/?record={ids[ROOF]}", "by-meeting": "/?by=meeting", "meetings": "/meetings"}
    pages |= {"meeting": "/meetings/1", "add": "/meetings/1/add?at=11&at=7"}
    for name, path in pages.items():
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        shot(page, f"40-{name}-{width}-{scheme}")
