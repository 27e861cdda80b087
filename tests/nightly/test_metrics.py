from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from prometheus_client.openmetrics.parser import text_string_to_metric_families
from prometheus_client.parser import text_string_to_metric_families as classic_families

from extractor.errors import DeliveryError
from extractor.nightly.metrics import RunFacts, json_line, open_metrics, write_metrics, write_status
from extractor.records import Usage

BEGAN = dt.datetime(2026, 3, 12, 3, 30, tzinfo=dt.timezone(dt.timedelta(hours=1)))


def facts(**values: Any) -> RunFacts:
    given: dict[str, Any] = {
        "started": BEGAN,
        "finished": BEGAN + dt.timedelta(seconds=71.5),
        "exit_code": 1,
        "sources_seen": 60,
        "sources_new": 3,
        "sources_changed": 2,
        "sources_unchanged": 53,
        "sources_failed": 1,
        "sources_quarantined": 1,
        "conversations": 5,
        "records_new": {"decision": 7, "action_item": 4},
        "revisions": 2,
        "links_suggested": {"supersedes": 1},
        "deliveries_failed": 1,
        "usage": Usage(calls=5, input_tokens=1000, cached_tokens=400, output_tokens=90, estimated_cost=0.25),
        "waiting": 12,
        "overdue": 3,
        "unowned": 4,
        "index_pending": 6,
    }
    return RunFacts(**{**given, **values})


def samples(text: str) -> dict[str, float]:
    """``name{label}`` to its value, as the reference parser of OpenMetrics reads them."""
    found = {}
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            found["/".join([sample.name, *sample.labels.values()])] = sample.value
    return found


def test_every_fact_is_in_the_metrics():
    found = samples(open_metrics(facts()))
    name = "decisions_nightly_"
    expected = {
        "start_timestamp_seconds": BEGAN.timestamp(),
        "end_timestamp_seconds": BEGAN.timestamp() + 71.5,
        "duration_seconds": 71.5,
        "exit_code": 1,
        "sources_seen": 60,
        "sources/new": 3,
        "sources/changed": 2,
        "sources/unchanged": 53,
        "sources/failed": 1,
        "sources/quarantined": 1,
        "conversations": 5,
        "records_new/decision": 7,
        "records_new/action_item": 4,
        "records_new/open_question": 0,
        "revisions_suggested": 2,
        "links_suggested/supersedes": 1,
        "links_suggested/answers": 0,
        "deliveries_failed": 1,
        "model_tokens/input": 1000,
        "model_tokens/cached": 400,
        "model_tokens/output": 90,
        "model_calls": 5,
        "model_cost_dollars": 0.25,
        "waiting_records": 12,
        "overdue_records": 3,
        "unowned_records": 4,
        "index_pending_changes": 6,
    }
    assert {key: found[name + key] for key in expected} == expected


def test_every_metric_says_its_type_what_it_means_and_its_unit():
    for family in text_string_to_metric_families(open_metrics(facts())):
        assert family.name.startswith("decisions_nightly_")
        assert family.type == "gauge"
        assert family.documentation.endswith(".")
        assert family.name.endswith(family.unit)
        assert bool(family.unit) == family.name.endswith(("_seconds", "_tokens", "_dollars", "_records", "_changes"))


def test_the_text_ends_as_openmetrics_must():
    assert open_metrics(facts()).endswith("# EOF\n")


def test_the_classic_parser_reads_the_same_values():
    text = open_metrics(facts())
    classic = [sample for family in classic_families(text) for sample in family.samples]
    assert {"/".join([one.name, *one.labels.values()]): one.value for one in classic} == samples(text)


def test_an_unknown_cost_is_left_out_and_not_zero():
    assert "cost" not in open_metrics(facts(usage=Usage()))
    assert json.loads(json_line(facts(usage=Usage())))["usage"]["estimated_cost"] is None


def test_the_line_has_every_field_also_of_a_run_that_did_nothing():
    full, empty = (json.loads(json_line(one)) for one in (facts(), RunFacts(BEGAN, BEGAN, 3)))
    assert full.keys() == empty.keys()
    for key, value in full.items():
        if isinstance(value, dict):
            assert value.keys() == empty[key].keys()
    assert empty["exit_code"] == 3
    assert full["started"] == "2026-03-12T02:30:00Z"
    assert full["seconds"] == 71.5
    assert full["sources"] == {"seen": 60, "new": 3, "changed": 2, "unchanged": 53, "failed": 1, "quarantined": 1}
    assert full["records_new"] == {"decision": 7, "action_item": 4, "open_question": 0}
    assert full["log"] == {"waiting": 12, "overdue": 3, "unowned": 4}


def test_a_clock_that_was_set_back_makes_no_negative_duration():
    assert facts(finished=BEGAN - dt.timedelta(hours=1)).seconds == 0


def test_each_run_adds_a_line_and_replaces_the_metrics(tmp_path: Path):
    status, metrics = tmp_path / "runs.jsonl", tmp_path / "out" / "decisions.prom"
    for code in (0, 1):
        write_status(facts(exit_code=code), status)
        write_metrics(facts(exit_code=code), metrics)
    assert [json.loads(line)["exit_code"] for line in status.read_text().splitlines()] == [0, 1]
    assert samples(metrics.read_text())["decisions_nightly_exit_code"] == 1
    assert [path.name for path in metrics.parent.iterdir()] == ["decisions.prom"]


def test_metrics_that_cannot_be_written_are_a_typed_error(tmp_path: Path):
    (tmp_path / "decisions.prom").mkdir()
    with pytest.raises(DeliveryError, match="cannot be written"):
        write_metrics(facts(), tmp_path / "decisions.prom")
