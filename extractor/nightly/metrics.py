"""What a run tells monitoring: one JSON line that is appended, and OpenMetrics text that replaces the one before.

Everything in the text is a gauge: each run is a process of its own, so nothing in it counts on from run to run. As no
metric name ends in ``_total``, the node exporter's textfile collector reads it as well as an OpenMetrics parser.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, get_args

from extractor.delivery.files import append_line, replace_file
from extractor.records import LinkKind, RecordType, Usage

if TYPE_CHECKING:
    from prometheus_client.core import GaugeMetricFamily

SCHEMA_VERSION: Final = 1
_PREFIX: Final = "decisions_nightly"
_OUTCOMES: Final = ("new", "changed", "unchanged", "failed", "quarantined")


@dataclass(frozen=True)
class RunFacts:
    """One run. Moments are aware; counts are of this run, but for the last block.

    ``sources_seen`` is how many items the sources listed; the five outcomes say what became of them: ``failed`` in this
    run, or not come to in it; ``quarantined`` before it and left alone. ``usage`` has tokens as servers count them and
    the cost in dollars, None where no price is known. ``waiting``, ``overdue`` and ``unowned`` count records of the log
    at the run's end, ``index_pending`` the changes that the index has yet to take.
    """

    started: datetime
    finished: datetime
    exit_code: int
    sources_seen: int = 0
    sources_new: int = 0
    sources_changed: int = 0
    sources_unchanged: int = 0
    sources_failed: int = 0
    sources_quarantined: int = 0
    conversations: int = 0
    records_new: Mapping[RecordType, int] = field(default_factory=dict)
    revisions: int = 0
    links_suggested: Mapping[LinkKind, int] = field(default_factory=dict)
    deliveries_failed: int = 0
    usage: Usage = field(default_factory=Usage)
    waiting: int = 0
    overdue: int = 0
    unowned: int = 0
    index_pending: int = 0

    @property
    def seconds(self) -> float:
        """How long the run took; never negative, though the clock may have been set back."""
        return max((self.finished - self.started).total_seconds(), 0.0)


def json_line(facts: RunFacts) -> str:
    """The run as one line of JSON without its line break.

    ``schema_version`` 1; ``started``, ``finished`` (ISO 8601, UTC), ``seconds``, ``exit_code``; ``sources`` with
    ``seen``, ``new``, ``changed``, ``unchanged``, ``failed``, ``quarantined``; ``conversations``; ``records_new`` with
    every type; ``revisions``; ``links_suggested`` with every kind; ``deliveries_failed``; ``usage`` with ``calls``,
    ``input_tokens``, ``cached_tokens``, ``output_tokens``, ``estimated_cost`` (US dollars or null); ``log`` with
    ``waiting``, ``overdue``, ``unowned``; ``index_pending``. Every field is always there.
    """
    values: dict[str, Any] = {
        "schema_version": SCHEMA_VERSION,
        "started": _utc(facts.started),
        "finished": _utc(facts.finished),
        "seconds": round(facts.seconds, 3),
        "exit_code": facts.exit_code,
        "sources": {name: getattr(facts, f"sources_{name}") for name in ("seen", *_OUTCOMES)},
        "conversations": facts.conversations,
        "records_new": {kind: facts.records_new.get(kind, 0) for kind in get_args(RecordType)},
        "revisions": facts.revisions,
        "links_suggested": {kind: facts.links_suggested.get(kind, 0) for kind in get_args(LinkKind)},
        "deliveries_failed": facts.deliveries_failed,
        "usage": facts.usage.model_dump(exclude={"seconds"}),
        "log": {"waiting": facts.waiting, "overdue": facts.overdue, "unowned": facts.unowned},
        "index_pending": facts.index_pending,
    }
    return json.dumps(values)


def open_metrics(facts: RunFacts) -> str:
    """The run as OpenMetrics text, ``# EOF`` at its end. The cost is left out where no price is known."""
    from prometheus_client import CollectorRegistry
    from prometheus_client.openmetrics.exposition import generate_latest

    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Run(facts))
    text: bytes = generate_latest(registry)  # type: ignore[no-untyped-call]
    return text.decode("utf-8")


def write_status(facts: RunFacts, path: Path) -> None:
    """Appends the run's line to ``path``. Raises DeliveryError."""
    append_line(path, json_line(facts))


def write_metrics(facts: RunFacts, path: Path) -> None:
    """Replaces ``path`` whole by the run's metrics. Raises DeliveryError."""
    replace_file(path, open_metrics(facts))


class _Run:
    """The collector of one run."""

    def __init__(self, facts: RunFacts) -> None:
        self._facts = facts

    def collect(self) -> Iterable[GaugeMetricFamily]:
        yield from _times(self._facts)
        yield from _work(self._facts)
        yield from _standing(self._facts)


def _times(facts: RunFacts) -> Iterable[GaugeMetricFamily]:
    yield _gauge("start_timestamp_seconds", "When the last run began.", facts.started.timestamp(), "seconds")
    yield _gauge("end_timestamp_seconds", "When the last run ended.", facts.finished.timestamp(), "seconds")
    yield _gauge("duration_seconds", "How long the last run took.", facts.seconds, "seconds")
    yield _gauge(
        "exit_code", "The last run's exit code: 0 done, 1 done in part, 3 nothing could be done.", facts.exit_code
    )


def _work(facts: RunFacts) -> Iterable[GaugeMetricFamily]:
    yield _gauge("sources_seen", "Items that the sources listed.", facts.sources_seen)
    outcomes = {name: getattr(facts, f"sources_{name}") for name in _OUTCOMES}
    yield _gauges("sources", "Items by what became of them.", "outcome", outcomes)
    yield _gauge("conversations", "Conversations that were read.", facts.conversations)
    new = {kind: facts.records_new.get(kind, 0) for kind in get_args(RecordType)}
    yield _gauges("records_new", "Records that were proposed to the log.", "type", new)
    yield _gauge("revisions_suggested", "Changes suggested to records that a person touched.", facts.revisions)
    links = {kind: facts.links_suggested.get(kind, 0) for kind in get_args(LinkKind)}
    yield _gauges("links_suggested", "Links that were suggested.", "kind", links)
    yield _gauge("deliveries_failed", "Targets that did not take the digest.", facts.deliveries_failed)
    usage = facts.usage
    tokens = {"input": usage.input_tokens, "cached": usage.cached_tokens, "output": usage.output_tokens}
    yield _gauges(
        "model_tokens", "Tokens by the servers' count; cached ones are input too.", "direction", tokens, "tokens"
    )
    yield _gauge("model_calls", "Requests to a language model.", usage.calls)
    if usage.estimated_cost is not None:
        yield _gauge("model_cost_dollars", "Estimated cost in US dollars.", usage.estimated_cost, "dollars")


def _standing(facts: RunFacts) -> Iterable[GaugeMetricFamily]:
    yield _gauge("waiting_records", "Records that wait for a review.", facts.waiting, "records")
    yield _gauge("overdue_records", "Records past their due date.", facts.overdue, "records")
    yield _gauge("unowned_records", "Records without an owner.", facts.unowned, "records")
    yield _gauge("index_pending_changes", "Changes that the index has yet to take.", facts.index_pending, "changes")


def _gauge(name: str, about: str, value: float, unit: str = "") -> GaugeMetricFamily:
    from prometheus_client.core import GaugeMetricFamily

    return GaugeMetricFamily(f"{_PREFIX}_{name}", about, value=value, unit=unit)


def _gauges(name: str, about: str, label: str, values: Mapping[str, float], unit: str = "") -> GaugeMetricFamily:
    from prometheus_client.core import GaugeMetricFamily

    family = GaugeMetricFamily(f"{_PREFIX}_{name}", about, labels=[label], unit=unit)
    for key, value in values.items():
        family.add_metric([key], value)
    return family


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
