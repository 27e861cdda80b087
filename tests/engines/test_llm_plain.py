"""The plain prompt: a baseline that differs from the extraction prompt in its words and in nothing else."""

from collections.abc import Iterator

import pytest
from builders import meeting
from loopback import LoopbackServer, Request, answer, content
from pydantic import SecretStr

from extractor.engines.choice import engine_from, make_engine
from extractor.engines.llm import LanguageModelEngine
from extractor.errors import DecisionsError
from extractor.prompt_files import load_prompt
from extractor.settings import Settings

KEY = SecretStr("sk-test-1234567890abcdef")
TALK = meeting("Anna: Which tiles?", "Ben: I propose blue.", "Anna: Agreed, blue it is.")
LONG = meeting(*(f"Anna: Point {n}: we talk about it for a while longer." for n in range(60)))


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[LoopbackServer]:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    with LoopbackServer() as running:
        yield running


def engine(server: LoopbackServer, prompt: str, max_input_tokens: int | None = None) -> LanguageModelEngine:
    return LanguageModelEngine(
        "m", base_url=server.url, api_key=KEY, max_retries=0, max_input_tokens=max_input_tokens, prompt=prompt
    )


def fenced(request: Request) -> str:
    return request.user[request.user.index("<<<conversation") :]


def test_the_plain_prompt_is_one_paragraph_that_names_all_that_is_asked():
    system = load_prompt("plain").system
    assert "\n" not in system
    for word in ("decisions", "action items", "owners", "open", "turn", "exact quote", "JSON"):
        assert word in system


def test_only_the_words_of_the_instructions_differ_between_the_prompts(server):
    engine(server, "extraction").extract(TALK)
    engine(server, "plain").extract(TALK)
    ours, plain = server.requests
    assert plain.system == load_prompt("plain").system
    assert plain.system != ours.system
    assert fenced(plain) == fenced(ours)
    rest = [{name: value for name, value in one.body.items() if name != "messages"} for one in (ours, plain)]
    assert rest[0] == rest[1]


def test_the_plain_prompt_has_words_for_parts_and_for_a_repair(server):
    server.queue(content("no json"), answer())
    drafts = engine(server, "plain", max_input_tokens=2500).extract(LONG)
    assert drafts.unprocessed == ()
    assert server.requests[1].last.startswith("That answer cannot be used: ")
    tasks = [request.user.splitlines()[0] for request in server.requests]
    assert tasks[0].startswith("Extract the decisions, action items and open questions of turns 0 to ")
    assert " come before them as context." in tasks[-1]


@pytest.mark.parametrize(("prompt", "version"), [("plain", "plain@1"), ("extraction", "extraction@1")])
def test_an_engine_says_which_prompt_it_uses(monkeypatch, prompt, version):
    monkeypatch.setenv("OPENAI_API_KEY", KEY.get_secret_value())
    assert make_engine("openai:m", prompt=prompt).info.version == version
    assert engine_from("openai:m", Settings(), prompt=prompt).info.version == version


def test_a_prompt_that_is_not_there_does_not_start(server):
    with pytest.raises(DecisionsError, match="'nothing' is missing"):
        engine(server, "nothing")
