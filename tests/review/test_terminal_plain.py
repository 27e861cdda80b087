"""``--plain``: prompts and answers in lines, through real pipes; and the screen in a real pseudo-terminal."""

from __future__ import annotations

import os
import pty
import re
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import hostile
import pytest
from hostile import obeyed, sample
from kept import EMBEDDER, decision, found, keep, quote, talk
from sitting import BEN, ME, Shed, shed

from extractor.log import checking
from extractor.log.store import Log
from extractor.review import acts
from extractor.review.service import Desk

TESTS = Path(__file__).parents[1]
SIT = """
import sys
from pathlib import Path
from kept import EMBEDDER
from extractor.errors import DecisionsError
from extractor.log.store import Log
from extractor.review.service import Desk
from extractor.review.terminal import run
folder, (by, mode, meeting, mine) = Path(sys.argv[1]), sys.argv[2:]
how = {"plain": mode == "plain", "conversation": meeting or None, "mine": mine == "mine"}
with Log.open(folder / "data") as log:
    try:
        code = run(Desk(log, lambda: EMBEDDER), by, log.seen_by(by), folder / "review.json", **how)
    except DecisionsError as error:
        sys.stderr.write(f"{error}\\n")
        code = error.exit_code
sys.exit(code)
"""
"""What the command does, with an embedder that costs nothing."""


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Shed]:
    with Log.open(tmp_path / "data") as log:
        made = shed(log, tmp_path)
        yield made
        assert checking.verify(log).problems == ()


def command(folder: Path, by: str = ME, mode: str = "plain", meeting: str = "", mine: str = "") -> list[str]:
    return [sys.executable, "-W", "ignore", "-c", SIT, str(folder), by, mode, meeting, mine]


def environment(**more: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(TESTS), "PYTHONIOENCODING": "utf-8", "TERM": "xterm-256color", **more}


def said(folder: Path, *lines: str, **more: str) -> tuple[int, str, str]:
    """The exit code, standard output and standard error of a sitting in which these lines are written."""
    done = subprocess.run(
        command(folder, **more),
        input="".join(f"{line}\n" for line in lines).encode(),
        capture_output=True,
        env=environment(),
        timeout=60,
    )
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def test_lines_are_answered_by_lines_and_the_end_says_what_was_done(here: Shed) -> None:
    code, out, err = said(here.folder, "a", "r", "not ours", "q")
    assert (code, err) == (0, "")
    assert here.states()["roof"] == "approved"
    assert here.states()["ask"] == "rejected"
    assert here.comments("ask") == ["not ours"]
    assert out.endswith("You approved 1, rejected 1. 3 still wait.\n")
    assert "\x1b" not in out


def test_a_record_is_printed_in_full_and_always_in_the_same_order(here: Shed) -> None:
    _, out, _ = said(here.folder, "n", "p", "q")
    labels = [
        "Status",
        "Owners",
        "Decided by",
        "Due",
        "Significance",
        "Why",
        "Look closely",
        "Conflicts with",
        "Meeting",
    ]
    places = [out.index(f"\n{label}: ") for label in labels]
    assert places == sorted(places)
    assert "1 of 5. Decision, waits for review.\nThe shed is roofed with tin instead of slate.\n" in out
    assert (
        "  Turn 2, Ana Li, 0:20 (proposed): Then [[we roof the shed with tin]]. I order the sheets on Monday.\n" in out
    )
    first = out[out.index("1 of 5.") : out.index("Act (")]
    assert out.count(first) == 2


@pytest.mark.parametrize(
    "lines", [(), ("a",), ("r",), ("e",), ("e", "status=tentative"), ("+", "3"), ("m",), ("s",), ("c",)]
)
def test_the_end_of_the_input_ends_it_cleanly_wherever_it_comes(here: Shed, lines: tuple[str, ...]) -> None:
    code, out, err = said(here.folder, *lines)
    assert (code, err) == (0, "")
    assert out.rstrip().endswith("still wait.")


def test_every_act_can_be_done_in_lines(here: Shed) -> None:
    code, out, _ = said(
        here.folder,
        *(
            "s",
            "1",
            "e",
            "statement=We roof it with tin.",
            "owners=Ben; Dana Fox",
            "due=Monday (2026-03-09)",
            "approve",
        ),
        *("t Ben Orr", "c", "Ask first.", "d", "n", "m door", "1"),
        *(
            "d The council pays.",
            "+",
            "1: costs twice as much",
            "8",
            "",
            "d",
            "Slate is too dear.",
            "topic=roof",
            "",
            "n",
            "v",
            "z",
            "q",
        ),
    )
    roof = here.record("roof")
    assert code == 0
    assert (roof.text, roof.state, roof.owners, str(roof.due)) == (
        "We roof it with tin.",
        "approved",
        ("Ben Orr", "Dana Fox"),
        "2026-03-09",
    )
    assert here.links("roof")["supersedes", here.ids["slate"]] == "confirmed"
    assert here.record("ask").closed_at
    assert here.record("ask").assignee is not None
    assert here.record("fence").merged_into == here.ids["door"]
    assert here.comments("gutters") == ["The council pays."]
    added = here.all()[-1]
    assert (added.text, added.state, next(one.quote for one in added.record.evidence)) == (
        "Slate is too dear.",
        "approved",
        "costs twice as much",
    )
    assert "No other wording is suggested." in out


def test_undo_takes_back_the_last_act(here: Shed) -> None:
    _, out, _ = said(here.folder, "a", "r 1", "u", "u", "u", "q")
    assert here.states()["roof"] == here.states()["ask"] == "proposed"
    assert "Taken back: rejected." in out
    assert "There is nothing to undo in this sitting." in out


def test_a_change_that_was_refused_is_never_approved_without_it(here: Shed) -> None:
    _, out, _ = said(here.folder, "e", "colour=red", "approve", "status=perhaps", "approve", "leave", "q")
    assert "That is no change." in out
    assert "Input should be 'decided'" in out
    assert here.states()["roof"] == "proposed"


def test_it_goes_on_where_it_stopped(here: Shed) -> None:
    said(here.folder, "n", "n", "q")
    _, out, _ = said(here.folder, "q")
    assert out.startswith("You go on where you stopped.\n\n3 of 5.")
    assert "\n1 of 5." in said(here.folder, "q", by=BEN)[1]


def test_one_meeting_or_what_is_assigned_to_me(here: Shed) -> None:
    assert said(here.folder, "q", meeting="autumn")[:2] == (0, "Nothing waits for your review.\n")
    assert "1 of 5." in said(here.folder, "q", meeting="spring")[1]
    assert said(here.folder, "q", meeting="winter")[0] == 2
    assert said(here.folder, mine="mine")[:2] == (0, "Nothing waits for your review.\n")
    here.desk.do(BEN, acts.Assign(record=here.ids["door"], person=ME))
    assert "1 of 1." in said(here.folder, "q", mine="mine")[1]


def test_another_ones_change_is_told_and_the_act_waits_to_be_repeated(here: Shed) -> None:
    with subprocess.Popen(
        command(here.folder), stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment(), text=True
    ) as process:
        assert process.stdin
        assert process.stdout
        while not process.stdout.readline().startswith("The words that prove it"):
            pass
        here.desk.do(BEN, acts.Edit(record=here.ids["roof"], fields={"statement": "Tin, and red."}))
        out, _ = process.communicate("a\nq\n", timeout=60)
    assert "Somebody changed this record while you looked at it; nothing was done." in out
    assert "is now “Tin, and red.”" in out
    assert here.states()["roof"] == "proposed"


def test_without_a_terminal_it_says_what_to_do(here: Shed) -> None:
    code, out, err = said(here.folder, mode="screen")
    assert (code, out) == (2, "")
    assert "decisions review --plain" in err


@pytest.mark.soak
def test_hostile_words_never_reach_the_output_raw(tmp_path: Path) -> None:
    """Two strings of each kind, all of them with DECISIONS_SOAK, in every place that holds words, and as answers."""
    some = sample(2)
    with Log.open(tmp_path / "data") as log:
        for number, one in enumerate(some):
            made = hostile.spoil(log, one.text, number).new[0]
            Desk(log, lambda: EMBEDDER).do("Per", acts.Comment(record=made, comment=one.words[:5000] + " so"))
    answers = ["o", "?"]
    for one in some:
        line = re.sub(r"[\r\n\x04]", " ", one.words[:5000])
        answers += [line, f"c {line}", f"t {line[:300]}", "e", f"topic={line}", "approve", "u", "n"]
    code, out, err = said(tmp_path, *answers, "q")
    assert (code, err) == (0, "")
    assert set(obeyed(out)) == {"\n"}
    assert len(out) < 20_000 * len(answers)


class Terminal:
    """The screen in a pseudo-terminal of 80 by 24."""

    def __init__(self, folder: Path, **more: str) -> None:
        import fcntl
        import struct
        import termios

        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        self.process = subprocess.Popen(
            command(folder, mode="screen"),
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=environment(**more),
            start_new_session=True,
        )
        os.close(slave)
        self.seen = b""

    def until(self, words: str, seconds: float = 40) -> str:
        """What came out, as soon as these words did."""
        end = time.monotonic() + seconds
        while words.encode() not in self.seen:
            left = end - time.monotonic()
            assert left > 0, self.seen[-3000:]
            if select.select([self.master], [], [], left)[0]:
                try:
                    self.seen += os.read(self.master, 65536)
                except OSError:
                    break
        return self.seen.decode(errors="replace")

    def press(self, keys: str) -> None:
        self.seen = b""
        os.write(self.master, keys.encode())

    def close(self) -> int:
        try:
            return self.process.wait(30)
        finally:
            self.process.kill()
            os.close(self.master)


def test_in_a_real_terminal_one_key_approves_and_the_end_is_told(here: Shed) -> None:
    terminal = Terminal(here.folder)
    terminal.until("1 of 5")
    terminal.press("a")
    terminal.until("Approved")
    terminal.press("q")
    assert "You approved 1. 4 still wait." in terminal.until("still wait.")
    assert terminal.close() == 0
    assert here.states()["roof"] == "approved"


def test_in_a_real_terminal_ctrl_c_is_130(here: Shed) -> None:
    terminal = Terminal(here.folder)
    terminal.until("1 of 5")
    terminal.press("\x03")
    terminal.until("You decided nothing")
    assert terminal.close() == 130


@pytest.mark.parametrize("colour", ["NO_COLOR", "NONE"])
def test_in_a_real_terminal_only_the_sixteen_colours_are_used_and_none_with_no_color(here: Shed, colour: str) -> None:
    terminal = Terminal(here.folder, **{colour: "1", "COLORTERM": "truecolor"})
    terminal.until("missed")
    terminal.press("r")
    out = terminal.until("Not worth recording")
    terminal.press("\x03")
    terminal.close()
    styles = {part for found_ in re.findall(r"\x1b\[([\d;]*)m", out) for part in found_.split(";")}
    assert not styles & {"38", "48"}
    if colour == "NO_COLOR":
        assert not styles & {str(n) for n in (*range(30, 38), *range(40, 48), *range(90, 98), *range(100, 108))}


def test_in_a_real_terminal_hostile_words_send_nothing_of_their_own(tmp_path: Path) -> None:
    words = "\x1b]0;pwned\x07\x1b]52;c;cHduZWQ=\x07\x9b5n\x1b[6n\u202e"
    with Log.open(tmp_path / "data") as log:
        bad = talk(f"Ana: So {words} it is.", name="m-9", title=f"T {words}")
        keep(log, bad, found(bad, decision(bad, f"S {words}", quote(bad, 0, bad.turns[0].text.strip()))))
    terminal = Terminal(tmp_path)
    out = terminal.until("missed")
    terminal.press("o")
    out += terminal.until("choose words")
    terminal.press("\x03")
    terminal.close()
    for sent in ("\x1b]0;", "\x1b]52;", "\x9b", "\x1b[6n", "\u202e"):
        assert sent not in out
