"""What stands before every route: each rule lets through what it should, and refuses the rest."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from fastapi import Depends, FastAPI, Request
from fastapi.responses import PlainTextResponse, StreamingResponse

from extractor.errors import LogBusyError
from extractor.plan import ServePlan
from extractor.review.web import faults
from extractor.review.web.guard import LARGEST, POLICY, Guard
from extractor.review.web.site import Visitor

HERE = "127.0.0.1:8765"
OWN = f"http://{HERE}"
PUBLIC = ServePlan(accounts=True, url="https://decisions.example.org", host="10.1.2.3")
COOKIE, TOKEN = {"cookie": "decisions_session=x"}, {"authorization": "Bearer dec_x"}
Headers = dict[str, str] | Sequence[tuple[str, str]]


@dataclass
class Answer:
    """What came back. ``headers`` by their names in small letters."""

    status: int
    headers: dict[str, str]
    body: str


class NobodysDoor:
    def visitor(self, request: Request) -> Visitor | None:
        return None


class Behind:
    """The guard, with a few routes behind it: the least that an application has."""

    def __init__(self, plan: ServePlan) -> None:
        self.reached: list[str] = []
        self.app = FastAPI(openapi_url=None, dependencies=[Depends(self._note)])
        self.app.state.site = type("AnySite", (), {"door": NobodysDoor(), "plan": plan})()
        faults.install(self.app)
        for path in ("/log", "/static/site.css", "/api/v1/records"):
            self.app.add_api_route(path, self._look)
        for path in ("/acts", "/api/v1/acts"):
            self.app.add_api_route(path, self._act, methods=["POST", "PUT", "PATCH", "DELETE"])
        self.app.add_api_route("/form", self._form, methods=["POST"])
        self.app.add_api_route("/{kind}/busy", self._busy)
        for path in ("/broken/{rest:path}", "/api/broken"):
            self.app.add_api_route(path, self._broken)
        self.app.add_api_route("/halfway", self._halfway)
        self.app.add_middleware(Guard, plan=plan)

    def _note(self, request: Request) -> None:
        self.reached.append(request.url.path)

    def _look(self) -> PlainTextResponse:
        return PlainTextResponse("looked", headers={"Cache-Control": "public", "Server": "x"})

    async def _act(self, request: Request) -> str:
        return str(len(await request.body()))

    async def _form(self, request: Request) -> str:
        async with request.form() as form:
            return ",".join(form)

    def _busy(self) -> None:
        raise LogBusyError("The log is busy.", "Wait.")

    def _broken(self) -> None:
        raise RuntimeError("secret-in-the-message")

    def _halfway(self) -> StreamingResponse:
        def parts() -> Iterator[str]:
            yield "begun"
            raise RuntimeError("later")

        return StreamingResponse(parts())

    def ask(
        self, method: str, path: str, headers: Headers = (), *, host: str | None = HERE, body: Iterable[bytes] = ()
    ) -> Answer:
        """Sends a request just so: no client adds or corrects anything. ``body`` comes in its parts."""
        given = list(headers.items()) if isinstance(headers, dict) else list(headers)
        named = [("host", host), *given] if host is not None else given
        path, _, query = path.partition("?")
        scope = {
            "type": "http",
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": path,
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "headers": [(name.encode("latin-1"), value.encode("latin-1")) for name, value in named],
            "client": ("127.0.0.1", 4711),
            "server": ("127.0.0.1", 8765),
            "root_path": "",
        }
        return asyncio.run(_sent(self.app, scope, [*body]))


async def _sent(app: Any, scope: dict[str, Any], parts: list[bytes]) -> Answer:
    waiting, told = [*parts] or [b""], []

    async def receive() -> dict[str, Any]:
        if not waiting:
            await asyncio.Event().wait()  # nobody hangs up
        return {"type": "http.request", "body": waiting.pop(0), "more_body": bool(waiting)}

    async def send(message: dict[str, Any]) -> None:
        told.append(message)

    await app(scope, receive, send)
    starts = [one for one in told if one["type"] == "http.response.start"]
    assert len(starts) == 1
    headers = {name.decode().lower(): value.decode() for name, value in starts[0]["headers"]}
    assert len(headers) == len(starts[0]["headers"]), "a header twice"
    body = b"".join(one.get("body", b"") for one in told if one["type"] == "http.response.body")
    return Answer(starts[0]["status"], headers, body.decode())


@pytest.fixture
def local() -> Behind:
    return Behind(ServePlan())


@pytest.fixture
def public() -> Behind:
    return Behind(PUBLIC)


@pytest.mark.parametrize(
    "host", ["localhost", "localhost:8765", "127.0.0.1", HERE, "[::1]:8765", "[::1]", "LocalHost:1"]
)
def test_answers_to_the_names_of_this_machines_loopback(local: Behind, public: Behind, host: str) -> None:
    assert local.ask("GET", "/log", host=host).status == 200
    assert public.ask("GET", "/log", host=host).status == 200


@pytest.mark.parametrize("host", ["decisions.example.org", "decisions.example.org:443", "10.1.2.3:8765"])
def test_answers_to_where_it_listens_and_to_where_others_reach_it(local: Behind, public: Behind, host: str) -> None:
    assert public.ask("GET", "/log", host=host).status == 200
    assert local.ask("GET", "/log", host=host).status == 400


FOREIGN_NAMES = [
    None,
    "",
    ":8765",
    "rebound.example.net",
    "127.0.0.1.example.net",
    "localhost.example.net",
    "localhost.",
    "127.0.0.2",
    "0.0.0.0",
    "user@localhost",
    "localhost/x",
    "example.net#localhost",
    "example.net?localhost",
    "localhost\\.example.net",
    "localhost:123456",
    "localhost:port",
    "[::1",
    "::1",
    "[::1].example.net",
    "127.1",
    "2130706433",
]


@pytest.mark.parametrize("host", FOREIGN_NAMES)
@pytest.mark.parametrize("path", ["/log", "/api/v1/records", "/static/site.css"])
def test_a_name_that_was_bent_to_this_machine_gets_nothing(local: Behind, host: str | None, path: str) -> None:
    answer = local.ask("GET", path, TOKEN, host=host)
    assert answer.status == 400
    assert local.reached == []
    assert answer.headers["content-security-policy"] == POLICY


def test_a_request_with_two_names_gets_nothing(local: Behind) -> None:
    assert local.ask("GET", "/log", [("host", "localhost")], host="localhost").status == 400
    assert local.ask("GET", "/log", [("host", "rebound.example.net")], host="localhost").status == 400


@pytest.mark.parametrize("everywhere", ["0.0.0.0", "::", "[::]", ""])
def test_to_listen_everywhere_is_no_name(everywhere: str) -> None:
    behind = Behind(ServePlan(accounts=True, host=everywhere, url="https://decisions.example.org"))
    for host in ("0.0.0.0", "[::]", "", "10.1.2.3"):
        assert behind.ask("GET", "/log", host=host).status == 400
    assert behind.ask("GET", "/log", host="decisions.example.org").status == 200


def fetched(site: str, mode: str = "cors", **more: str) -> dict[str, str]:
    return {"sec-fetch-site": site, "sec-fetch-mode": mode, **more}


OURS = [
    fetched("same-origin"),
    fetched("same-origin", "navigate"),
    fetched("none", "navigate"),
    fetched("same-origin", origin="null"),
    {"origin": OWN},
    {"origin": OWN, "referer": "http://example.net/"},
    {"referer": f"{OWN}/log?q=shed"},
    {"referer": OWN},
]
THEIRS = [
    fetched("cross-site"),
    fetched("cross-site", "navigate"),
    fetched("same-site"),
    fetched("same-site", "navigate"),
    fetched("cross-site", origin=OWN),
    fetched("", origin=OWN),
    {},
    {"origin": "null"},
    {"origin": ""},
    {"origin": "http://example.net"},
    {"origin": "http://127.0.0.1:3000"},
    {"origin": "http://127.0.0.1"},
    {"origin": f"https://{HERE}"},
    {"origin": "http://localhost:8765"},
    {"origin": f"{OWN}.example.net"},
    {"origin": f"{OWN}/"},
    {"referer": "http://example.net/"},
    {"referer": ""},
    {"referer": f"http://example.net/{OWN}/"},
    {"referer": f"{OWN}.example.net/"},
    {"referer": f"{OWN}@example.net/"},
    {"referer": "http://127.0.0.1:3000/"},
    {"origin": "null", "referer": f"{OWN}/"},
    {"origin": "http://example.net", "referer": f"{OWN}/"},
]


@pytest.mark.parametrize("headers", OURS, ids=str)
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("path", ["/acts", "/api/v1/acts"])
def test_our_own_pages_may_act(local: Behind, method: str, path: str, headers: dict[str, str]) -> None:
    assert local.ask(method, path, {**COOKIE, **headers}, body=[b"1234"]).body == '"4"'


@pytest.mark.parametrize("headers", THEIRS, ids=str)
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("path", ["/acts", "/api/v1/acts"])
@pytest.mark.parametrize("cookie", [COOKIE, {}], ids=["signed in", "not signed in"])
def test_no_other_site_may_act(
    local: Behind, method: str, path: str, headers: dict[str, str], cookie: dict[str, str]
) -> None:
    assert local.ask(method, path, {**cookie, **headers}).status == 403
    assert local.reached == []


@pytest.mark.parametrize("headers", [*OURS, *THEIRS], ids=str)
@pytest.mark.parametrize(("method", "path"), [("POST", "/api/v1/acts"), ("GET", "/api/v1/records")])
def test_a_program_with_a_token_is_asked_for_nothing_of_the_kind(
    local: Behind, method: str, path: str, headers: dict[str, str]
) -> None:
    assert local.ask(method, path, {**headers, **TOKEN}).status == 200


@pytest.mark.parametrize("headers", OURS, ids=str)
def test_our_own_pages_may_read_the_api(local: Behind, headers: dict[str, str]) -> None:
    assert local.ask("GET", "/api/v1/records", {**COOKIE, **headers}).status == 200


@pytest.mark.parametrize("headers", THEIRS, ids=str)
def test_no_other_site_may_read_the_api_with_a_browsers_cookie(local: Behind, headers: dict[str, str]) -> None:
    assert local.ask("GET", "/api/v1/records", {**COOKIE, **headers}).status == 403
    assert local.reached == []


def test_a_program_without_anything_is_left_to_the_route_which_says_401(local: Behind) -> None:
    assert local.ask("GET", "/api/v1/records").status == 200
    assert local.reached == ["/api/v1/records"]


@pytest.mark.parametrize("site", ["same-origin", "same-site", "cross-site", "none"])
def test_a_link_on_another_site_leads_to_a_page(local: Behind, site: str) -> None:
    assert local.ask("GET", "/log", {**COOKIE, **fetched(site, "navigate")}).status == 200


@pytest.mark.parametrize("site", ["same-site", "cross-site"])
@pytest.mark.parametrize("mode", ["no-cors", "cors", "websocket"])
@pytest.mark.parametrize("path", ["/log", "/api/v1/records"])
def test_another_site_builds_nothing_of_ours_into_its_own_pages(local: Behind, site: str, mode: str, path: str) -> None:
    assert local.ask("GET", path, fetched(site, mode)).status == 403
    assert local.reached == []


def test_a_page_of_ours_is_known_by_the_public_address_too(public: Behind) -> None:
    where = "decisions.example.org"
    assert public.ask("POST", "/acts", {"origin": f"https://{where}"}, host=where).status == 200
    assert public.ask("POST", "/acts", {"origin": f"https://{where}:8443"}, host=where).status == 403
    assert public.ask("POST", "/acts", {"origin": "https://example.org"}, host=where).status == 403


def test_a_body_is_taken_up_to_the_limit(local: Behind) -> None:
    part = b"x" * (LARGEST // 4)
    for path in ("/acts", "/api/v1/acts"):
        assert local.ask("POST", path, fetched("same-origin"), body=[part] * 4).body == f'"{LARGEST}"'


@pytest.mark.parametrize("path", ["/acts", "/api/v1/acts"])
def test_a_body_that_says_it_is_larger_is_refused_unread(local: Behind, path: str) -> None:
    answer = local.ask("POST", path, {**fetched("same-origin"), "content-length": str(LARGEST + 1)})
    assert answer.status == 413
    assert local.reached == []


@pytest.mark.parametrize("path", ["/acts", "/api/v1/acts", "/form"])
@pytest.mark.parametrize("told", [None, "5"], ids=["without a length", "with a false length"])
def test_a_body_that_turns_out_larger_is_refused(local: Behind, path: str, told: str | None) -> None:
    form = {"content-type": "application/x-www-form-urlencoded"}
    headers = {**fetched("same-origin"), **form, **({"content-length": told} if told else {})}
    assert local.ask("POST", path, headers, body=[b"a=" + b"x" * (LARGEST // 2)] * 3).status == 413


def test_a_file_in_a_form_that_turns_out_larger_is_refused(local: Behind) -> None:
    begin = b'--b\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\n'
    headers = {**fetched("same-origin"), "content-type": "multipart/form-data; boundary=b"}
    parts = [begin, *[b"x" * (LARGEST // 2)] * 3, b"\r\n--b--\r\n"]
    assert local.ask("POST", "/form", headers, body=parts).status == 413


@pytest.mark.parametrize("length", ["-1", "1e3", "x", "", "1,1", "9" * 5000])
def test_a_length_that_is_none_is_refused(local: Behind, length: str) -> None:
    headers = {**fetched("same-origin"), "content-length": length}
    assert local.ask("POST", "/acts", headers).status in (400, 413)
    assert local.reached == []


EVERYWHERE = {
    "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
ANSWERS = [
    ("GET", "/log", {}, 200),
    ("GET", "/api/v1/records", {}, 200),
    ("GET", "/static/site.css", {}, 200),
    ("GET", "/nowhere", {}, 404),
    ("GET", "/api/nowhere", {}, 404),
    ("POST", "/log", fetched("same-origin"), 405),
    ("POST", "/acts", {}, 403),
    ("POST", "/acts", {"content-length": str(LARGEST + 1)}, 413),
    ("GET", "/log/busy", {}, 503),
    ("GET", "/api/busy", {}, 503),
    ("GET", "/broken/", {}, 500),
    ("GET", "/api/broken", {}, 500),
]


@pytest.mark.parametrize(("method", "path", "headers", "status"), ANSWERS)
def test_every_answer_bears_the_headers_of_security(
    local: Behind, method: str, path: str, headers: dict[str, str], status: int
) -> None:
    answer = local.ask(method, path, headers)
    assert answer.status == status
    assert {name: answer.headers.get(name) for name in EVERYWHERE} == EVERYWHERE
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] in ("no-referrer", "same-origin")
    assert {"camera=()", "geolocation=()", "microphone=()"} <= set(answer.headers["permissions-policy"].split(", "))


@pytest.mark.parametrize(("method", "path", "headers", "status"), [one for one in ANSWERS if one[3] >= 400])
def test_a_program_is_told_in_json_and_a_person_on_a_page(
    local: Behind, method: str, path: str, headers: dict[str, str], status: int
) -> None:
    answer = local.ask(method, path, headers)
    if path.startswith("/api/"):
        assert set(json.loads(answer.body)) == {"error", "remedy"}
    else:
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        assert "<h1>" in answer.body


def test_what_is_versioned_is_kept_and_nothing_else(local: Behind) -> None:
    assert "immutable" in local.ask("GET", "/static/site.css?v=0a1b").headers["cache-control"]
    for path in ("/static/site.css", "/static/none.css?v=0a1b", "/log?v=0a1b", "/api/v1/records?v=1", "/nowhere?v=1"):
        assert local.ask("GET", path).headers["cache-control"] in ("no-store", "no-cache"), path


def test_https_stays_https_where_it_is_served_and_only_there(local: Behind, public: Behind) -> None:
    assert "strict-transport-security" not in local.ask("GET", "/log").headers
    kept = public.ask("GET", "/log", host="decisions.example.org").headers["strict-transport-security"]
    assert int(kept.partition("max-age=")[2].partition(";")[0]) >= 180 * 24 * 3600


@pytest.mark.parametrize("path", ["/broken/", "/api/broken"])
def test_a_fault_of_ours_tells_nothing_of_what_went_on_inside(local: Behind, path: str) -> None:
    answer = local.ask("GET", path)
    assert answer.status == 500
    assert not any(word in answer.body for word in ("secret-in-the-message", "RuntimeError", "Traceback"))


def test_what_is_logged_holds_no_query_and_no_second_line(local: Behind, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        local.ask("GET", "/broken/x\r\x1b[2Kforged line?key=the-word-of-a-link", TOKEN)
    said = [record.getMessage() for record in caplog.records if record.name.startswith("decisions")]
    assert said
    assert all(one.isprintable() for one in said)
    assert not any("the-word-of-a-link" in one or "dec_x" in one for one in said)


def test_an_answer_that_breaks_off_is_not_answered_twice(local: Behind) -> None:
    with pytest.raises(RuntimeError, match="later"):
        local.ask("GET", "/halfway")


def test_nothing_is_spoken_but_http(local: Behind) -> None:
    told: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        told.append(message)

    async def receive() -> dict[str, Any]:
        return {"type": "websocket.connect"}

    scope = {"type": "websocket", "path": "/log", "headers": [(b"host", b"localhost")], "query_string": b""}
    asyncio.run(local.app(scope, receive, send))  # type: ignore[arg-type]
    assert not [one for one in told if one["type"] == "websocket.accept"]
    assert local.reached == []
