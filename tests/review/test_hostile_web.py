"""Words of others on the pages, through the API and in what leaves the log: they are shown as written, and do nothing.

Each string of a sample (all with DECISIONS_SOAK) stands for everything that a meeting and its records have words for;
real Chromium opens every page. Addresses, headers, exports and the digest are tried with the whole corpus.
"""

from __future__ import annotations

import csv
import datetime as dt
import html
import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

import hostile
import pytest
from browser_world import browser, serving, sign_in
from door_world import PASSWORD, Team
from hostile import obeyed, sample
from kept import EMBEDDER
from playwright.sync_api import Browser, Page
from review_world import Ticking

from extractor.delivery.mail import message_of
from extractor.index.model import storable
from extractor.log import events
from extractor.log.store import Log
from extractor.nightly.digesting import Span, digest_of
from extractor.plan import MailTarget
from extractor.reports.digest.mail import as_html
from extractor.reports.digest.slack import as_slack
from extractor.review import access, acts
from extractor.review.service import Desk
from extractor.review.web.pages.acting import local_path
from extractor.review.web.rendering import shown

__all__ = ["browser"]
pytestmark = pytest.mark.slow
OPENED = sample(1)
"""Strings whose own pages a browser opens."""
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What spreadsheets run at the beginning of a cell (OWASP, CSV injection)."""
MEASURE = """() => {
  const every = [...document.querySelectorAll('*')];
  const goes = ['href', 'src', 'action', 'formaction', 'data', 'poster', 'srcset', 'xlink:href'];
  return {
    tags: [...new Set(every.map((one) => one.localName))],
    attributes: [...new Set(every.flatMap((one) => one.getAttributeNames()))],
    to: [...new Set(every.flatMap((one) => goes.map((name) => one.getAttribute(name))).filter((to) => to !== null))],
    scripts: document.querySelectorAll('script').length,
    pwned: window.__pwned === undefined ? null : String(window.__pwned),
  };
}"""


@dataclass
class Seen:
    """What pages were made of, and what happened on them that should not."""

    tags: set[str] = field(default_factory=set)
    attributes: set[str] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)

    def look(self, page: Page, where: str) -> None:
        """Takes a page into account as it stands."""
        found = page.evaluate(MEASURE)
        self.tags.update(found["tags"])
        self.attributes.update(found["attributes"])
        if found["pwned"] is not None:
            self.wrong.append(f"{where}: a script of the text ran")
        for to in found["to"]:
            if not re.match(r"(/(?![/\\])|#|\?)", to):
                self.wrong.append(f"{where}: it leads to {to[:100]!r}")


@dataclass
class Spoilt:
    """A team with a log full of such words; ``ids`` are a decision, an action and a question of each string."""

    team: Team
    ids: dict[str, tuple[str, ...]]
    folder: Path

    @property
    def log(self) -> Log:
        return self.team.log


def spoilt(log: Log, folder: Path, texts: dict[str, str]) -> Spoilt:
    """The team, and each text everywhere: also as a comment, an edit, a name of a reviewer, an approved decision."""
    team = Team(log)
    log.clock = Ticking()
    team.account("root", "admin", "Rita Moss")
    ids = {name: hostile.spoil(log, text, number).new for number, (name, text) in enumerate(texts.items())}
    desk = Desk(log, lambda: EMBEDDER)
    for number, (name, text) in enumerate(texts.items()):
        words, who = storable(text)[:5000], " ".join(storable(text).split())[:120]
        made, task, asked = ids[name]
        desk.do(f"P{number} {who}", acts.Comment(record=made, comment=f"{words} so"))
        desk.do("Rita Moss", acts.Edit(record=task, fields={"task": f"E {words}"}, comment=f"W {words}"))
        desk.do("Rita Moss", acts.Assign(record=asked, person=f"P{number} {who}"))
        if number % 2:
            desk.do(f"P{number} {who}", acts.Approve(record=made))
        with log.write() as tx:
            if who.isprintable() and number < 40:
                login = re.sub(r"\s", "", who)[:60]
                access.add(tx, f"{number}{login}", f"A{number} {who}", "reader")
    return Spoilt(team, ids, folder)


@pytest.fixture(scope="module")
def bad(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Spoilt]:
    folder = tmp_path_factory.mktemp("bad")
    with Log.open(folder) as log:
        yield spoilt(log, folder, {one.name: one.text for one in sample(2)})


@pytest.fixture
def opened(browser: Browser) -> Iterator[Callable[[str, Seen], Page]]:
    """Opens a page for somebody who signs in; what it does of itself is kept in ``seen``."""
    contexts = []

    def make(address: str, seen: Seen) -> Page:
        context = browser.new_context(base_url=address)
        context.set_default_timeout(30_000)
        contexts.append(context)

        def route(route: Any) -> None:
            if urlsplit(route.request.url).hostname == "127.0.0.1":
                route.continue_()
            else:
                seen.wrong.append(f"asked for {route.request.url[:100]}")
                route.abort()

        context.route("**/*", route)
        page = context.new_page()
        page.on("dialog", lambda one: (seen.wrong.append(f"a dialog: {one.message[:80]}"), one.dismiss()))
        page.on("pageerror", lambda error: seen.wrong.append(f"an error: {error}"))
        page.on("console", lambda one: _said(seen, one.text))
        page.on("popup", lambda one: seen.wrong.append("a window was opened"))
        sign_in(page, "root")
        return page

    yield make
    for context in contexts:
        context.close()


def _said(seen: Seen, text: str) -> None:
    if "Content Security Policy" in text or "Refused" in text:
        seen.wrong.append(f"the console: {text[:200]}")


LISTS = (
    *("/", "/?by=meeting", "/?by=suggested", "/log?state=all", "/log?state=both&q=it+is", "/meetings", "/account"),
    *("/admin", "/questions?show=all&state=both", "/actions?show=all&state=both", "/no-such-page", "/records/none"),
)


def visit(page: Page, seen: Seen, world: Spoilt, names: list[str]) -> None:
    """Every page there is, for records and meetings those of these strings."""
    paths = list(LISTS)
    for name in names:
        made, task, asked = world.ids[name]
        number = list(world.ids).index(name) + 1
        paths += [f"/records/{made}", f"/?record={made}", f"/meetings/{number}"]
        if names.index(name) % 8 == 0:
            paths += [f"/records/{task}", f"/records/{asked}", f"/?record={task}", f"/?record={asked}"]
            paths += [f"/meetings/{number}/add?at=1", f"/records/{made}?find=it&for=link"]
    for path in paths:
        page.goto(path)
        seen.look(page, path)


def test_no_word_becomes_markup_a_script_or_an_address_in_a_real_browser(
    bad: Spoilt, opened: Callable[[str, Seen], Page], tmp_path: Path
) -> None:
    with Log.open(tmp_path) as log:
        plain, usual = spoilt(log, tmp_path, {str(number): "plain words" for number in range(3)}), Seen()
        with serving(plain.team.app) as address:
            visit(opened(address, usual), usual, plain, list(plain.ids))
    seen = Seen()
    with serving(bad.team.app) as address:
        page = opened(address, seen)
        visit(page, seen, bad, [one.name for one in OPENED])
        assert page.evaluate("document.cookie") == ""
    assert (usual.wrong, seen.wrong) == ([], [])
    assert seen.tags <= usual.tags
    assert seen.attributes <= usual.attributes
    assert not seen.tags & {"svg", "img", "iframe", "object", "embed", "math", "base", "style", "template", "video"}
    assert not [name for name in seen.attributes if name.startswith("on") or name == "style"]


def test_what_is_shown_is_what_was_written(bad: Spoilt, opened: Callable[[str, Seen], Page]) -> None:
    seen = Seen()
    texts = {one.name: storable(one.text) for one in OPENED if len(one.text) < 10_000}
    with serving(bad.team.app) as address:
        page = opened(address, seen)
        for name, text in texts.items():
            page.goto(f"/records/{bad.ids[name][0]}")
            assert page.locator("#claim").text_content() == shown(f"S {text}"), name
            words = [one.text_content() for one in page.locator(".turn.cited .said").all()]
            assert shown(f"So {text} it is.") in words, name
            said = page.locator(".comment .words").all_text_contents()
            assert shown(f"{text[:5000].strip()} so") in [one.strip() for one in said] or not text.strip(), name
            assert page.locator("[name='field.statement']").input_value().strip() == shown(f"S {text}").strip(), name
    assert seen.wrong == []


def test_keys_searching_and_refused_acts_show_such_words_and_run_none(
    bad: Spoilt, opened: Callable[[str, Seen], Page]
) -> None:
    """What scripts of the site put into a page: the next record, results, a form that comes back, what a key told."""
    seen = Seen()
    typed = " ".join(one.line for one in OPENED)
    with serving(bad.team.app) as address:
        page = opened(address, seen)
        page.goto("/?type=decision")
        for _ in range(6):
            before = page.locator("#pane").get_attribute("data-record")
            page.keyboard.press("j")
            page.wait_for_function("(id) => document.querySelector('#pane').dataset.record !== id", arg=before)
            seen.look(page, "after j")
        page.keyboard.press("m")
        page.locator("#merge-find").fill("it is")
        page.wait_for_function("() => document.querySelector('#told').textContent.includes('found')")
        page.keyboard.press("ArrowDown")
        seen.look(page, "merging")
        page.keyboard.press("Escape")
        record = page.locator("#pane").get_attribute("data-record") or ""
        Desk(bad.log, lambda: EMBEDDER).do("Else", acts.Edit(record=record, fields={"topic": typed[:300]}))
        page.keyboard.press("e")
        page.locator("#edit-statement").fill(typed)
        page.keyboard.press("Control+s")
        page.locator(".happened.problem").wait_for()
        seen.look(page, "a conflict")
        assert shown(page.locator("#edit-statement").input_value()) == shown(typed)
        page.goto("/log?state=all")
        page.locator("#q").fill("it is")
        page.wait_for_url("**q=it**")
        seen.look(page, "found")
    assert seen.wrong == []


def test_the_page_of_a_conflict_keeps_such_words_as_they_were_typed(
    bad: Spoilt, opened: Callable[[str, Seen], Page]
) -> None:
    seen = Seen()
    typed = "\n".join(one.line for one in OPENED)
    record = bad.ids[OPENED[2].name][0]
    with serving(bad.team.app) as address:
        page = opened(address, seen)
        page.goto(f"/records/{record}")
        Desk(bad.log, lambda: EMBEDDER).do("Else", acts.Edit(record=record, fields={"category": typed[:300]}))
        page.locator("#do-edit > summary").click()
        page.locator("[name='field.statement']").fill(typed)
        page.locator("#do-edit button[value=edit]").click()
        page.locator("#again-form").wait_for()
        seen.look(page, "the page of a conflict")
        assert page.locator("#again-form [name='field.statement']").input_value() == shown(typed)
    assert seen.wrong == []


@pytest.mark.soak
def test_an_address_with_such_words_leads_to_a_page_that_runs_none(
    bad: Spoilt, opened: Callable[[str, Seen], Page]
) -> None:
    seen = Seen()
    with serving(bad.team.app) as address:
        page = opened(address, seen)
        for number, one in enumerate(OPENED):
            words = quote(one.words[:300], safe="")
            every = ("/{}", "/records/{}", "/log?q={}", "/log?topic={}&since={}", "/?who={}&find={}", "/meetings/{}")
            every += ("/records/none?find={}&for={}", "/sign-in?next={}", "/sign-in/link?key={}", "/actions?show={}")
            for form in every[number % 2 :: 2] if not hostile.SOAK else every:
                page.goto(form.replace("{}", words))
                seen.look(page, form)
    assert seen.wrong == []


def test_no_header_is_made_of_such_words(bad: Spoilt) -> None:
    with bad.team.browser() as browser:
        for one in hostile.corpus():
            back = one.words[:1000]
            answers = [browser.post("/theme", data={"theme": "dark", "next": back})]
            if one in OPENED or hostile.SOAK:
                signed = {"login": "root", "password": PASSWORD, "next": back}
                answers += [
                    browser.post("/sign-in", data=signed),
                    browser.post("/acts", data={"act": back, "next": back}),
                ]
                answers += [browser.get(f"/log?q={quote(back, safe='')}"), browser.post("/sign-out")]
                answers += [browser.get(f"/log?q={quote(back, safe='')}")]
            for answer in answers:
                _sound(answer, one.name)
        assert "pwned" not in browser.cookies


def _sound(answer: Any, name: str) -> None:
    assert answer.status_code < 500, name
    known = {"decisions_session", "theme", "notice"}
    for key, value in answer.headers.raw:
        assert not set(key + value) & set(b"\r\n\0"), name
        if key.lower() == b"set-cookie":
            assert value.split(b"=")[0].decode().removeprefix("__Host-") in known, (name, value)
    to = answer.headers.get("location", "/")
    assert re.match(r"/(?![/\\])", to), (name, to)
    assert urlsplit(urljoin("http://here/", re.sub(r"[\t\r\n]", "", to).replace("\\", "/"))).netloc == "here", name


def test_a_way_back_never_leads_elsewhere() -> None:
    for one in hostile.corpus():
        for form in ("{}", "/{}", "/log{}", " {}", "/x?next={}"):
            written = form.replace("{}", one.text[:1500])
            path = local_path(written)
            assert path in ("/", written)
            assert urlsplit(urljoin("http://here/", re.sub(r"[\t\r\n]", "", path).replace("\\", "/"))).netloc == "here"


def test_the_api_gives_such_words_as_they_were_written(bad: Spoilt) -> None:
    with bad.team.signed_in("root") as browser:
        for one in sample(2):
            made, _, asked = bad.ids[one.name]
            answer = browser.get(f"/api/v1/records/{made}")
            assert answer.headers["content-type"] == "application/json"
            assert answer.json()["record"]["statement"] == storable(f"S {one.text}"), one.name
            asked_ = browser.get(f"/api/v1/records/{asked}").json()["record"]
            assert asked_["blocks"] == storable(f"B {one.text}"), one.name
            assert browser.get("/api/v1/search", params={"q": one.words[:200]}).status_code in (200, 422)


def test_an_export_is_whole_and_no_cell_of_it_is_a_formula(bad: Spoilt) -> None:
    with bad.team.signed_in("root") as browser:
        lines = browser.get("/api/v1/export", params={"format": "jsonl"})
        given = browser.get("/api/v1/export", params={"format": "csv"})
    records = [json.loads(line) for line in lines.text.removesuffix("\n").split("\n")]
    wanted = {storable(f"S {one.text}") for one in sample(2)}
    assert wanted <= {one.get("text") for one in records}
    before = csv.field_size_limit(10_000_000)
    rows = list(csv.DictReader(io.StringIO(given.text, newline="")))
    csv.field_size_limit(before)
    assert len(rows) == len(records) == 3 * len(sample(2))
    assert not [cell for row in rows for cell in row.values() if cell.startswith(FORMULA)]
    assert {row["id"] for row in rows} == {one for made in bad.ids.values() for one in made}
    for answer in (lines, given):
        assert answer.headers["content-disposition"] in [
            f'attachment; filename="decisions.{kind}"' for kind in ("csv", "jsonl")
        ]
        assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("one", [one for one in hostile.corpus() if one.kind == "formula"], ids=lambda one: one.name)
def test_a_topic_that_is_a_formula_is_none_in_a_spreadsheet(one: hostile.Hostile) -> None:
    from extractor.reports.log.lists import _harmless

    assert not _harmless(one.text).startswith(FORMULA)
    assert not _harmless(one.text).lstrip(" \u3000\ufeff\u200b").startswith(FORMULA)


def test_what_the_commands_print_moves_no_cursor_and_turns_no_line(bad: Spoilt, decisions: Any) -> None:
    home = {"DECISIONS_HOME": str(bad.folder)}
    some = [bad.ids[one.name][number % 3] for number, one in enumerate(sample(2))]
    for command in (
        ("list", "--state", "all", "--limit", 500),
        ("show", *some),
        ("history", some[0]),
        ("search", "-q", "it is"),
        ("list", "--state", "all", "--format", "csv"),
        ("list", "--state", "all", "--format", "markdown"),
    ):
        done = decisions(*command, env=home)
        assert done.returncode == 0, (command[0], done.stderr[-500:])
        assert set(obeyed(done.stdout + done.stderr)) <= {"\n"}, command[0]
        assert len(done.stdout) > 100, command[0]


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.attributes: set[str] = set()
        self.to: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.add(tag)
        self.attributes.update(name for name, _ in attrs)
        self.to.update(value or "" for name, value in attrs if name in ("href", "src", "background"))


def test_the_digest_of_such_a_log_is_text_in_mail_and_in_slack(bad: Spoilt, tmp_path: Path) -> None:
    now = dt.datetime(2026, 5, 4, 9, tzinfo=dt.UTC)
    with bad.log.read() as connection:
        last = events.head(connection).seq
        span = Span(id="digest-x-1", after_event=0, last_event=last, from_time=now, to_time=now)
        digest = digest_of(connection, span, "log \r\nBcc: all@evil.example <script>", now.date())
    assert len(digest.new) == 20
    tags = _Tags()
    tags.feed(as_html(digest))
    assert not tags.found & {"script", "img", "svg", "iframe", "form", "input", "a", "object", "base", "link"}
    assert not [name for name in tags.attributes if name.startswith("on")]
    assert not tags.to
    slack = json.dumps(as_slack(digest), ensure_ascii=False)
    assert not re.search(r"<[!@#]|<https?:|<mailto:", slack)
    assert "mrkdwn" not in slack
    message = message_of(digest, MailTarget(to=("ana@kiosk.example",), sender="log@kiosk.example", host="localhost"))
    assert "Bcc" not in message
    assert "\n" not in str(message["Subject"])
    assert message.as_bytes().isascii()
    assert not set(obeyed(html.unescape(as_html(digest)))) - {"\n"}
