"""Sources that change between two readings: threads that grow, messages edited and deleted, files sent again."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from kept import EMBEDDER
from sqlalchemy import select

from extractor.adding import Adder, ItemResult
from extractor.cli.console import Voice
from extractor.cli.readings import Told, items_of
from extractor.conversation import Conversation
from extractor.drafts import DraftActionItem, DraftDecision, DraftEvidence, Drafts
from extractor.log import checking, reviewing, tables, views
from extractor.log.intake import Outcome
from extractor.log.store import Log
from extractor.log.views import LogRecord
from extractor.records import EngineInfo
from extractor.spreading import here

EPOCH = 1_772_611_200
"""2026-03-04, 08:00 UTC."""
CRANE = "Decided: the crane is repaired before week 12."
OFFICE = "To do: write to the harbour office about the crane."
FENCE = "Decided: the orchard fence is painted green."
OVEN = "Decided: the old bakery oven is sold to the museum."
PEOPLE = ("Ada Quist", "Bo Tarn", "Cy Dorn")


class Marks:
    """An engine that finds what is marked, a sentence each."""

    info = EngineInfo(name="marks", model="none", version="1", leaves_machine=False)
    destination = None

    def extract(self, conversation: Conversation) -> Drafts:
        found: dict[str, list[tuple[str, DraftEvidence]]] = {"Decided": [], "To do": []}
        for turn in conversation.turns:
            for hit in re.finditer(r"(Decided|To do): ([^.]*\.)", turn.text):
                proof = DraftEvidence(role="accepted", turn=turn.index, quote=hit[0])
                found[hit[1]].append((hit[2][:1].upper() + hit[2][1:], proof))
        return Drafts(
            decisions=tuple(
                DraftDecision(statement=words, statement_source="written", status="decided", evidence=(proof,))
                for words, proof in found["Decided"]
            ),
            action_items=tuple(DraftActionItem(task=words, evidence=(proof,)) for words, proof in found["To do"]),
        )


def slack(path: Path, *texts: str | None, thread: bool = True) -> Path:
    """The JSON of a channel with a message a minute; None was deleted. With ``thread`` they answer the first one."""
    messages: list[dict[str, Any]] = []
    for number, text in enumerate(texts):
        entry = {"type": "message", "user": f"U{number % 3}", "ts": f"{EPOCH + 60 * number}.000100", "text": text}
        if thread:
            entry["thread_ts"] = f"{EPOCH}.000100"
        if text is not None:
            messages.append(entry)
    users = [{"id": f"U{number}", "real_name": name, "name": name} for number, name in enumerate(PEOPLE)]
    path.write_text(json.dumps({"ok": True, "channel": "C0SHED01", "messages": messages, "users": users}))
    return path


def mbox(path: Path, *texts: str | None, thread: bool = True) -> Path:
    """A mailbox with a mail a minute, of which None was deleted; all but the first answer it."""
    mails = []
    for number, text in enumerate(texts):
        name = PEOPLE[number % 3]
        answers = "In-Reply-To: <0@example.org>\nReferences: <0@example.org>\n" if number and thread else ""
        mail = (
            f"From a@example.org Wed Mar  4 08:00:00 2026\nFrom: {name} <{name[:2].lower()}@example.org>\n"
            f"Subject: {'Re: ' if number else ''}The crane\nDate: Wed, 04 Mar 2026 08:{number:02d}:00 +0000\n"
            f"Message-ID: <{number}@example.org>\n{answers}\n{text}\n\n"
        )
        if text is not None:
            mails.append(mail)
    path.write_text("".join(mails))
    return path


def captions(path: Path, *texts: str) -> Path:
    cues = [
        f"00:{number:02d}:00.000 --> 00:{number:02d}:30.000\n<v {PEOPLE[number % 3]}>{text}</v>\n"
        for number, text in enumerate(texts)
    ]
    path.write_text("WEBVTT\n\n" + "\n".join(cues))
    return path


def add(log: Log, *files: Path) -> list[ItemResult]:
    items = items_of([str(file) for file in files], Voice(quiet=True), Told()).items
    results = list(Adder(log, here(Marks()), EMBEDDER).add(items))
    assert [one.problem for one in results if one.problem] == []
    return results


def outcome(results: Sequence[ItemResult]) -> Outcome:
    (one,) = [outcome for result in results for outcome in result.outcomes]
    return one


def records(log: Log) -> dict[str, LogRecord]:
    """All records by what they say."""
    with log.read() as connection:
        names = connection.execute(select(tables.records.c.id).order_by(tables.records.c.seq)).scalars()
        found = {one.text: one for one in views.records_by_id(connection, names).values()}
        talks = {one.conversation: views.conversation_by_id(connection, one.conversation) for one in found.values()}
    for one in found.values():
        conversation = talks[one.conversation]
        assert conversation is not None
        for number, quote in enumerate(one.record.evidence):
            if number not in one.lost_quotes:
                assert conversation.turns[quote.turn].text[quote.start_char : quote.end_char] == quote.quote
    assert checking.verify(log).ok
    return found


def conversations(log: Log) -> int:
    with log.read() as connection:
        return len(connection.execute(select(tables.conversations.c.id)).all())


def said(text: str) -> str:
    words = text.partition(": ")[2]
    return words[:1].upper() + words[1:]


THREADS = pytest.mark.parametrize(("write", "name"), [(slack, "shed.json"), (mbox, "crane.mbox")])


@THREADS
def test_a_thread_that_grows_keeps_its_ids_and_its_verdicts(log: Log, tmp_path: Path, write: Any, name: str) -> None:
    file = tmp_path / name
    first = outcome(add(log, write(file, "Shall we?", CRANE, OFFICE, FENCE)))
    before = records(log)
    with log.write("Odile Brandt") as tx:
        reviewing.approve(tx, before[said(CRANE)].id)
        reviewing.reject(tx, before[said(FENCE)].id)
        reviewing.edit(tx, before[said(OFFICE)].id, {"task": "Ask the harbour office for money."}, EMBEDDER)
    again = outcome(add(log, write(file, "Shall we?", CRANE, OFFICE, FENCE, "Good.", OVEN)))
    assert again.conversation == first.conversation
    assert [again.is_new, again.updated, again.suggested, again.not_found] == [False, [], [], []]
    after = records(log)
    assert again.new == [after[said(OVEN)].id]
    assert {one.id: one.state for one in after.values()} == {
        before[said(CRANE)].id: "approved",
        before[said(FENCE)].id: "rejected",
        before[said(OFFICE)].id: "proposed",
        after[said(OVEN)].id: "proposed",
    }
    assert after["Ask the harbour office for money."].id == before[said(OFFICE)].id


@THREADS
def test_an_edited_message_updates_what_nobody_touched_and_suggests_to_who_did(
    log: Log, tmp_path: Path, write: Any, name: str
) -> None:
    file = tmp_path / name
    add(log, write(file, "Shall we?", CRANE, FENCE))
    before = records(log)
    with log.write("Odile Brandt") as tx:
        reviewing.approve(tx, before[said(FENCE)].id)
    later, blue = CRANE.replace("12", "14"), FENCE.replace("painted green", "painted green in April")
    again = outcome(add(log, write(file, "Shall we?", later, blue)))
    after = records(log)
    assert [again.new, again.not_found] == [[], []]
    assert after[said(later)].id == before[said(CRANE)].id
    assert after[said(later)].lost_quotes == ()
    untouched = after[said(FENCE)]
    assert untouched.lost_quotes == (0,)
    with log.read() as connection:
        (revision,) = views.revisions_of(connection, [untouched.id])
    assert revision.proposed.statement == said(blue)  # type: ignore[union-attr]
    with log.write("Odile Brandt") as tx:
        reviewing.accept_revision(tx, revision.id, EMBEDDER)
    assert records(log)[said(blue)].lost_quotes == ()


def test_an_edit_that_says_the_contrary_of_what_was_rejected_is_proposed(log: Log, tmp_path: Path) -> None:
    file = tmp_path / "shed.json"
    add(log, slack(file, "Shall we?", FENCE))
    with log.write("Odile Brandt") as tx:
        reviewing.reject(tx, records(log)[said(FENCE)].id)
    contrary = FENCE.replace("is painted", "is not painted")
    again = outcome(add(log, slack(file, "Shall we?", contrary)))
    assert again.new == [records(log)[said(contrary)].id]
    assert records(log)[said(FENCE)].state == "rejected"


@THREADS
def test_a_deleted_message_moves_the_quotes_after_it_and_what_it_said_is_marked_lost(
    log: Log, tmp_path: Path, write: Any, name: str
) -> None:
    file = tmp_path / name
    add(log, write(file, "Shall we?", "Who has the keys?", CRANE, FENCE, OVEN))
    before = records(log)
    assert [one.record.evidence[0].turn for one in before.values()] == [2, 3, 4]
    with log.write("Odile Brandt") as tx:
        reviewing.approve(tx, before[said(FENCE)].id)
        reviewing.edit(tx, before[said(OVEN)].id, {"statement": "The oven goes to the museum."}, EMBEDDER)
    again = outcome(add(log, write(file, "Shall we?", None, CRANE, None, OVEN)))
    assert [again.new, again.updated, again.suggested] == [[], [], []]
    assert again.not_found == [before[said(FENCE)].id]
    after = records(log)
    assert after[said(CRANE)].record.evidence[0].turn == 1
    assert after["The oven goes to the museum."].record.evidence[0].turn == 2
    assert (after[said(FENCE)].state, after[said(FENCE)].lost_quotes, after[said(FENCE)].found) == (
        "approved",
        (0,),
        False,
    )
    with log.write("Odile Brandt") as tx:
        reviewing.edit(tx, after[said(FENCE)].id, {"statement": "The fence is green."}, EMBEDDER)
    assert records(log)["The fence is green."].lost_quotes == (0,)


def test_a_stretch_of_a_channel_whose_first_message_is_deleted_is_the_same_conversation(
    log: Log, tmp_path: Path
) -> None:
    file = tmp_path / "shed.json"
    first = outcome(add(log, slack(file, "Morning.", CRANE, FENCE, thread=False)))
    before = records(log)
    with log.write("Odile Brandt") as tx:
        reviewing.reject(tx, before[said(FENCE)].id)
    again = outcome(add(log, slack(file, None, CRANE, FENCE, OVEN, thread=False)))
    assert again.conversation == first.conversation
    after = records(log)
    assert again.new == [after[said(OVEN)].id]
    assert after[said(FENCE)].state == "rejected"
    assert conversations(log) == 1


def test_a_new_thread_with_the_words_of_one_that_is_still_there_or_gone_is_another_one(
    log: Log, tmp_path: Path
) -> None:
    def alone(number: int) -> str:
        texts = [None] * number + [CRANE]
        mail = mbox(tmp_path / "one.mbox", *texts, thread=False).read_text()
        return mail.replace("Re: The crane", f"The crane, week {number}")

    file = tmp_path / "box.mbox"
    file.write_text(alone(0))
    assert outcome(add(log, file)).is_new
    file.write_text(alone(0) + alone(1))
    assert outcome(add(log, file)).is_new
    file.write_text(alone(2))
    assert outcome(add(log, file)).is_new
    assert conversations(log) == 3


def test_a_revision_is_accepted_with_its_quotes_where_they_stand_by_then(log: Log, tmp_path: Path) -> None:
    file = tmp_path / "shed.json"
    add(log, slack(file, "Shall we?", "Who has the keys?", FENCE))
    with log.write("Odile Brandt") as tx:
        reviewing.approve(tx, records(log)[said(FENCE)].id)
    changed = FENCE.replace("green", "green in April")
    add(log, slack(file, "Shall we?", "Who has the keys?", changed))
    add(log, slack(file, "Shall we?", None, changed))
    record = records(log)[said(FENCE)]
    with log.write("Odile Brandt") as tx:
        (revision,) = views.revisions_of(tx.connection, [record.id])
        reviewing.accept_revision(tx, revision.id, EMBEDDER)
    accepted = records(log)[said(changed)]
    assert (accepted.id, accepted.record.evidence[0].turn, accepted.lost_quotes) == (record.id, 1, ())


def test_turns_put_in_before_suggest_nothing_that_a_person_has_seen(log: Log, tmp_path: Path) -> None:
    file = tmp_path / "weekly-2026-03-04.vtt"
    add(log, captions(file, "Welcome to the weekly.", CRANE, FENCE))
    before = records(log)
    with log.write("Odile Brandt") as tx:
        reviewing.edit(tx, before[said(CRANE)].id, {"statement": "The crane is mended by week 12."}, EMBEDDER)
    again = outcome(add(log, captions(file, "Is this on?", "Welcome to the weekly.", CRANE, FENCE)))
    assert [again.new, again.updated, again.suggested, again.not_found] == [[], [], [], []]
    assert records(log)["The crane is mended by week 12."].record.evidence[0].turn == 2


def test_a_meeting_that_is_exported_again_under_another_name_is_the_same(log: Log, tmp_path: Path) -> None:
    texts = ("Welcome to the weekly.", CRANE, "Good.", FENCE)
    first = outcome(add(log, captions(tmp_path / "weekly-2026-03-04.vtt", *texts)))
    copied = captions(tmp_path / "download (1).vtt", *texts)
    edited = captions(tmp_path / "weekly-2026-03-04 final.vtt", "Welcome to the weekly!", CRANE, "Good.", FENCE)
    (same,) = add(log, copied)
    assert (same.outcomes, same.unchanged) == ([], 1)
    again = outcome(add(log, edited))
    assert (again.conversation, again.is_new, again.new, again.not_found) == (first.conversation, False, [], [])
    with log.read() as connection:
        assert connection.execute(select(tables.conversations.c.title)).scalar_one() == "weekly-2026-03-04"
    assert conversations(log) == 1
    assert len(records(log)) == 2


def test_two_weekly_meetings_of_one_title_that_begin_alike_are_two(log: Log, tmp_path: Path) -> None:
    rules = ("Welcome to the weekly.", "As always, mute yourselves and raise a hand.", "Minutes of last time? None.")
    ids = []
    for day, text in (("04", CRANE), ("11", FENCE)):
        folder = tmp_path / day
        folder.mkdir()
        more = (f"On the {day}th we had rain and the {text.split()[2]} was wet all through the night.", text)
        ids.append(outcome(add(log, captions(folder / "weekly.vtt", *rules, *more))))
    assert [one.is_new for one in ids] == [True, True]
    assert conversations(log) == 2
    with log.read() as connection:
        assert len(set(connection.execute(select(tables.conversations.c.title)).scalars())) == 1
