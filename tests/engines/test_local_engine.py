"""The local engine as a whole, on meetings written for these tests, with the shipped weights."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from builders import meeting

from extractor.conversation import Conversation
from extractor.drafts import DraftEvidence, Drafts
from extractor.engines.local.engine import LocalEngine
from extractor.engines.local.model import FOLDER, MANIFEST_FILE, WEIGHTS_FILE, load_model
from extractor.errors import ModelError
from extractor.sources import read_source

PLANNING = meeting(
    "Dana Reyes: Good morning everyone, thanks for joining. Can you all hear me?",
    "Omar Haddad: Yes, good morning. How was the trip?",
    "Dana Reyes: It was fine, a bit long. Okay, the first thing on the list is the storage for the audit log.",
    "Omar Haddad: So I looked at both. The document store is easier to set up, but queries over several years were "
    "slow in my test, something like forty seconds.",
    "Priya Nair: And the relational one?",
    "Omar Haddad: Under two seconds, once the index was there. The migration is a little more work for us.",
    "Priya Nair: Forty seconds is not acceptable for the support people, they look at this all day.",
    "Dana Reyes: I agree. So let's go with Postgres for the audit log, and we drop the document store.",
    "Priya Nair: Yeah, sounds good to me.",
    "Omar Haddad: Works for me.",
    "Dana Reyes: Great. Then the import of the old customer data. Where are we with that?",
    "Priya Nair: The script runs, but a few thousand records have no country, and I had to stop there.",
    "Omar Haddad: Do we know whether the legal team allows us to keep records that have no country at all?",
    "Dana Reyes: I don't know, honestly. That is still an open question, we have to ask them.",
    "Priya Nair: Without that I cannot finish it.",
    "Dana Reyes: Understood. Let me see what else was on the list, the office move, the plants, the coffee machine.",
    "Omar Haddad: The coffee machine is broken again, by the way.",
    "Priya Nair: It is always broken on Mondays.",
    "Dana Reyes: Okay, before we close. Somebody has to write the migration plan.",
    "Omar Haddad: I'll write the migration plan and send it to the team by Friday.",
    "Dana Reyes: Perfect, thank you. Bye everyone.",
    "Priya Nair: Bye.",
)

CHAT = meeting(
    "Lena: Hi! How was your weekend?",
    "Marco: Lovely, we went to the lake and the weather was perfect. How about yours?",
    "Lena: Quiet. I read a book about sailing and slept a lot.",
    "Marco: That sounds relaxing. My sister was there too, with the dog.",
    "Lena: How old is the dog now?",
    "Marco: Nearly twelve. He sleeps most of the day.",
    "Lena: Ours was like that. It rained here on Sunday, so we stayed in.",
    "Marco: We had sun all day. The water was still cold, though.",
    "Lena: I remember that lake. Nice place, good ice cream.",
    "Marco: Yes, the ice cream is still good.",
    "Lena: Well, it was nice to hear from you.",
    "Marco: Likewise, take care!",
)


@pytest.fixture(scope="module")
def drafts() -> Drafts:
    return LocalEngine().extract(PLANNING)


def _quotes(drafts: Drafts) -> list[DraftEvidence]:
    records = (*drafts.decisions, *drafts.action_items, *drafts.open_questions)
    return [evidence for record in records for evidence in record.evidence]


def test_the_planted_decision_is_found_with_its_acceptance(drafts: Drafts) -> None:
    found = next(d for d in drafts.decisions if "Postgres" in d.statement)
    assert found.status == "decided"
    assert found.statement_source == "quoted"
    assert (found.decided_by, found.owners) == ((), ())
    assert [(e.role, e.turn) for e in found.evidence] == [("proposed", 7), ("accepted", 8)]


def test_the_planted_action_is_found_with_owner_and_deadline(drafts: Drafts) -> None:
    found = next(a for a in drafts.action_items if "migration plan" in a.task)
    assert (found.owners, found.due) == (("omar-haddad",), "by Friday")


def test_the_planted_question_is_found_with_the_person_who_raised_it(drafts: Drafts) -> None:
    found = next(q for q in drafts.open_questions if "legal team" in q.question or "open question" in q.question)
    assert found.raised_by in (("omar-haddad",), ("dana-reyes",))
    assert found.confidence is None


def test_every_quote_is_verbatim_and_every_confidence_a_probability(drafts: Drafts) -> None:
    assert _quotes(drafts)
    for evidence in _quotes(drafts):
        assert evidence.quote.strip()
        assert evidence.quote in PLANNING.turns[evidence.turn].text
    for record in (*drafts.decisions, *drafts.action_items):
        assert 0 < (record.confidence or 0) < 1
        assert record.confidence == round(record.confidence or 0, 4)


def test_the_same_conversation_gives_the_same_bytes(drafts: Drafts) -> None:
    assert LocalEngine().extract(PLANNING).model_dump_json() == drafts.model_dump_json()


def test_merging_cues_of_a_speaker_into_one_turn_finds_the_same_things(drafts: Drafts) -> None:
    merged = meeting(*_merged(PLANNING))
    again = LocalEngine().extract(merged)
    assert any("Postgres" in decision.statement for decision in again.decisions)
    assert any("migration plan" in action.task and action.owners for action in again.action_items)


def _merged(conversation: Conversation) -> list[str]:
    lines: list[str] = []
    for turn in conversation.turns:
        name = conversation.name_of(turn.speaker)
        if lines and lines[-1].startswith(f"{name}: "):
            lines[-1] += " " + turn.text
        else:
            lines.append(f"{name}: {turn.text}")
    return lines


def test_small_talk_has_no_decisions_no_tasks_and_no_open_questions() -> None:
    drafts = LocalEngine().extract(CHAT)
    assert (drafts.decisions, drafts.action_items, drafts.open_questions) == ((), (), ())


def test_a_conversation_without_words_gives_no_drafts() -> None:
    assert LocalEngine().extract(meeting()) == Drafts()
    assert LocalEngine().extract(meeting("Ann:  ")) == Drafts()
    assert LocalEngine().extract(meeting("Ann: Yes.")) == Drafts()


def test_another_language_is_said_in_a_warning_and_still_read() -> None:
    german = "Wir haben heute beschlossen, dass wir das neue System erst im Herbst einführen und vorher noch testen."
    drafts = LocalEngine().extract(meeting(*[f"Anna: {german}", f"Ben: Ja, einverstanden. {german}"] * 2))
    assert drafts.warnings == (
        "This conversation seems to be in German (de); the local engine was made for English and may miss most of it.",
    )


def test_the_engine_keeps_the_text_on_the_machine_and_carries_its_weights_hash() -> None:
    engine = LocalEngine()
    manifest = json.loads((FOLDER / MANIFEST_FILE).read_text(encoding="utf-8"))
    assert engine.destination is None
    assert not engine.info.leaves_machine
    assert (engine.info.name, engine.info.model) == ("local", "linear-1")
    assert manifest["files"][WEIGHTS_FILE].startswith(engine.info.version)
    assert len(engine.info.version) == 8


def test_weights_that_were_changed_or_are_missing_are_refused(tmp_path: Path) -> None:
    folder = tmp_path / "weights"
    shutil.copytree(FOLDER, folder)
    content = bytearray((folder / WEIGHTS_FILE).read_bytes())
    content[len(content) // 2] ^= 1
    (folder / WEIGHTS_FILE).write_bytes(content)
    with pytest.raises(ModelError, match="sha256 differs"):
        load_model(folder)
    (folder / WEIGHTS_FILE).unlink()
    with pytest.raises(ModelError, match="no readable"):
        load_model(folder)
    (folder / MANIFEST_FILE).write_text("[]", encoding="utf-8")
    (folder / WEIGHTS_FILE).write_bytes(b"")
    with pytest.raises(ModelError, match="not a manifest"):
        load_model(folder)


def test_the_weights_are_small_enough_to_ship() -> None:
    assert (FOLDER / WEIGHTS_FILE).stat().st_size < 2_000_000


def test_importing_the_engine_loads_no_heavy_library() -> None:
    code = (
        "import sys; import extractor.engines.local.engine; "
        "print({'numpy', 'onnxruntime', 'tokenizers', 'sklearn', 'scipy', 'py3langid'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


@pytest.fixture(scope="module")
def example() -> Drafts:
    """What the engine makes of the example that `make demo` shows."""
    path = Path(__file__).resolve().parent.parent.parent / "examples" / "pricing-review.vtt"
    return LocalEngine().extract(read_source(str(path)).conversations[0])


def test_an_announcement_that_somebody_confirms_is_decided(example: Drafts) -> None:
    decided = [draft for draft in example.decisions if draft.status == "decided"]
    assert any("three-column table" in draft.statement for draft in decided)
    launch = next(draft for draft in decided if "twenty-third of June" in draft.statement)
    assert [quote.role for quote in launch.evidence] == ["proposed", "accepted"]
    export = next(draft for draft in decided if "error message" in draft.statement)
    assert export.evidence[-1].quote.startswith("Yes, do it")


def test_taking_a_thing_up_again_next_week_is_no_decision(example: Drafts) -> None:
    assert not any("next week" in draft.statement for draft in example.decisions if draft.status == "decided")


def test_a_request_and_the_answer_that_takes_it_are_one_task(example: Drafts) -> None:
    asked = [draft for draft in example.action_items if draft.owners == ("daniel-okafor",)]
    assert [draft.due for draft in asked] == ["by Friday"]
    assert {draft.owners for draft in example.action_items} >= {("tomas-novak",), ("mei-lin-zhao",)}


def test_a_question_that_is_answered_with_i_do_not_know_stays_open(example: Drafts) -> None:
    assert any("discount for schools" in draft.question for draft in example.open_questions)


def test_somebody_who_declines_owns_nothing_and_the_one_who_steps_in_does() -> None:
    talk = meeting(
        "Anna Voss: Good, then the last thing is the invite for the workshop.",
        "Anna Voss: Tom, can you change the invite by tomorrow?",
        "Tom Reed: No, sorry, I'm off tomorrow.",
        "Lea Blum: Yes, I can take that.",
        "Anna Voss: Thank you. Bye everybody.",
    )
    for draft in LocalEngine().extract(talk).action_items:
        assert "tom-reed" not in draft.owners


def test_a_request_is_no_open_question() -> None:
    talk = meeting(
        "Mara Klein: Jens, could you get the contract to procurement by the end of April?",
        "Jens Olsen: Sure, will do.",
        "Mara Klein: Who is going to own the event naming, though? That's still unclear to me.",
        "Jens Olsen: I really don't know.",
        "Mara Klein: Okay, let's see.",
    )
    questions = [draft.question for draft in LocalEngine().extract(talk).open_questions]
    assert not any("procurement" in question for question in questions)
