"""Recorded answers: the engine runs against them as it does against the API, over real sockets and files."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx2
import pytest
from builders import meeting
from engines.loopback import LoopbackServer, Reply, answer, completion, content, failure
from pydantic import SecretStr

from extractor.conversation import Conversation, Coverage
from extractor.drafts import Drafts
from extractor.engines.llm import LanguageModelEngine
from extractor.errors import (
    AnswerCutOffError,
    AnswerRefusedError,
    DatasetError,
    EngineAuthError,
    EngineError,
    EngineRateLimitError,
    EngineRequestError,
    EngineServerError,
    EngineUnreachableError,
    UsageError,
)
from extractor.extraction import extract
from extractor.scoring.answer_store import About, Recorded, request_id
from extractor.scoring.answers import REPLAY_KEY, AnswerStore, serving, take_over
from extractor.scoring.baselines import engine_named
from extractor.settings import Settings
from extractor.sources import Reading

KEY = SecretStr("sk-test-1234567890abcdef")
TALK = meeting("Mira: Which colour?", "Jonas: Green it is.")
OTHER = meeting("Mira: Who rings the office?", "Jonas: I'll ring.")
GREEN = {
    "evidence": [{"role": "accepted", "turn": 1, "quote": "Green it is."}],
    "statement": "The ferry is painted green.",
    "status": "decided",
}
PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "all_proxy", "no_proxy")


@pytest.fixture(autouse=True)
def no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in PROXIES:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def upstream() -> Iterator[LoopbackServer]:
    with LoopbackServer() as running:
        yield running


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "answers"


def ask(url: str, conversation: Conversation = TALK, retries: int = 0) -> Drafts:
    engine = LanguageModelEngine("m", base_url=url, api_key=REPLAY_KEY, timeout_s=10, max_retries=retries)
    return engine.extract(conversation)


def record(folder: Path, upstream: LoopbackServer, conversation: Conversation = TALK) -> Drafts:
    with serving(folder, upstream.url, KEY) as url:
        return ask(url, conversation)


def body(**changes: Any) -> dict[str, Any]:
    form = {"type": "json_schema", "json_schema": {"name": "n", "schema": {"type": "object"}}}
    return {"model": "m", "messages": [{"role": "user", "content": "Grün?"}], "response_format": form, **changes}


# The name of a request.


def test_a_request_is_named_by_model_messages_and_schema():
    text = '["m", [{"content": "Grün?", "role": "user"}], {"type": "object"}]'
    assert request_id(body()) == hashlib.sha256(text.encode()).hexdigest()[:20]
    assert request_id(body(temperature=1, max_tokens=5)) == request_id(body())
    others = (body(model="n"), body(messages=[]), body(response_format=None))
    assert len({request_id(one) for one in (body(), *others)}) == 4


def test_a_request_with_half_a_character_has_a_name_too():
    assert len(request_id(body(model="\ud83d"))) == 20


# Recording and replaying.


def test_what_was_answered_once_is_answered_again_without_the_server_and_without_a_key(folder, upstream):
    upstream.queue(answer(decisions=[GREEN | EMPTY]))
    recorded = record(folder, upstream)
    with serving(folder) as url:
        replayed = ask(url)
    assert len(upstream.requests) == 1
    assert [one.statement for one in replayed.decisions] == ["The ferry is painted green."]
    unlike = {"usage": {"seconds"}}
    assert replayed.model_dump(exclude=unlike) == recorded.model_dump(exclude=unlike)
    assert (replayed.usage.input_tokens, replayed.usage.cached_tokens, replayed.usage.output_tokens) == (100, 40, 20)


EMPTY: dict[str, Any] = {
    "flags": [], "topic": "ferry", "category": None, "significance": "low", "decided_by": [], "owners": [],
    "rationale": None, "alternatives": [], "conditions": [], "agreement": [], "due": None,
}  # fmt: skip


def test_upstream_sees_the_request_as_the_engine_made_it_and_the_key_that_was_given(folder, upstream):
    record(folder, upstream)
    direct = LanguageModelEngine("m", base_url=upstream.url, api_key=KEY, max_retries=0)
    direct.extract(TALK)
    relayed, plain = upstream.requests
    assert (relayed.path, relayed.body) == (plain.path, plain.body)
    assert relayed.headers["authorization"] == f"Bearer {KEY.get_secret_value()}"


def test_a_recorded_request_is_not_asked_again(folder, upstream):
    first, second = record(folder, upstream), record(folder, upstream)
    assert len(upstream.requests) == 1
    assert first.decisions == second.decisions


def test_a_file_of_the_folder_holds_the_answer_and_no_key_or_header(folder, upstream):
    record(folder, upstream)
    (file,) = folder.iterdir()
    assert file.stem == request_id(upstream.requests[0].body)
    kept = json.loads(file.read_text(encoding="utf-8"))
    assert json.loads(kept["answer"]) == {"decisions": [], "action_items": [], "open_questions": []}
    assert (kept["model"], kept["finish_reason"], kept["usage"]["prompt_tokens"]) == ("m", "stop", 100)
    assert set(kept) == {"answer", "model", "usage", "finish_reason"}


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        (completion({"content": None, "refusal": "I will not."}), AnswerRefusedError),
        (content("", "content_filter"), AnswerRefusedError),
        (content('{"decisions": [', "length"), AnswerCutOffError),
    ],
)
def test_an_answer_of_no_use_is_replayed_as_what_it_was(folder, upstream, reply, error):
    upstream.queue(reply)
    with pytest.raises(error) as live:
        record(folder, upstream)
    with serving(folder) as url, pytest.raises(error) as again:
        ask(url)
    assert str(again.value) == str(live.value)


def test_an_answer_that_gives_no_token_counts_is_replayed_without_any(folder, upstream):
    upstream.queue(completion({"content": answer_text()}, usage=None))
    record(folder, upstream)
    with serving(folder) as url:
        assert ask(url).usage.input_tokens == 0


def answer_text() -> str:
    return json.dumps({"decisions": [], "action_items": [], "open_questions": []})


def test_an_answer_with_half_a_character_is_kept(folder, upstream):
    upstream.queue(content(answer_text().replace("{", '{"note": "\ud83d", ', 1)))
    live = record(folder, upstream)
    with serving(folder) as url:
        assert ask(url).decisions == live.decisions
    (name,) = AnswerStore(folder).names()
    assert json.loads(AnswerStore(folder).get(name).answer)["note"] == "?"


def test_the_same_request_from_several_threads_is_asked_once(folder, upstream):
    slow = Reply(body=answer().body, delay_s=0.3)
    upstream.queue(*[slow] * 6)
    with serving(folder, upstream.url, KEY) as url, ThreadPoolExecutor(6) as pool:
        found = list(pool.map(lambda _: ask(url), range(6)))
    assert len(found) == 6
    assert len(upstream.requests) == 1
    assert [path.suffix for path in folder.iterdir()] == [".json"]


def test_different_requests_are_kept_side_by_side(folder, upstream):
    talks = [meeting(f"Mira: Point {number}.") for number in range(8)]
    with serving(folder, upstream.url, KEY) as url, ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda talk: ask(url, talk), talks))
    assert len(AnswerStore(folder).names()) == 8


# What is not recorded, and what goes wrong.


def test_a_conversation_without_a_recorded_answer_fails_alone_and_is_noted(folder, upstream):
    record(folder, upstream)
    store = AnswerStore(folder)
    readings = [Reading("x.vtt", conversations=(OTHER, TALK, OTHER, TALK), coverage=Coverage.of(0, {}))]
    settings = Settings(openai_max_retries=2)
    with serving(store) as url:
        engine = engine_named("openai:m", settings, base_url=url, api_key=REPLAY_KEY)
        document = extract(readings, engine)
    assert [len(one.unprocessed) for one in document.conversations] == [1, 0, 1, 0]
    assert len(store.missing) == 1
    assert store.missing[0] not in store.names()
    assert store.problems == ()
    assert len(upstream.requests) == 1


def test_what_is_not_recorded_is_said_in_the_shape_of_the_api_and_not_to_be_tried_again(folder):
    folder.mkdir()
    with serving(folder) as url:
        reply = httpx2.post(f"{url}/chat/completions", json=body())
    assert reply.status_code == 501
    assert reply.headers["x-should-retry"] == "false"
    assert reply.json()["error"]["message"] == f"no answer is recorded for request {request_id(body())}"


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        (failure(401), EngineAuthError),
        (failure(404), EngineRequestError),
        (failure(429), EngineRateLimitError),
        (failure(500), EngineServerError),
        (Reply(200, b"<html>"), EngineServerError),
        (Reply(200, b'{"choices": []}'), EngineServerError),
    ],
)
def test_a_fault_of_upstream_reaches_the_engine_as_it_is_and_is_not_kept(folder, upstream, reply, error):
    upstream.queue(reply)
    store = AnswerStore(folder)
    with serving(store, upstream.url, KEY) as url, pytest.raises(EngineError) as caught:
        ask(url)
    assert type(caught.value) is error
    assert store.names() == []
    assert ["was not kept" in problem for problem in store.problems] == [True] * (reply.status == 200)


def test_how_long_upstream_wants_to_be_left_alone_is_handed_on(folder, upstream):
    upstream.queue(failure(429, "slow down", retry_after="17", retry_after_ms="17000"))
    with serving(folder, upstream.url, KEY) as url:
        reply = httpx2.post(f"{url}/chat/completions", json=body())
    assert reply.status_code == 429
    assert (reply.headers["retry-after"], reply.headers["retry-after-ms"]) == ("17", "17000")
    assert reply.json()["error"]["message"] == "slow down"


def test_a_fault_that_passes_is_tried_again_and_then_kept(folder, upstream):
    upstream.queue(failure(500, retry_after_ms="1"), answer())
    with serving(folder, upstream.url, KEY) as url:
        ask(url, retries=1)
    assert len(AnswerStore(folder).names()) == 1


def test_where_nobody_answers_upstream_the_engine_finds_nobody_either(folder):
    with LoopbackServer() as closed:
        address = closed.url
    with serving(folder, address, KEY) as url, pytest.raises(EngineUnreachableError):
        ask(url)


def test_an_answer_of_upstream_that_cannot_be_kept_is_used_and_the_loss_is_told(folder, upstream):
    folder.symlink_to("nowhere")
    store = AnswerStore(folder)
    with serving(store, upstream.url, KEY) as url:
        assert ask(url).unprocessed == ()
    assert len(store.problems) == 1
    assert "cannot be kept" in store.problems[0]


def test_an_answer_damaged_during_a_run_is_told_and_costs_that_conversation(folder, upstream):
    record(folder, upstream)
    store = AnswerStore(folder)
    with serving(store) as url:
        (folder / f"{store.names()[0]}.json").write_text('{"answer": ')
        with pytest.raises(EngineServerError):
            ask(url)
    assert "is damaged" in store.problems[0]


@pytest.mark.parametrize("text", ["", "[]", '{"answer": 3}', '{"decisions": [], "action_items": []}', "{" * 9999])
def test_a_folder_with_a_damaged_answer_is_refused_before_anything_runs(folder, text):
    folder.mkdir()
    (folder / f"{'a' * 20}.json").write_text(text)
    with pytest.raises(DatasetError, match=r"aaaa\.json is damaged"), serving(folder):
        pass


def test_a_folder_that_is_not_there_is_refused_unless_answers_are_to_come(folder, upstream):
    with pytest.raises(DatasetError, match="no folder of answers"), serving(folder):
        pass
    record(folder, upstream)
    assert folder.is_dir()


@pytest.mark.parametrize("address", ["", "localhost:8000/v1", "http://", "http://[x", "http://h:port/v1"])
def test_an_upstream_that_is_no_address_is_refused(folder, address):
    with pytest.raises(UsageError, match="no address"), serving(folder, address, KEY):
        pass


def test_a_key_that_no_header_can_carry_is_refused_without_being_shown(folder):
    with pytest.raises(UsageError) as caught, serving(folder, "http://127.0.0.1:1/v1", SecretStr("sk-“quoted”")):
        pass
    assert "quoted" not in str(caught.value)


def test_nobody_who_does_not_know_the_url_is_answered(folder, upstream):
    with serving(folder, upstream.url, KEY) as url:
        port = url.split(":")[2].split("/")[0]
        for path in ("/v1/chat/completions", "/chat/completions", "/x/v1/chat/completions"):
            assert httpx2.post(f"http://127.0.0.1:{port}{path}", json=body()).status_code == 404
        assert httpx2.post(f"{url}/completions", json=body()).status_code == 404
    assert upstream.requests == []


@pytest.mark.parametrize("sent", [b"", b"{", b"[]", b'{"messages": 3}', b'{"messages": [3]}', b"[" * 100_000])
def test_what_is_no_request_is_refused(folder, sent):
    folder.mkdir()
    with serving(folder) as url:
        assert httpx2.post(f"{url}/chat/completions", content=sent).status_code == 400


# Proxies.


@pytest.mark.parametrize("name", ["HTTP_PROXY", "ALL_PROXY", "OPENAI_PROXY"])
def test_no_proxy_sees_what_is_asked_of_this_machine(folder, upstream, monkeypatch, name):
    record(folder, upstream)
    with LoopbackServer() as proxy:
        monkeypatch.setenv(name, proxy.url)
        before = dict(os.environ)
        with serving(folder) as url:
            ask(url)
        assert proxy.requests == []
        assert dict(os.environ) == before


def test_hosts_that_are_exempt_from_proxies_stay_so(folder, monkeypatch):
    folder.mkdir()
    monkeypatch.setenv("NO_PROXY", "wiki.example")
    with serving(folder):
        assert os.environ["NO_PROXY"] == "wiki.example,127.0.0.1"
    assert os.environ["NO_PROXY"] == "wiki.example"


@pytest.mark.parametrize("name", ["HTTP_PROXY", "OPENAI_PROXY"])
def test_upstream_is_reached_through_the_proxy(folder, upstream, monkeypatch, name):
    monkeypatch.setenv(name, upstream.url.removesuffix("/v1"))
    with serving(folder, "http://models.example/v1", KEY) as url:
        ask(url)
    assert [request.path for request in upstream.requests] == ["http://models.example/v1/chat/completions"]


# The folder.


def test_a_folder_says_what_answered(folder):
    assert AnswerStore(folder).about is None
    folder.mkdir()
    (folder / "ABOUT.json").write_text('{"model_class": "large", "date": "2026-03-01", "how": "By the API."}')
    about = AnswerStore(folder).about
    assert about == About(model_class="large", date="2026-03-01", how="By the API.")
    assert AnswerStore(folder).names() == []
    (folder / "ABOUT.json").write_text('{"model_class": "large"}')
    with pytest.raises(DatasetError, match=r"ABOUT\.json is damaged"), serving(folder):
        pass


@pytest.mark.parametrize("name", ["", "../" + "a" * 20, "A" * 20, "a" * 19])
def test_only_an_id_names_a_file(folder, name):
    with pytest.raises(ValueError, match="no request's id"):
        AnswerStore(folder).get(name)


def test_an_answer_that_cannot_be_written_leaves_nothing_behind(folder):
    store = AnswerStore(folder)
    (folder / f"{'a' * 20}.json").mkdir(parents=True)
    with pytest.raises(DatasetError, match="cannot be kept"):
        store.put("a" * 20, Recorded(answer="x", model="m", usage=None, finish_reason="stop"))
    assert [path.name for path in folder.iterdir()] == [f"{'a' * 20}.json"]


# Taking over a spool.


@pytest.fixture
def spool(tmp_path: Path) -> Path:
    return tmp_path / "spool"


def spool_of(root: Path, request: dict[str, Any], text: str | None, name: str | None = None) -> str:
    name = name or request_id(request)
    for kind in ("requests", "answers"):
        (root / kind).mkdir(parents=True, exist_ok=True)
    (root / "requests" / f"{name}.json").write_text(json.dumps(request), encoding="utf-8")
    if text is not None:
        (root / "answers" / f"{name}.json").write_text(text, encoding="utf-8")
    return name


def test_a_spool_is_taken_over_with_usage_estimated_at_four_characters_a_token(spool, folder):
    name = spool_of(spool, body(), '{"wäre": 1}')
    spool_of(spool, body(model="waiting"), None)
    assert take_over(spool, folder) == 1
    assert AnswerStore(folder).names() == [name]
    assert json.loads((folder / f"{name}.json").read_text(encoding="utf-8")) == {
        "answer": '{"wäre": 1}',
        "model": "m",
        "usage": {"prompt_tokens": 5, "completion_tokens": 2, "total_tokens": 7},
        "finish_reason": "stop",
        "usage_estimated": True,
    }
    assert len("Grün?") + len('{"type": "object"}') == 23


def test_what_an_engine_asked_of_a_spool_is_answered_from_the_folder(spool, folder, upstream):
    ask(upstream.url)
    spool_of(spool, upstream.requests[0].body, json.dumps({**json.loads(answer_text()), "decisions": [GREEN]}))
    take_over(spool, folder)
    with serving(folder) as url:
        drafts = ask(url)
    assert [one.statement for one in drafts.decisions] == ["The ferry is painted green."]
    assert drafts.usage.input_tokens > 1000


def test_taking_over_again_adds_only_what_is_new(spool, folder):
    spool_of(spool, body(), "one")
    assert take_over(spool, folder) == 1
    spool_of(spool, body(model="n"), "two")
    assert take_over(spool, folder) == 1
    assert take_over(spool, folder) == 0


def test_another_answer_than_the_recorded_one_is_not_taken_over(spool, folder):
    name = spool_of(spool, body(), "one")
    take_over(spool, folder)
    spool_of(spool, body(), "two")
    with pytest.raises(DatasetError, match=f"another answer to {name}"):
        take_over(spool, folder)


@pytest.mark.parametrize("request_text", ["", "[]", '{"model": "m", "messages": []}', None])
def test_an_answer_to_an_unknown_request_is_not_taken_over(spool, folder, request_text):
    name = spool_of(spool, body(), "one")
    file = spool / "requests" / f"{name}.json"
    file.unlink()
    if request_text is not None:
        file.write_text(request_text)
    with pytest.raises(DatasetError, match=f"{name}.json"):
        take_over(spool, folder)
    assert not folder.exists()


def test_a_folder_that_is_no_spool_is_refused(spool, folder):
    with pytest.raises(DatasetError, match="holds no answers"):
        take_over(spool, folder)
