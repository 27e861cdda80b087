"""The language-model engine against a real server on loopback: what it sends, and what it makes of every reply."""

import asyncio
import json
import logging
import re
import time
import traceback
from collections.abc import Iterator
from typing import Any

import pytest
from builders import meeting
from loopback import LoopbackServer, Reply, Request, answer, completion, content, failure, page
from pydantic import SecretStr

from extractor.conversation import Conversation
from extractor.drafts import Drafts
from extractor.engines import llm
from extractor.engines.llm import LanguageModelEngine
from extractor.errors import (
    AnswerCutOffError,
    AnswerEmptyError,
    AnswerInvalidError,
    AnswerRefusedError,
    ContextOverflowError,
    EngineAuthError,
    EngineError,
    EngineRateLimitError,
    EngineRequestError,
    EngineServerError,
    EngineSetupError,
    EngineTimeoutError,
    EngineUnreachableError,
)
from extractor.records import Unprocessed
from extractor.settings import Settings

TOOL_CALL = {"id": "1", "type": "function", "function": {"name": "f", "arguments": "{}"}}
KEY = "sk-test-1234567890abcdef"
TALK = meeting("Anna: Which tiles?", "Ben: I propose blue.", "Anna: Agreed, blue it is.")
LONG = meeting(*(f"{'Anna' if n % 2 else 'Ben'}: Point {n}: we talk about it for a while longer." for n in range(60)))


@pytest.fixture(autouse=True)
def no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def server() -> Iterator[LoopbackServer]:
    with LoopbackServer() as running:
        yield running


def engine(server: LoopbackServer, **options: Any) -> LanguageModelEngine:
    given = {"base_url": server.url, "api_key": SecretStr(KEY), "timeout_s": 5.0, "max_retries": 0, **options}
    return LanguageModelEngine("test-model", **given)


def windowed(server: LoopbackServer, **options: Any) -> LanguageModelEngine:
    """An engine whose window holds about a quarter of LONG."""
    return engine(server, max_input_tokens=3300, **options)


def decision(turn: int = 2, quote: str = "Agreed, blue it is.", **changes: Any) -> dict[str, Any]:
    return {
        "evidence": [{"role": "accepted", "turn": turn, "quote": quote}],
        "statement": "The tiles will be blue.",
        "status": "decided",
        "flags": [],
        "topic": "tiles",
        "category": None,
        "significance": "low",
        "decided_by": ["Anna"],
        "owners": [],
        "rationale": None,
        "alternatives": [],
        "conditions": [],
        "agreement": [],
        "due": None,
        **changes,
    }


def asked(request: Request) -> range:
    """The turns that a request asks about."""
    found = re.search(r"records of turns (\d+) to (\d+),", request.user)
    return range(int(found[1]), int(found[2]) + 1) if found else range(request.user.count("\n[") + 1)


def one_decision_a_window(request: Request) -> Reply:
    first = asked(request)[0]
    return answer(decisions=[decision(first, "we talk about it", statement=f"Decision at {first}.")])


def extract(server: LoopbackServer, conversation: Conversation = TALK, **options: Any) -> Drafts:
    return engine(server, **options).extract(conversation)


# What is sent.


def test_a_request_carries_the_strict_schema_and_nothing_that_models_refuse(server):
    extract(server)
    (request,) = server.requests
    assert request.path == "/v1/chat/completions"
    assert request.body["model"] == "test-model"
    assert request.body["response_format"]["json_schema"]["strict"] is True
    assert set(request.body) <= {"model", "messages", "response_format", "stream"}
    assert not request.body.get("stream")


def test_instructions_come_first_and_unchanged_and_the_fenced_turns_last(server):
    extract(server)
    extract(server, LONG)
    short, long = server.requests
    assert [message["role"] for message in short.body["messages"]] == ["system", "user"]
    assert short.system == long.system
    assert "[2] (00:00:20) Anna: Agreed, blue it is." in short.user
    assert re.search(r"\nconversation [0-9a-f]{16}>>>$", short.user)


def test_settings_that_are_given_are_sent(server):
    extract(server, temperature=0.0, max_output_tokens=900)
    assert server.requests[0].body["temperature"] == 0.0
    assert server.requests[0].body["max_completion_tokens"] == 900


def test_the_key_goes_to_the_server_and_to_no_other_place(server):
    extract(server)
    assert server.requests[0].headers["authorization"] == f"Bearer {KEY}"
    assert KEY not in json.dumps(server.requests[0].body)


def test_nothing_goes_to_langsmith_whatever_the_environment_says(server, monkeypatch):
    from langchain_core.tracers.langchain import wait_for_all_tracers
    from langsmith import utils

    with LoopbackServer() as elsewhere:
        for name in ("LANGSMITH_TRACING", "LANGSMITH_TRACING_V2", "LANGCHAIN_TRACING_V2"):
            monkeypatch.setenv(name, "true")
        monkeypatch.setenv("LANGSMITH_API_KEY", "lsv2_pt_0000000000000000")
        monkeypatch.setenv("LANGSMITH_ENDPOINT", elsewhere.url)
        monkeypatch.setenv("LANGSMITH_GATEWAY", elsewhere.url)
        monkeypatch.setenv("OPENAI_BASE_URL", elsewhere.url)
        monkeypatch.setenv("OPENAI_API_BASE", elsewhere.url)
        utils.get_env_var.cache_clear()
        try:
            assert utils.tracing_is_enabled()
            extract(server)
            wait_for_all_tracers()
        finally:
            monkeypatch.undo()
            utils.get_env_var.cache_clear()
        assert elsewhere.requests == []
    assert len(server.requests) == 1


def test_a_redirect_is_not_followed(server):
    with LoopbackServer() as elsewhere:
        server.queue(Reply(307, headers={"Location": f"{elsewhere.url}/chat/completions"}))
        with pytest.raises(EngineRequestError, match="redirects to another address"):
            extract(server)
        assert elsewhere.requests == []


def test_neither_text_nor_key_is_logged(server, caplog):
    caplog.set_level(logging.DEBUG)
    extract(server)
    assert "blue it is" not in caplog.text
    assert KEY not in caplog.text


def test_a_conversation_without_turns_is_not_sent(server):
    assert extract(server, meeting()) == Drafts()
    assert server.requests == []


# What comes back.


def test_an_answer_becomes_drafts_and_its_usage_is_counted(server):
    server.queue(answer(decisions=[decision()]))
    drafts = extract(server)
    (found,) = drafts.decisions
    assert found.statement == "The tiles will be blue."
    assert found.evidence[0].turn == 2
    assert drafts.unprocessed == ()
    usage = drafts.usage
    assert (usage.calls, usage.input_tokens, usage.cached_tokens, usage.output_tokens) == (1, 100, 40, 20)
    assert usage.seconds > 0


def test_a_server_that_counts_no_tokens_is_fine(server):
    body = json.dumps({"decisions": [], "action_items": [], "open_questions": []})
    server.queue(completion({"content": body}, usage=None))
    assert extract(server).usage.input_tokens == 0


def test_good_records_beside_a_bad_one_are_kept_and_the_bad_one_is_named(server):
    server.queue(answer(decisions=[decision(), decision(turn=55)]))
    drafts = extract(server)
    assert len(drafts.decisions) == 1
    assert "1 of 2 decisions" in drafts.warnings[0]
    assert len(server.requests) == 1


def test_the_engine_works_where_an_event_loop_already_runs(server):
    async def inside() -> Drafts:
        return extract(server)

    server.queue(answer(decisions=[decision()]))
    assert len(asyncio.run(inside()).decisions) == 1


# One repair.


@pytest.mark.parametrize("bad", ['{"decisions": [oops', '{"decisions": []}', "[]", '{"decisions": [{"a": 1}]}'])
def test_an_answer_that_cannot_be_read_gets_one_repair_with_the_error_shown(server, bad):
    server.queue(content(bad), answer(decisions=[decision()]))
    drafts = extract(server)
    assert len(drafts.decisions) == 1
    assert (drafts.usage.calls, drafts.usage.input_tokens) == (2, 200)
    repair = server.requests[1].body["messages"]
    assert [message["role"] for message in repair] == ["system", "user", "assistant", "user"]
    assert repair[2]["content"] == bad
    assert repair[3]["content"].startswith("That answer cannot be used: ")


def test_an_empty_answer_is_repaired_without_repeating_it(server):
    server.queue(content(None), answer(decisions=[decision()]))
    assert len(extract(server).decisions) == 1
    assert [message["role"] for message in server.requests[1].body["messages"]] == ["system", "user", "user"]


@pytest.mark.parametrize(
    ("bad", "error"),
    [
        (content('{"decisions": [oops'), AnswerInvalidError),
        (content("Sorry, no."), AnswerInvalidError),
        (answer(decisions=[{"a": 1}]), AnswerInvalidError),
        (content(""), AnswerEmptyError),
        (completion({"content": None, "tool_calls": [TOOL_CALL]}, "tool_calls"), AnswerEmptyError),
    ],
)
def test_there_is_no_second_repair(server, bad, error):
    server.queue(bad, bad)
    with pytest.raises(error):
        extract(server)
    assert len(server.requests) == 2


def test_records_of_an_answer_that_lacks_a_list_are_kept_and_the_lack_is_named(server):
    partial = content(json.dumps({"decisions": [decision()], "action_items": []}))
    server.queue(partial, content("no"))
    drafts = extract(server)
    assert len(drafts.decisions) == 1
    assert drafts.unprocessed == (
        Unprocessed(from_turn=0, to_turn=2, reason="The answer has no list of open questions."),
    )


def test_records_are_kept_where_the_repair_itself_fails(server):
    server.queue(content(json.dumps({"decisions": [decision()], "action_items": []})), failure(500))
    drafts = extract(server)
    assert len(drafts.decisions) == 1
    assert drafts.usage.calls == 2
    assert len(drafts.unprocessed) == 1


def test_a_repair_counts_against_the_limit_of_calls(server, monkeypatch):
    monkeypatch.setattr(llm, "CALLS_PER_WINDOW", 1)
    monkeypatch.setattr(llm, "EXTRA_CALLS", 0)
    server.queue(content("no"), answer())
    with pytest.raises(AnswerInvalidError):
        extract(server)
    assert len(server.requests) == 1


# Faults that no other call mends.

CASES: dict[str, tuple[Reply, type[EngineError]]] = {
    "refusal": (completion({"content": None, "refusal": "I will not."}), AnswerRefusedError),
    "content filter": (content("", "content_filter"), AnswerRefusedError),
    "filtered request": (failure(400, "blocked", code="content_filter"), AnswerRefusedError),
    "cut off": (content('{"decisions": [', "length"), AnswerCutOffError),
    "overflow": (failure(400, "maximum context length is 9", code="context_length_exceeded"), ContextOverflowError),
    "payload too large": (page(413), ContextOverflowError),
    "wrong request": (failure(400, f"Unsupported parameter for {KEY}"), EngineRequestError),
    "unprocessable": (Reply(422, b'{"detail": [{"input": "Agreed, blue it is."}]}'), EngineRequestError),
    "no such model": (failure(404, "no such model", code="model_not_found"), EngineRequestError),
    "no such page": (page(404), EngineRequestError),
    "wrong key": (failure(401, f"Incorrect API key provided: {KEY}"), EngineAuthError),
    "forbidden": (failure(403, f"not for {KEY}"), EngineAuthError),
    "rate limit": (failure(429, f"slow down {KEY}"), EngineRateLimitError),
    "no quota": (failure(429, "You exceeded your quota", code="insufficient_quota"), EngineRateLimitError),
    "server error": (failure(500, f"oops {KEY}"), EngineServerError),
    "bad gateway page": (page(502), EngineServerError),
    "gateway time-out": (page(504), EngineTimeoutError),
    "page with status 200": (page(200), EngineServerError),
    "empty body": (Reply(200), EngineServerError),
    "broken body": (Reply(200, b'{"id": '), EngineServerError),
    "nested body": (Reply(200, b"[" * 100_000), EngineServerError),
    "no choices": (Reply(200, b'{"id": "x", "choices": []}'), EngineServerError),
    "null choices": (Reply(200, b'{"id": "x", "choices": null}'), EngineServerError),
    "error with status 200": (Reply(200, b'{"error": {"message": "overloaded"}}'), EngineServerError),
    "null message": (Reply(200, b'{"choices": [{"index": 0, "message": null}]}'), EngineServerError),
    "reset": (Reply(reset=True), EngineUnreachableError),
}


@pytest.mark.parametrize("case", CASES)
def test_every_fault_is_a_typed_error_that_says_what_to_do(server, case):
    reply, error = CASES[case]
    server.otherwise = lambda request: reply
    with pytest.raises(error) as caught:
        extract(server)
    assert type(caught.value) is error
    assert caught.value.what.endswith(".")
    assert caught.value.remedy.endswith(".")
    told = "".join(traceback.format_exception(caught.value))
    assert KEY not in told
    assert "blue it is" not in told
    assert len(server.requests) == 1


def test_a_key_of_any_shape_is_struck_out_of_what_a_server_says(server):
    server.queue(failure(400, "the key correct horse 7 and Bearer abc.def are of no use"))
    with pytest.raises(EngineRequestError) as caught:
        extract(server, api_key=SecretStr("horse"))
    assert "the key correct [key] 7 and [key] are of no use" in caught.value.what


def test_a_server_that_hangs_is_a_time_out(server):
    server.queue(Reply(delay_s=5))
    with pytest.raises(EngineTimeoutError, match=r"within 0\.3 seconds"):
        extract(server, timeout_s=0.3)


def test_a_server_that_drips_cannot_stretch_the_time_limit(server):
    server.queue(Reply(body=b" " * 100 + answer().body, drip_s=0.05))
    began = time.monotonic()
    with pytest.raises(EngineTimeoutError):
        extract(server, timeout_s=0.4)
    assert time.monotonic() - began < 2


def test_a_closed_port_is_unreachable():
    with LoopbackServer() as server:
        closed = engine(server)
    with pytest.raises(EngineUnreachableError, match="Nobody answers at http://127"):
        closed.extract(TALK)


@pytest.mark.parametrize(
    "reply", [failure(500, retry_after_ms="20"), failure(429, retry_after_ms="20"), Reply(reset=True)]
)
def test_a_passing_fault_is_retried(server, reply):
    server.queue(reply, answer(decisions=[decision()]))
    drafts = extract(server, max_retries=1)
    assert len(drafts.decisions) == 1
    assert drafts.usage.calls == 1


def test_retry_after_is_honoured(server):
    server.queue(failure(429, retry_after="1"), answer())
    began = time.monotonic()
    extract(server, max_retries=1)
    assert time.monotonic() - began >= 1


# Windows.


def test_windows_ask_about_every_turn_once_and_name_their_context(server):
    server.otherwise = one_decision_a_window
    drafts = windowed(server).extract(LONG)
    assert len(server.requests) >= 3
    assert [turn for request in server.requests for turn in asked(request)] == list(range(60))
    assert "before them as context only" in server.requests[1].user
    assert "turns for context only:" in server.requests[1].user
    assert len(drafts.decisions) == len(server.requests) == drafts.usage.calls
    assert drafts.unprocessed == ()


@pytest.mark.parametrize(
    "too_much", [content('{"decisions": [', "length"), failure(400, "This exceeds the context window of 10 tokens")]
)
def test_what_is_too_much_for_one_call_is_asked_in_halves(server, too_much):
    server.otherwise = lambda request: too_much if len(asked(request)) > 20 else one_decision_a_window(request)
    drafts = engine(server).extract(LONG)
    done = [request for request in server.requests if len(asked(request)) <= 20]
    assert [turn for request in done for turn in asked(request)] == list(range(60))
    assert len(drafts.decisions) == len(done)
    assert drafts.unprocessed == ()


def test_splitting_ends_at_a_few_turns_and_names_what_it_could_not_do(server):
    def reply(request: Request) -> Reply:
        return content("{", "length") if 30 in asked(request) else one_decision_a_window(request)

    server.otherwise = reply
    drafts = windowed(server).extract(LONG)
    (left,) = drafts.unprocessed
    assert left.from_turn <= 30 <= left.to_turn
    assert left.to_turn - left.from_turn < 4
    assert left.reason == "The answer was cut off at its length limit."


@pytest.mark.parametrize(
    "reply",
    [completion({"content": None, "refusal": "no"}), content("", "content_filter"), failure(500), content("junk")],
)
def test_a_window_that_fails_is_named_and_the_others_go_on(server, reply):
    server.otherwise = lambda request: reply if 0 in asked(request) else one_decision_a_window(request)
    drafts = windowed(server).extract(LONG)
    (left,) = drafts.unprocessed
    assert (left.from_turn, left.to_turn) == (0, asked(server.requests[0])[-1])
    assert left.reason
    assert len(drafts.decisions) >= 2


def test_a_terminal_fault_after_good_windows_keeps_what_they_gave(server):
    server.otherwise = lambda request: one_decision_a_window(request) if 0 in asked(request) else failure(401)
    drafts = windowed(server).extract(LONG)
    assert len(server.requests) == 2
    assert len(drafts.decisions) == 1
    (left,) = drafts.unprocessed
    assert (left.from_turn, left.to_turn) == (asked(server.requests[0])[-1] + 1, 59)


def test_a_server_that_keeps_failing_is_left_alone(server):
    server.otherwise = lambda request: failure(500)
    with pytest.raises(EngineServerError):
        engine(server, max_input_tokens=1).extract(LONG)
    assert len(server.requests) == llm.FAILURES_IN_A_ROW


def test_the_number_of_calls_is_capped(server, monkeypatch):
    monkeypatch.setattr(llm, "EXTRA_CALLS", 0)
    server.otherwise = lambda request: content("{", "length") if asked(request)[0] else one_decision_a_window(request)
    server.queue(content("{", "length"))
    drafts = engine(server).extract(LONG)
    assert len(server.requests) == llm.CALLS_PER_WINDOW
    assert drafts.unprocessed[-1].to_turn == 59
    assert "limit of calls" in drafts.unprocessed[-1].reason


def test_a_turn_longer_than_the_window_is_sent_in_parts(server):
    speech = "Anna: " + " ".join(f"Sentence {n} says a thing." for n in range(400))
    windowed(server).extract(meeting("Ben: Go on.", speech, "Ben: Fine."))
    sent = "".join(request.user for request in server.requests)
    assert len(server.requests) > 2
    assert all(f"Sentence {n} says" in sent for n in range(400))
    assert "part 2 of" in sent


def test_the_window_of_a_known_model_counts(server):
    known = LanguageModelEngine("gpt-4o-mini", base_url=server.url, api_key=SecretStr(KEY), max_retries=0)
    known.extract(LONG)
    assert len(server.requests) == 1


# Setting up.


def test_no_key_is_an_error_of_its_own():
    with pytest.raises(EngineSetupError) as caught:
        LanguageModelEngine("m")
    assert caught.value.what == "No key is set for openai."
    assert caught.value.remedy == "Set OPENAI_API_KEY, or choose --engine local."


@pytest.mark.parametrize("key", ["sk-“quoted”", "sk-one sk-two", "sk-line\nbreak"])
def test_a_key_that_no_header_can_carry_is_refused_without_being_shown(key):
    with pytest.raises(EngineSetupError) as caught:
        LanguageModelEngine("m", api_key=SecretStr(key))
    assert key not in str(caught.value)


@pytest.mark.parametrize("url", ["localhost:8000/v1", "ftp://x/v1", "https://", "http://h:port/v1", "http://[x/v1"])
def test_a_base_url_that_is_none_is_refused(url):
    with pytest.raises(EngineSetupError, match="not a web address"):
        LanguageModelEngine("m", base_url=url, api_key=SecretStr(KEY))


@pytest.mark.parametrize(("name", "proxy"), [("OPENAI_PROXY", "me:secret@nowhere"), ("ALL_PROXY", "what://x")])
def test_a_proxy_that_is_none_is_named(server, monkeypatch, name, proxy):
    monkeypatch.setenv(name, proxy)
    with pytest.raises(EngineSetupError, match="The proxy") as caught:
        extract(server)
    assert "secret" not in str(caught.value)


def test_key_and_base_url_come_from_the_environment_unless_they_are_given(monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    assert LanguageModelEngine("m").destination == "https://api.openai.com/v1"
    monkeypatch.setenv("OPENAI_API_BASE", "http://base.example/v1")
    assert LanguageModelEngine("m").destination == "http://base.example/v1"
    monkeypatch.setenv("OPENAI_BASE_URL", "http://url.example/v1")
    assert LanguageModelEngine("m").destination == "http://url.example/v1"
    assert LanguageModelEngine("m", base_url="http://given.example/v1").destination == "http://given.example/v1"


def test_the_destination_shows_no_password():
    shown = LanguageModelEngine("m", base_url="https://me:secret@host.example:8443/v1?token=t", api_key=SecretStr(KEY))
    assert shown.destination == "https://host.example:8443/v1"


def test_the_engine_says_what_it_is():
    info = LanguageModelEngine("m", api_key=SecretStr(KEY)).info
    assert (info.name, info.model, info.version, info.leaves_machine) == ("openai", "m", "extraction@1", True)


def test_the_defaults_are_those_of_the_settings():
    by_default = LanguageModelEngine("m", api_key=SecretStr(KEY))
    settings = Settings()
    assert by_default._connection.timeout_s == settings.openai_timeout
    assert by_default._connection.max_retries == settings.openai_max_retries
