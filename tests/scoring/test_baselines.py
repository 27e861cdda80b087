"""The baselines: what counts as a cue, whom an action item is given to, and which name makes which engine."""

from __future__ import annotations

import subprocess
import sys

import pytest
from builders import meeting
from engines.loopback import LoopbackServer
from pydantic import SecretStr

from extractor.conversation import Conversation, Coverage, Participant, Turn
from extractor.drafts import Engine
from extractor.engines.choice import DEFAULT_OPENAI_MODEL
from extractor.errors import EngineSetupError, UsageError
from extractor.extraction import extract, is_complete
from extractor.records import ConversationRecords
from extractor.scoring.baselines import CueWords, Everything, engine_named
from extractor.settings import Settings
from extractor.sources import Reading

KEY = SecretStr("sk-test-1234567890abcdef")
WEEK = meeting(
    "Mira Holt: Welcome back. Do we know which harbour takes the ferry?",
    "Jonas: Not yet. Mira will ring the office on Monday.",
    "Mira Holt: Then we’ll paint the ferry green. I'll order the paint.",
    "Jonas: Thanks, lovely weather too.",
)


@pytest.fixture
def no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)


def records_of(engine: Engine, conversation: Conversation) -> ConversationRecords:
    document = extract([Reading("x.vtt", conversations=(conversation,), coverage=Coverage.of(0, {}))], engine)
    assert is_complete(document)
    (records,) = document.conversations
    assert records.ungrounded == ()
    return records


def owners(line: str, *others: str) -> list[tuple[str, ...]]:
    return [item.owners for item in records_of(CueWords(), meeting(line, *others)).action_items]


def test_each_sentence_with_a_cue_is_one_record_in_the_words_that_were_said():
    found = records_of(CueWords(), WEEK)
    assert [(one.statement, one.status) for one in found.decisions] == [
        ("Then we’ll paint the ferry green.", "decided")
    ]
    assert [one.task for one in found.action_items] == ["Mira will ring the office on Monday.", "I'll order the paint."]
    assert [one.question for one in found.open_questions] == ["Do we know which harbour takes the ferry?"]
    assert found.decisions[0].statement_source == "quoted"
    quotes = [one.evidence[0] for one in (*found.decisions, *found.action_items, *found.open_questions)]
    assert [quote.turn for quote in quotes] == [2, 1, 2, 0]


def test_no_baseline_claims_a_confidence():
    for engine in (CueWords(), Everything(1)):
        found = records_of(engine, WEEK)
        records = (*found.decisions, *found.action_items, *found.open_questions)
        assert records
        assert {one.confidence for one in records} == {None}


def test_whoever_says_i_will_owns_the_task_and_so_does_a_participant_of_whom_it_is_said():
    (said,) = records_of(CueWords(), meeting("Mira Holt: I'll order the paint.")).action_items
    assert (said.owners, said.evidence[0].role) == (("mira-holt",), "owner")
    assert owners("Mira Holt: I will order the paint.") == [("mira-holt",)]
    assert owners("Jonas: Mira will order the paint.", "Mira Holt: Fine.") == [("mira-holt",)]
    assert owners("Jonas: Mira Holt to order the paint.", "Mira Holt: Fine.") == [("mira-holt",)]
    assert owners("Jonas: I'll fetch it and Mira will mix it.", "Mira Holt: Fine.") == [("jonas", "mira-holt")]


@pytest.mark.parametrize(
    "line",
    ["Jonas: Could you order the paint?", "Jonas: I'm going to order paint.", "Jonas: Action item: order paint."],
)
def test_a_task_that_names_nobody_that_way_has_no_owner(line):
    assert owners(line) == [()]


def test_nobody_owns_what_an_unknown_speaker_will_do():
    turn = Turn(index=0, speaker=None, text="I'll order the paint.")
    people = (Participant(id="p", name="Mira"),)
    coverage = Coverage.of(len(turn.text), {})
    unknown = Conversation(
        id="c", kind="meeting", title="T", source="s", participants=people, turns=(turn,), coverage=coverage
    )
    (item,) = records_of(CueWords(), unknown).action_items
    assert (item.owners, item.flags) == ((), ())


def test_a_name_counts_only_as_a_name():
    assert owners("Jonas: The will to go on is there.", "Will: Hm.") == []
    assert owners("Jonas: Roseann will sing.", "ann: Hm.") == []


def test_small_talk_quoted_lines_and_what_programs_say_hold_no_cue():
    assert records_of(CueWords(), meeting("Jonas: Lovely weather.", "Mira: Is it? Thanks.")).decisions == ()
    turns = (
        Turn(index=0, speaker=None, text="We decided to sell.", kind="system"),
        Turn(index=1, speaker=None, text="> We decided to sell.\nHm.", kind="message"),
    )
    coverage = Coverage.of(sum(len(turn.text) for turn in turns), {})
    thread = Conversation(id="c", kind="thread", title="T", source="s", turns=turns, coverage=coverage)
    assert records_of(CueWords(), thread).decisions == ()


def test_everything_makes_a_decision_of_every_turn_that_is_long_enough_and_nothing_else():
    talk = meeting(
        "Mira: One two three four five six seven.",
        "Jonas: One two three four five six seven eight?\nI'll see.",
        "A line of eight words that nobody says.",
    )
    found = records_of(Everything(), talk)
    assert [one.evidence[0].turn for one in found.decisions] == [1, 2]
    assert [one.statement for one in found.decisions] == [turn.text for turn in talk.turns[1:]]
    assert {one.status for one in found.decisions} == {"decided"}
    assert (found.action_items, found.open_questions) == ((), ())
    assert len(records_of(Everything(least_words=7), talk).decisions) == 3


@pytest.mark.parametrize("name", ["cues", "everything", "local"])
def test_what_works_here_sends_nothing_anywhere(name):
    engine = engine_named(name, Settings())
    assert engine.info.name == name
    assert engine.info.leaves_machine is False
    assert engine.destination is None


def test_plain_is_the_language_model_with_the_plain_prompt(monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", KEY.get_secret_value())
    told = [engine_named(spec, Settings()).info for spec in ("plain:some/model:free", "plain", "openai:m")]
    assert [(info.name, info.model, info.version) for info in told] == [
        ("openai", "some/model:free", "plain@1"),
        ("openai", DEFAULT_OPENAI_MODEL, "plain@1"),
        ("openai", "m", "extraction@1"),
    ]


@pytest.mark.parametrize("spec", ["plain:m", "openai:m"])
def test_an_address_and_a_key_can_be_given_in_place_of_those_that_are_set(spec, monkeypatch, no_proxies):
    monkeypatch.setenv("OPENAI_API_KEY", KEY.get_secret_value())
    settings = Settings(openai_base_url="http://127.0.0.1:1/v1")
    with LoopbackServer() as server:
        engine_named(spec, settings, base_url=server.url, api_key=SecretStr("other")).extract(WEEK)
        engine_named(spec, settings, base_url=server.url).extract(WEEK)
        keys = {request.headers["authorization"] for request in server.requests}
    assert keys == {"Bearer other", f"Bearer {KEY.get_secret_value()}"}
    assert engine_named(spec, settings).destination == "http://127.0.0.1:1/v1"


def test_a_language_model_keeps_to_the_limit_of_input_that_is_set(no_proxies):
    long = meeting(*(f"Mira: Point {number}: we talk about it for a while longer." for number in range(60)))
    with LoopbackServer() as server:
        engine_named("plain:m", Settings(openai_max_input_tokens=1), base_url=server.url, api_key=KEY).extract(long)
        assert len(server.requests) > 1


@pytest.mark.parametrize("spec", ["", "cue", "cues:1", "everything:3", "plain:", "plainer", "local:big", "openai:"])
def test_any_other_name_is_answered_with_all_the_choices(spec):
    with pytest.raises(UsageError) as caught:
        engine_named(spec, Settings(), api_key=KEY)
    assert caught.value.what == f"There is no engine {spec!r}."
    for choice in ("local", "openai:MODEL", "plain:MODEL", "cues", "everything"):
        assert choice in caught.value.remedy


def test_plain_without_a_key_does_not_start():
    with pytest.raises(EngineSetupError, match="No key is set"):
        engine_named("plain", Settings())


def test_naming_a_baseline_imports_no_client():
    code = (
        "import sys\nfrom extractor.scoring.baselines import engine_named\nfrom extractor.settings import Settings\n"
        "engine_named('cues', Settings())\nassert not {'langchain', 'openai', 'numpy', 'httpx2'} & set(sys.modules)"
    )
    path = {"PYTHONPATH": ":".join(sys.path)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, env=path)
    assert done.returncode == 0, done.stderr
