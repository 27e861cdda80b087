"""Every page and state of it, light and dark, narrow and wide, as axe and a person with a keyboard find them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import pages_world as world
import pytest
from axe_playwright_python.sync_playwright import Axe
from browser_world import browser, serving, sign_in
from door_world import Team
from kept import EMBEDDER
from playwright.sync_api import Browser, Page
from review_world import Ticking

from extractor.log.store import Log
from extractor.review import acts
from extractor.review.service import Desk

__all__ = ["browser"]
SCREENSHOTS = os.environ.get("DECISIONS_SCREENSHOTS")
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
SEEN = [
    (380, 800, "dark"),
    (1280, 800, "light"),
    pytest.param(380, 800, "light", marks=pytest.mark.soak),
    pytest.param(1280, 800, "dark", marks=pytest.mark.soak),
]
"""How each page is looked at."""
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
ROOF = "The shed's roof is replaced with tin before the autumn."
KEY, LOCK = "The key stays with whoever closes.", "A code lock replaces the key."


@dataclass
class Reviewed:
    """Three meetings of which some was reviewed, served to a team; ``ids`` by what the records say."""

    team: Team
    ids: dict[str, str]
    address: str

    def open(self, context: Any, path: str = "/", *, signed: bool = True) -> Page:
        page: Page = context.new_page()
        if signed:
            sign_in(page, "ana")
        page.goto(path)
        return page


@pytest.fixture(scope="module")
def reviewed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reviewed]:
    with Log.open(tmp_path_factory.mktemp("reviewed")) as log:
        team = Team(log)
        log.clock = Ticking()
        team.account("ana", "admin", world.ANA)
        team.account("ben", "reviewer", world.BEN)
        ids = world.fill(log)
        _review(log, ids)
        with serving(team.app) as address:
            yield Reviewed(team, ids, address)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reviewed]:
    with Log.open(tmp_path_factory.mktemp("empty")) as log:
        team = Team(log)
        log.clock = Ticking()
        team.account("ana", "admin", world.ANA)
        with serving(team.app) as address:
            yield Reviewed(team, {}, address)


def _review(log: Log, ids: dict[str, str]) -> None:
    """A bit of everything that a record's page may show."""
    desk = Desk(log, lambda: EMBEDDER)
    stance = {"person": world.BEN, "stance": "objected"}
    full = {
        "topic": "roof",
        "category": "building",
        "rationale": "The patch leaks again.",
        "alternatives": [{"option": "Patch it", "why_not": "it leaks"}],
        "conditions": ["the roofer has time"],
    }
    desk.do(world.ANA, acts.Edit(record=ids[ROOF], fields=full, comment="As we said it."))
    desk.do(world.BEN, acts.Comment(record=ids[ROOF], comment="Who calls the roofer?"))
    desk.do(world.ANA, acts.Assign(record=ids[ROOF], person=world.BEN))
    desk.do(world.ANA, acts.Edit(record=ids[ROOF], fields={"agreement": [stance]}))
    desk.do(world.ANA, acts.Approve(record=ids[KEY]))
    world.suggest_link(log, ids[LOCK], ids[KEY], "supersedes")
    world.suggest_link(
        log, ids["Coffee is ordered in bulk."], ids["Coffee is ordered in bulk from June on."], "duplicates"
    )
    desk.do(world.ANA, acts.Reject(record=ids["The meeting moves to Thursdays."], comment="Only an idea."))
    for words in ("Ben orders the tin.", "What do new gutters cost?", "Ben closes the account at the corner shop."):
        desk.do(world.ANA, acts.Approve(record=ids[words]))
    desk.do(world.ANA, acts.Close(record=ids["What do new gutters cost?"], comment="About two hundred."))


State = Callable[[Page], None]


def nothing_more(page: Page) -> None:
    """The page as it opens."""


def _pressed(*keys: str) -> State:
    def press(page: Page) -> None:
        for key in keys:
            page.keyboard.press(key)
        page.wait_for_timeout(150)

    return press


def _all_open(page: Page) -> None:
    page.evaluate("() => document.querySelectorAll('main details').forEach((one) => (one.open = true))")


def _selected(page: Page) -> None:
    page.locator("#t9 .said").scroll_into_view_if_needed()
    page.evaluate("() => document.getSelection().selectAllChildren(document.querySelector('#t9 .said'))")
    page.locator(".selection-bar button").first.wait_for()
    page.locator(".selection-bar button").first.click()
    page.locator(".adding form").wait_for()


STATES: dict[str, tuple[str, State]] = {
    "inbox": ("/", nothing_more),
    "inbox-edit": ("/?record={roof}", _pressed("e")),
    "inbox-reject": ("/?record={roof}", _pressed("r")),
    "inbox-merge": ("/?record={roof}", _pressed("m")),
    "inbox-link": ("/?record={lock}", _pressed("s")),
    "inbox-all-open": ("/?record={lock}", _all_open),
    "inbox-help": ("/", _pressed("?")),
    "inbox-by-meeting": ("/?by=meeting", nothing_more),
    "inbox-suggested": ("/?by=suggested", nothing_more),
    "log": ("/log?state=all", nothing_more),
    "log-found": ("/log?state=both&q=roof&type=decision", nothing_more),
    "log-nothing": ("/log?q=walrus", nothing_more),
    "log-badly-asked": ("/log?since=yesterday", nothing_more),
    "record": ("/records/{roof}", nothing_more),
    "record-all-open": ("/records/{roof}", _all_open),
    "record-with-links": ("/records/{lock}", nothing_more),
    "record-rejected": ("/records/{thursdays}", nothing_more),
    "record-answered": ("/records/{gutters}", _all_open),
    "meetings": ("/meetings", nothing_more),
    "meeting": ("/meetings/1", nothing_more),
    "meeting-all-open": ("/meetings/1", _all_open),
    "meeting-selected": ("/meetings/1", _selected),
    "meeting-add": ("/meetings/1/add?at=11&at=7", nothing_more),
    "questions": ("/questions?show=all&state=both", _all_open),
    "actions": ("/actions?show=all&state=both", _all_open),
    "account": ("/account", nothing_more),
    "admin": ("/admin", _all_open),
    "not-found": ("/no-such-page", nothing_more),
}


def _path(reviewed: Reviewed, path: str) -> str:
    named = {"roof": ROOF, "lock": LOCK, "key": KEY, "thursdays": "The meeting moves to Thursdays."}
    named["gutters"] = "What do new gutters cost?"
    return path.format(**{name: reviewed.ids[words] for name, words in named.items()})


def _conflict(reviewed: Reviewed, page: Page) -> None:
    """The page that a second reviewer sees, without scripts or with."""
    record = reviewed.ids["The budget for paint is two hundred."]
    page.goto(f"/records/{record}")
    topic = f"money {page.viewport_size} {page.evaluate('() => Date.now()')}"
    Desk(reviewed.team.log, lambda: EMBEDDER).do(world.BEN, acts.Edit(record=record, fields={"topic": topic}))
    page.locator("#do-edit > summary").click()
    page.locator("[name='field.statement']").fill("Two hundred for paint, and not more.")
    page.locator("#do-edit button[value=edit]").click()
    page.locator("#again-form").wait_for()


def _told(axe: Axe, page: Page) -> list[str]:
    """What axe says is serious or critical, a line a rule."""
    found = axe.run(page, options={"resultTypes": ["violations"], **RULES}).response["violations"]
    return [
        f"{one['id']} ({one['impact']}): " + "; ".join(node["html"][:160] for node in one["nodes"][:3])
        for one in found
        if one["impact"] in ("serious", "critical") or os.environ.get("DECISIONS_AXE_ALL")
    ]


def _shot(page: Page, name: str) -> None:
    if SCREENSHOTS:
        Path(SCREENSHOTS).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=Path(SCREENSHOTS) / f"{name}.png", full_page=True)


@pytest.mark.slow
@pytest.mark.parametrize(("width", "height", "scheme"), SEEN)
def test_axe_finds_nothing_serious_on_any_page(
    reviewed: Reviewed, empty: Reviewed, browser: Browser, width: int, height: int, scheme: Literal["light", "dark"]
) -> None:
    axe, wrong = Axe(), {}
    view: dict[str, Any] = {"viewport": {"width": width, "height": height}, "color_scheme": scheme}
    with browser.new_context(base_url=reviewed.address, **view) as context:
        page = reviewed.open(context)
        for name, (path, state) in STATES.items():
            page.goto(_path(reviewed, path))
            state(page)
            wrong[name] = _told(axe, page)
            _shot(page, f"{name}-{width}-{scheme}")
            assert page.evaluate("() => document.documentElement.scrollWidth") <= width, name
        _conflict(reviewed, page)
        wrong["conflict"] = _told(axe, page)
        _shot(page, f"conflict-{width}-{scheme}")
        page.goto("/")
        page.get_by_role("button", name="Sign out").click()
        page.locator("#login").wait_for()
        wrong["sign-in"] = _told(axe, page)
        _shot(page, f"sign-in-{width}-{scheme}")
        page.goto("/sign-in/link?key=x")
        wrong["link"] = _told(axe, page)
    with browser.new_context(base_url=empty.address, **view) as context:
        page = empty.open(context)
        for path in ("/", "/log", "/meetings", "/questions", "/actions"):
            page.goto(path)
            wrong[f"empty {path}"] = _told(axe, page)
            _shot(page, f"empty{path.replace('/', '-')}-{width}-{scheme}")
    assert {name: told for name, told in wrong.items() if told} == {}


CAN_BE_REACHED = """() => {
  const seen = (one) => one.checkVisibility() && !one.closest('[inert]') && one.getClientRects().length > 0;
  const act = 'main a[href], main button, main input:not([type=hidden]), main select, main textarea, main summary';
  return [...document.querySelectorAll(act)].filter((one) => seen(one) && !one.disabled && one.type !== 'radio').length;
}"""
FOCUSED = """() => {
  const one = document.activeElement;
  const style = getComputedStyle(one);
  const shows = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  const at = [...document.querySelectorAll('*')].indexOf(one);
  const what = one.outerHTML.slice(0, 120);
  return { at, inMain: Boolean(one.closest('main')), radio: one.type === 'radio', shows, what };
}"""


@pytest.mark.slow
@pytest.mark.parametrize(
    "path", ["/?record={lock}", "/records/{roof}", "/log", "/actions?state=both", "/account", "/admin"]
)
def test_the_tab_key_reaches_every_act_in_order_and_shows_where_it_is(
    reviewed: Reviewed, browser: Browser, path: str
) -> None:
    with browser.new_context(base_url=reviewed.address, viewport={"width": 1280, "height": 800}) as context:
        page = reviewed.open(context, _path(reviewed, path))
        page.evaluate("() => document.activeElement.blur()")
        wanted = page.evaluate(CAN_BE_REACHED)
        page.keyboard.press("Tab")
        first = page.evaluate(FOCUSED)
        assert "Skip to the content" in first["what"]
        assert page.locator(".skip").bounding_box()["y"] >= 0  # type: ignore[index]
        reached: list[dict[str, Any]] = []
        for _ in range(wanted + 60):
            page.keyboard.press("Tab")
            here = page.evaluate(FOCUSED)
            if here["at"] == first["at"] or "<body" in here["what"]:
                break
            reached.append(here)
        acts_ = [one for one in reached if one["inMain"] and not one["radio"]]
        assert [one["what"] for one in reached if not one["shows"]] == []
        assert len({one["at"] for one in acts_}) >= wanted
        places = [one["at"] for one in reached]
        assert places == sorted(places)


@pytest.mark.slow
def test_the_skip_link_leads_past_the_head(reviewed: Reviewed, browser: Browser) -> None:
    with browser.new_context(base_url=reviewed.address) as context:
        page = reviewed.open(context, "/log")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("() => document.activeElement.closest('main') !== null")


@pytest.mark.slow
def test_nothing_moves_for_who_wants_less_motion(reviewed: Reviewed, browser: Browser) -> None:
    moving = """() => [document.documentElement, ...document.querySelectorAll('*')].filter((one) => {
      const style = getComputedStyle(one);
      const lasts = (times) => times.split(',').some((time) => parseFloat(time) > 0);
      return style.scrollBehavior === 'smooth' || style.animationName !== 'none' || lasts(style.transitionDuration);
    }).map((one) => one.outerHTML.slice(0, 100))"""
    with browser.new_context(base_url=reviewed.address, reduced_motion="reduce") as context:
        page = reviewed.open(context)
        for path in ("/?record={roof}", "/records/{roof}", "/meetings/1", "/log"):
            page.goto(_path(reviewed, path))
            assert page.evaluate(moving) == []


@pytest.mark.slow
@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_printed_record_is_the_decision_and_its_evidence_without_the_site(
    reviewed: Reviewed, browser: Browser, scheme: Literal["light", "dark"]
) -> None:
    with browser.new_context(base_url=reviewed.address, viewport={"width": 794, "height": 1123}) as context:
        page = reviewed.open(context, f"/records/{reviewed.ids[ROOF]}")
        page.emulate_media(media="print", color_scheme=scheme)
        for left_out in ("header.site", ".side", ".skip", "form", "nav", "button"):
            assert [one for one in page.locator(left_out).all() if one.is_visible()] == [], left_out
        for there in ("#claim", "#evidence", "#history", ".permanent", ".comment"):
            assert page.locator(there).first.is_visible(), there
        paper, ink = page.evaluate(
            "() => [getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color]"
        )
        assert (paper, ink) == ("rgb(255, 255, 255)", "rgb(0, 0, 0)")
        _shot(page, f"print-{scheme}")
