"""Scores as tables that a terminal, Markdown and HTML show alike."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from extractor.records import RecordType, Usage
from extractor.scoring.comparing import Comparison, Difference, Shift
from extractor.scoring.confidence import Reliability, reliability
from extractor.scoring.figures import TYPES, Figure, figures, sweep
from extractor.scoring.runs import Scores

LABELS: Final = {
    "f1": "F1",
    "precision": "precision, strict",
    "precision_adjudicated": "precision, adjudicated",
    "recall": "recall",
    "recall_adjudicated": "recall, adjudicated",
    "unmatched_right": "unmatched, judged right",
    "status": "status right",
    "evidence_same_turn": "evidence turn right",
    "evidence_touching": "quotes overlap",
    "evidence_overlap": "quotes in common",
    "decided_by_right": "decider right",
    "decided_by_wrong_of_given": "deciders given, wrong",
    "decided_by_incomplete": "decider incomplete",
    "decided_by_wrongly_withheld": "decider missing",
    "decided_by_should_be_withheld": "decider invented",
    "owner_right": "owner right",
    "owner_wrong_of_given": "owners given, wrong",
    "owner_incomplete": "owner incomplete",
    "owner_wrongly_withheld": "owner missing",
    "owner_should_be_withheld": "owner invented",
    "due_right": "due date right",
    "due_wrong_of_given": "due dates given, wrong",
    "due_incomplete": "due words without a day",
    "due_wrongly_withheld": "due date missing",
    "due_should_be_withheld": "due date invented",
    "ece": "ECE of confidence",
    "auroc": "AUROC of confidence",
    "ungrounded": "ungrounded records",
    "refused_claims": "claims refused",
    "obeyed": "instructions obeyed",
    "unprocessed": "turns not processed",
    "failed": "failed conversations",
}
HEADINGS: Final[dict[RecordType, str]] = {
    "decision": "Decisions",
    "action_item": "Action items",
    "open_question": "Open questions",
}
OVERALL: Final = ("ungrounded", "obeyed", "refused_claims", "unprocessed", "failed")
NONE: Final = "–"
FEW_SERIES: Final = 10
"""Below this many series the bootstrap's intervals are too narrow: with 5 they held the truth 83 times of 100."""


@dataclass(frozen=True)
class Table:
    """A heading, the columns' names, and rows of cells; the first cell of a row names it. ``note`` stands below."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


def figure_text(figure: Figure | None) -> str:
    """``.43 [.31, .55] 12/28``, or a dash where there was nothing to count."""
    if figure is None or not figure.known:
        return NONE
    parts = [_share(figure.value)]
    if not math.isnan(figure.low):
        parts.append(f"[{_share(figure.low)}, {_share(figure.high)}]")
    if figure.k is not None and figure.n is not None:
        parts.append(f"{figure.k:g}/{figure.n:g}")
    return " ".join(parts)


def _share(value: float) -> str:
    return f"{value:.2f}".removeprefix("0") if value < 1 else f"{value:.1f}"


def score_tables(runs: Sequence[Scores]) -> list[Table]:
    """A table a type, one for the whole, and the sweep of the matching's threshold; a column a run."""
    every = [figures(one.tallies) for one in runs]
    tables = [_type_table(kind, runs, every) for kind in TYPES]
    tables += [_whole_table(tuple(one.run.engine_spec for one in runs), runs, every), sweep_table(runs)]
    return [table for table in tables if table.rows]


def _type_table(kind: RecordType, runs: Sequence[Scores], every: Sequence[dict[str, Figure]]) -> Table:
    """A type's figures; beside the first run stand those that predict this type at all."""
    shown = [number for number, one in enumerate(runs) if not number or took_part(one, kind)]
    runs, every = [runs[number] for number in shown], [every[number] for number in shown]
    columns = [one.run.engine_spec for one in runs]
    names = [name for name in every[0] if name.startswith(f"{kind}.")]
    rows = [_row(name.partition(".")[2], [one[name] for one in every]) for name in names]
    stated = [reliability(one.tallies, kind) for one in runs]
    rows += [_row("ece", [_part(one, "ece") for one in stated]), _row("auroc", [_part(one, "auroc") for one in stated])]
    kept = tuple(row for row in rows if any(cell != NONE for cell in row[1:]))
    series = len({tally.series for one in runs for tally in one.tallies})
    note = f"Only {series} series: the intervals are too narrow." if 1 < series < FEW_SERIES else ""
    return Table(HEADINGS[kind], ("", *columns), kept, note)


def took_part(scores: Scores, kind: RecordType) -> bool:
    """Whether a run predicted anything of a type, or nothing at all."""
    predicted = {one: sum(tally.counts.get(f"{one}.predicted", 0.0) for tally in scores.tallies) for one in TYPES}
    return predicted[kind] > 0 or not any(predicted.values())


def _part(found: Reliability | None, name: str) -> Figure | None:
    return getattr(found, name) if found else None


def _row(name: str, found: Sequence[Figure | None]) -> tuple[str, ...]:
    return (LABELS[name], *map(figure_text, found))


def _whole_table(columns: tuple[str, ...], runs: Sequence[Scores], every: Sequence[dict[str, Figure]]) -> Table:
    rows = [_row(name, [one[name] for one in every]) for name in OVERALL]
    usages = [usage_of(one) for one in runs]
    rows += [
        ("retold decisions, set aside", *(_sum(one, "recaps") for one in runs)),
        ("model calls", *(f"{usage.calls}" for usage in usages)),
        ("tokens in/cached/out", *(_tokens(usage) for usage in usages)),
        ("seconds a conversation", *map(_pace, runs)),
    ]
    kept = tuple(row for row in rows if any(cell not in (NONE, "0") for cell in row[1:]))
    return Table("The whole run", ("", *columns), kept)


def _tokens(usage: Usage) -> str:
    if not usage.calls:
        return NONE
    return f"{usage.input_tokens:,} / {usage.cached_tokens:,} / {usage.output_tokens:,}"


def _sum(scores: Scores, name: str) -> str:
    return f"{sum(tally.counts.get(name, 0.0) for tally in scores.tallies):.0f}"


def _pace(scores: Scores) -> str:
    seconds = usage_of(scores).seconds
    return f"{seconds / len(scores.tallies):.2f}" if seconds else NONE


def usage_of(scores: Scores) -> Usage:
    """What a run cost in all."""
    return sum((tally.usage for tally in scores.tallies), Usage())


def sweep_table(runs: Sequence[Scores]) -> Table:
    """F1 of every type at other thresholds of the matching; a score that hangs on the threshold is no result."""
    rows = []
    columns: tuple[str, ...] = ()
    for kind in TYPES:
        for one in runs:
            found = [(threshold, figure) for threshold, figure in sweep(one.tallies, kind) if figure.known]
            if found and (one is runs[0] or took_part(one, kind)):
                columns = ("F1 at a threshold of", *(f"{threshold:.1f}" for threshold, _ in found))
                label = f"{HEADINGS[kind].lower()}, {one.run.engine_spec}"
                rows.append((label, *(f"{figure.value:.2f}" for _, figure in found)))
    note = f"The headline's threshold is {runs[0].threshold:g}." if runs else ""
    return Table("Threshold of the matching", columns, tuple(rows), note)


def ceiling_table(human: Sequence[Scores]) -> Table:
    """What others reach who labelled the same conversations, and the run by the same measure."""
    rows = []
    for kind in TYPES:
        for one in human:
            found = figures(one.tallies)
            cells = [figure_text(found[f"{kind}.{name}"]) for name in ("f1", "precision", "recall")]
            cells += [_of(found.get(f"{kind}.{name}")) for name in ("status", "owner_right")]
            if any(cell != NONE for cell in cells):
                rows.append((f"{HEADINGS[kind].lower()}, {one.run.engine_spec}", *cells))
    conversations = len({tally.id.partition("#")[0] for one in human for tally in one.tallies})
    note = f"{_plural(conversations, 'conversation')} that several labelled; each reader, each pair counts."
    if human[0].basis == "text":
        note += " Matched by text alone, as their lists have no evidence."
    return Table("What other labellers reach", ("", "F1", "precision", "recall", "status", "owner"), tuple(rows), note)


def _of(figure: Figure | None) -> str:
    return NONE if figure is None or not figure.known else f"{figure.k:g}/{figure.n:g}"


def comparison_tables(comparison: Comparison, top: int) -> list[Table]:
    """Every figure that both runs have, with its paired interval; then the conversations that changed most."""
    known = [one for one in comparison.differences if not math.isnan(one.change)]
    rows = [_difference_row(one) for one in known if one.change or one.low or one.high]
    columns = ("", "first", "second", "change", "95 % interval")
    note = (
        f"Paired bootstrap over {comparison.series} series; {len(known) - len(rows)} figures did not change. Of many "
        "figures one in twenty has an interval without 0 by chance alone. Fields are those of each run's own matches."
    )
    changed = [shift for shift in comparison.shifts if shift.change or shift.matched or shift.false]
    shifts = tuple(_shift_row(shift) for shift in changed[:top])
    left = len(changed) - len(shifts)
    more = f"{left} more changed less; --top shows them." if left else ""
    tables = [Table("Figures", columns, tuple(rows), note)]
    if shifts:
        tables.append(Table("Conversations that changed most", ("", "net", "found", "false"), shifts, more))
    return tables


def _difference_row(one: Difference) -> tuple[str, ...]:
    kind, _, name = one.name.rpartition(".")
    label = f"{kind.replace('_', ' ')}s: {LABELS[name]}" if kind else LABELS[name]
    between = NONE if math.isnan(one.low) else f"{one.low:+.3f} to {one.high:+.3f}"
    return label, f"{one.first:.3f}", f"{one.second:.3f}", f"{one.change:+.3f}", between


def _shift_row(shift: Shift) -> tuple[str, ...]:
    failed = {(False, True): " (now failed)", (True, False): " (failed before)"}.get(shift.failed, "")
    return f"{shift.id}{failed}", f"{shift.change:+.0f}", _counts(shift.matched), _counts(shift.false)


def _counts(changed: Mapping[str, tuple[float, float]]) -> str:
    """``decisions 3 to 5``, for each type that changed."""
    said = [f"{kind.replace('_', ' ')}s {one:.0f} to {other:.0f}" for kind, (one, other) in changed.items()]
    return ", ".join(said) or NONE


def heading(scores: Scores) -> str:
    """What was measured on what: a line for the top of a page."""
    run = scores.run
    part = ", ".join(
        [*([f"split {run.split}"] if run.split else []), *([f"first {run.limit}"] if run.limit else [])]
        + ([f"{run.sample} drawn by chance"] if run.sample else [])
    )
    words = sum(int(tally.counts.get("words", 0)) for tally in scores.tallies)
    series = len({tally.series for tally in scores.tallies})
    done = _plural(len(scores.tallies), "conversation")
    if len(scores.tallies) < run.conversations:
        done = f"ONLY {len(scores.tallies)} of {run.conversations} conversations"
    size = f"{done}, {series} series, {words:,} words"
    engine = f"{run.engine_spec} ({run.engine.model}, {run.engine.version})"
    return f"{engine} on {run.dataset}{f' ({part})' if part else ''}: {size}"


def _plural(number: int, what: str) -> str:
    return f"{number} {what}" + ("s" if number != 1 else "")


def as_data(runs: Sequence[Scores], human: Sequence[Scores] = ()) -> dict[str, Any]:
    """The figures of every run, for programs: value, interval, k and n by name; NaN becomes null."""
    return {"runs": [_data(one) for one in runs], "people": [_data(one) for one in human]}


def _data(scores: Scores) -> dict[str, Any]:
    known = {name: figure for name, figure in figures(scores.tallies).items() if figure.known}
    return {
        "run": scores.run.model_dump(mode="json"),
        "basis": scores.basis,
        "calibration": scores.calibration,
        "threshold": scores.threshold,
        "usage": usage_of(scores).model_dump(mode="json"),
        "figures": {name: _numbers(figure) for name, figure in known.items()},
        "confidence": {kind: _stated(scores, kind) for kind in TYPES},
        "sweep": {kind: {str(at): _numbers(figure) for at, figure in sweep(scores.tallies, kind)} for kind in TYPES},
    }


def _stated(scores: Scores, kind: RecordType) -> dict[str, Any] | None:
    found = reliability(scores.tallies, kind)
    if found is None:
        return None
    return {"ece": _numbers(found.ece), "auroc": _numbers(found.auroc), "predictions": found.number}


def _numbers(figure: Figure) -> dict[str, float | None]:
    values = figure.model_dump(exclude={"name"})
    return {name: None if value is None or math.isnan(value) else round(value, 6) for name, value in values.items()}


def as_markdown(table: Table, level: int = 2) -> str:
    """A table under its heading."""
    from extractor.reports.text import markdown

    lines = [
        "#" * level + f" {table.title}",
        "",
        _markdown_row([markdown(column) for column in table.columns]),
        _markdown_row(["---"] * len(table.columns)),
    ]
    lines += [_markdown_row([markdown(cell) for cell in row]) for row in table.rows]
    return "\n".join([*lines, *(["", table.note] if table.note else [])]) + "\n"


def _markdown_row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"
