"""What happens after a key: what is asked, the act, and what becomes of it when others were quicker."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, get_args

from textual import work
from textual.content import Content

from extractor.errors import ConflictError, DecisionsError
from extractor.log.views import CLAIM_FIELD
from extractor.records import LinkKind, RecordType
from extractor.review import acts
from extractor.review.terminal import form, plain_forms
from extractor.review.terminal.dialogs import Ask, Choose, Help, Pick
from extractor.review.terminal.editing import Form
from extractor.review.terminal.lines import LeftError
from extractor.review.terminal.passages import people_of
from extractor.review.terminal.transcript import Transcript
from extractor.review.terminal.words import KINDS, REASONS, TYPES, short, whole

if TYPE_CHECKING:
    from textual.app import App

    from extractor.review.service import Done
    from extractor.review.terminal.session import Session

    Base = App[int]
else:
    Base = object


class Flows(Base):
    """The acts of ``ReviewApp``, each the flow of its questions."""

    session: Session

    def show(self, *messages: str) -> None:
        raise NotImplementedError

    def say(self, *messages: str) -> None:
        raise NotImplementedError

    def proof(self) -> Content:
        raise NotImplementedError

    def attempt(self, act: acts.OnRecord | acts.Add, *verbs: str, draft: str = "") -> Done | None:
        """Does an act; None where it was refused, of which the person is told. What they typed stays in the draft."""
        record = self.session.item.record.id
        try:
            done = self.session.do(act, *verbs)
        except ConflictError as error:
            changed = self.session.what_changed(error)
            self.show("! Nothing was done: this record has changed. If it still holds, do it again.", *changed)
            return None
        except DecisionsError as error:
            self.say(f"! {error}")
            return None
        self.session.drafts.pop((record, draft), None)
        return done

    def onward(self, message: str) -> None:
        """Says what was done, and shows what waits next."""
        if self.session.advance():
            self.show(message)
        else:
            self.session.refresh()
            self.show(f"{message} Nothing else waits here; q stops.")

    def stay(self, message: str) -> None:
        self.session.refresh()
        self.show(message)

    async def ask(self, draft: str, title: str, hint: str, choices: tuple[str, ...] = ()) -> str | None:
        """Asks for words, of which a draft is kept until the act that they are for is done."""
        key = (self.session.item.record.id, draft)
        drafts = self.session.drafts

        def keep(text: str) -> None:
            drafts[key] = text

        return await self.push_screen_wait(Ask(title, hint, choices, drafts.get(key, ""), keep))

    def action_approve(self) -> None:
        item = self.session.item
        claim = short(item.record.text, 48)
        done = self.attempt(acts.Approve(record=item.record.id, seen=item.stamp), "approved")
        if done is None:
            return
        if done.waits:
            self.onward(f"Approved by you, another reviewer is needed: {claim}")
        else:
            self.onward(f"{'Approved' if done.event else 'It was approved already'}: {claim}  (u undoes it)")

    @work(exclusive=True)
    async def action_reject(self) -> None:
        item = self.session.item
        hint = "A number, or your own words and Enter; Enter alone gives no reason. Esc leaves."
        reason = await self.ask("reject", "Why is it rejected?", hint, REASONS)
        if reason is None:
            return
        act = acts.Reject(record=item.record.id, seen=item.stamp, comment=reason or None)
        if self.attempt(act, "rejected", draft="reject") is not None:
            self.onward(f"Rejected: {short(item.record.text, 48)}  (u undoes it)")

    @work(exclusive=True)
    async def action_merge(self) -> None:
        item = self.session.item
        find = lambda words: self.session.near(words, same_type=True)  # noqa: E731
        other = await self.push_screen_wait(Pick("Merge into the record that says the same", find))
        if other is None:
            return
        act = acts.Merge(record=item.record.id, seen=item.stamp, into=other.id)
        if self.attempt(act, "merged") is not None:
            self.onward(f"Merged into: {short(other.text, 48)}  (u undoes it)")

    @work(exclusive=True)
    async def action_link(self) -> None:
        item, links = self.session.item, self.session.suggested().links
        kinds: tuple[LinkKind, ...] = get_args(LinkKind)
        choices = [f"Yes, it {KINDS[one.kind]}: {other.text}" for one, other in links]
        choices += [f"No, it is not so that it {KINDS[one.kind]}: {other.text}" for one, other in links]
        choices += [f"It {KINDS[kind]} …" for kind in kinds]
        chosen = await self.push_screen_wait(Choose("How does it stand to an earlier record?", choices))
        if chosen is None:
            return
        if len(links) <= chosen < 2 * len(links):
            refused = acts.Unlink(record=item.record.id, seen=item.stamp, link=links[chosen - len(links)][0].id)
            if self.attempt(refused, "links refused") is not None:
                self.stay("Refused: it is not suggested again.  (u undoes it)")
            return
        await self._link(links[chosen][0].kind if chosen < len(links) else kinds[chosen - 2 * len(links)], chosen)

    async def _link(self, kind: LinkKind, chosen: int) -> None:
        item, links = self.session.item, self.session.suggested().links
        other = links[chosen][1] if chosen < len(links) else None
        if other is None:
            find = lambda words: self.session.near(words, same_type=False)  # noqa: E731
            other = await self.push_screen_wait(Pick(f"It {KINDS[kind]} which record?", find))
        if other is None:
            return
        act = acts.LinkTo(record=item.record.id, seen=item.stamp, kind=kind, to=other.id)
        if self.attempt(act, "linked") is not None:
            self.stay(f"Noted: it {KINDS[kind]}: {short(other.text, 48)}  (u undoes it)")

    @work(exclusive=True)
    async def action_close(self) -> None:
        item = self.session.item
        answer = None
        if item.record.type == "open_question":
            answer = await self.ask("answer", "What is the answer?", "Enter keeps it, Esc leaves.")
            if answer is None:
                return
        act = acts.Close(record=item.record.id, seen=item.stamp, comment=answer)
        if self.attempt(act, "closed", draft="answer") is not None:
            self.stay(("Answered." if answer else "Done.") + "  (u undoes it)")

    @work(exclusive=True)
    async def action_revision(self) -> None:
        item, found = self.session.item, self.session.suggested().revisions
        if not found:
            self.say("No other wording is suggested.")
            return
        changed = form.differences(item.record.record, found[0].proposed, item.record.people)
        what = "; ".join(f"{label}: {new or 'nothing'}" for label, _, new in changed) or "other words as proof"
        chosen = await self.push_screen_wait(Choose("A later reading says", [f"Take over: {what}", "Keep the words"]))
        if chosen is None:
            return
        try:
            self.stay(plain_forms.revised(self.session, found[0].id, take=chosen == 0))
        except ConflictError as error:
            self.show("! Nothing was done: this record has changed.", *self.session.what_changed(error))
        except DecisionsError as error:
            self.say(f"! {error}")

    @work(exclusive=True)
    async def action_assign(self) -> None:
        item = self.session.item
        hint = "A number, or a name and Enter; Enter alone: nobody in particular. Esc leaves."
        name = await self.ask("assign", "Who is to review it?", hint, tuple(self.session.people()))
        if name is None:
            return
        if (
            self.attempt(acts.Assign(record=item.record.id, person=name or None), "assigned", draft="assign")
            is not None
        ):
            self.stay(f"Assigned to {name}." if name else "Assigned to nobody.")

    @work(exclusive=True)
    async def action_comment(self) -> None:
        item = self.session.item
        words = await self.ask("comment", "Comment", "Enter keeps it, Esc leaves.")
        if not words:
            return
        if (
            self.attempt(acts.Comment(record=item.record.id, comment=words), "commented on", draft="comment")
            is not None
        ):
            self.stay("Your comment is kept.  (u undoes it)")

    def action_reopen(self) -> None:
        item = self.session.item
        if self.attempt(acts.Reopen(record=item.record.id, seen=item.stamp), "reopened") is not None:
            self.session.said.pop(item.record.id, None)
            self.stay("It is open again.")

    def action_undo(self) -> None:
        try:
            last = self.session.undo()
        except DecisionsError as error:
            self.say(f"! {error}")
            return
        self.show(f"Taken back: {' and '.join(last.verbs)}.")

    @work(exclusive=True)
    async def action_help(self) -> None:
        await self.push_screen_wait(Help())

    @work(exclusive=True)
    async def action_open(self) -> None:
        await self._open(selecting=False)

    @work(exclusive=True)
    async def action_add(self) -> None:
        await self._open(selecting=True)

    async def _open(self, *, selecting: bool) -> None:
        said = self.session.conversation()
        if said is None:
            self.say("The words of this conversation are not kept any more.")
            return
        screen = Transcript(said, self.session.item.record.record.evidence, selecting)
        passages = await self.push_screen_wait(screen)
        if not passages:
            return
        kinds: tuple[RecordType, ...] = get_args(RecordType)
        chosen = await self.push_screen_wait(Choose("What was missed?", [TYPES[kind] for kind in kinds]))
        if chosen is None:
            return
        self._warm()
        kind = kinds[chosen]
        slot = (said.id, "added")
        drafts = self.session.drafts

        def submit(typed: Mapping[str, str], _: bool) -> list[str]:
            fields = form.made(kind, people_of(said), typed)
            add = acts.Add(conversation=said.id, type=kind, passages=passages, fields=fields)
            self.session.do(add, "added")
            return []

        def keep(field: str, text: str) -> None:
            if field == CLAIM_FIELD[kind]:
                drafts[slot] = text

        words = [said.turns[one.turn].text[one.start_char : one.end_char] for one in passages]
        values = {CLAIM_FIELD[kind]: drafts.get(slot) or whole(words[0]), "status": "decided"}
        below = Content("\n").join(Content(whole(one)) for one in words)
        guarded = self._guarded(submit)
        if await self.push_screen_wait(
            Form(f"{TYPES[kind]} that was missed", kind, values, guarded, keep, below=below, adding=True)
        ):
            drafts.pop(slot, None)
            self.stay("Added.  (u undoes it)")

    @work(exclusive=True)
    async def action_edit(self) -> None:
        self._warm()
        item, drafts = self.session.item, self.session.drafts
        record = item.record.id
        before = form.values_of(item.record)
        approved: list[bool] = []

        def submit(typed: Mapping[str, str], approve: bool) -> list[str]:
            known = self.session.item.record
            fields = form.changed(known, before, typed)
            act, verbs = plain_forms.edit_act(self.session, fields, approve=approve)
            self.session.do(act, *verbs)
            approved.append(approve)
            return []

        def keep(field: str, text: str) -> None:
            if text == before[field]:
                drafts.pop((record, field), None)
            else:
                drafts[record, field] = text

        values = {field: drafts.get((record, field), value) for field, value in before.items()}
        screen = Form(
            f"Edit: {TYPES[item.record.type]}",
            item.record.type,
            values,
            self._guarded(submit),
            keep,
            below=self.proof(),
        )
        if not await self.push_screen_wait(screen):
            self.show()
            return
        for field in before:
            drafts.pop((record, field), None)
        if approved[-1]:
            self.onward(f"Edited and approved: {short(item.record.text, 40)}  (u undoes it)")
        else:
            self.stay("Saved; it still waits for approval.  (u undoes it)")

    def _guarded(self, submit: Callable[[Mapping[str, str], bool], list[str]]) -> Any:
        """A form's ``submit`` that returns what stood in the way, instead of raising it."""

        def guarded(typed: Mapping[str, str], approve: bool) -> list[str]:
            try:
                return submit(typed, approve)
            except ConflictError as error:
                changed = self.session.what_changed(error)
                return ["This record has changed; what you typed is still here. Save again if it holds.", *changed]
            except LeftError:
                return ["Nothing is changed yet."]
            except DecisionsError as error:
                return [str(error)]

        return guarded

    def _warm(self) -> None:
        """Loads what makes vectors of words while the person still types."""

        def load() -> None:
            with contextlib.suppress(DecisionsError):
                self.session.desk.embedder()

        threading.Thread(target=load, daemon=True).start()
