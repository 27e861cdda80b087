"""The labelled links point at records that exist, in their order, and prove themselves by words that were said."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from extractor.errors import DatasetError
from extractor.scoring.datasets import read_dataset
from extractor.scoring.labelled import conversation_of
from extractor.scoring.link_labels import KINDS, LinkLabels, read_link_labels
from extractor.scoring.validation import flaws_of, remarks_of

EVALS = Path(__file__).resolve().parents[2] / "evals"
LABELS = EVALS / "links" / "labels.json"
DATASETS = (EVALS / "examples", EVALS / "links" / "series")
Spoil = Callable[[list[dict[str, Any]]], object]


@cache
def links() -> LinkLabels:
    return read_link_labels(LABELS, DATASETS)


def test_the_series_are_without_flaws_and_remarks() -> None:
    data = read_dataset(DATASETS[1])
    assert flaws_of(data) == []
    assert remarks_of(data) == []
    assert not {row.series for row in data.rows} & {row.series for row in read_dataset(DATASETS[0]).rows}


def test_every_record_of_the_series_has_quotes_and_every_conversation_its_length() -> None:
    for row in read_dataset(DATASETS[1]).rows:
        assert row.conversation.started_at is not None
        assert 350 <= sum(len(turn.text.split()) for turn in row.conversation.turns) <= 900, row.id
        assert all(one.quote for record in row.gold.decisions for one in record.evidence), row.id


def test_quotes_stand_verbatim_in_what_an_engine_reads() -> None:
    for label in links().labels:
        for ref in (label.later, label.earlier):
            turns = conversation_of(links().conversations[ref.conversation]).turns
            assert all(one.quote in turns[one.turn].text for one in ref.evidence), label
            assert links().record(ref).text


def test_the_later_record_comes_from_a_later_conversation_of_the_same_series() -> None:
    for label in links().labels:
        later, earlier = (links().conversations[ref.conversation] for ref in (label.later, label.earlier))
        assert str(later.conversation.started_at) > str(earlier.conversation.started_at)
        assert later.series == earlier.series == label.series
        assert later.split == earlier.split == label.split


def test_there_are_enough_pairs_of_each_kind_in_both_halves() -> None:
    kinds = Counter(label.kind for label in links().labels)
    assert all(kinds[kind] >= 12 for kind in KINDS)
    assert kinds["none"] >= 35
    for kind in KINDS:
        shares = [links().counts[split, kind] / len(links().part(split)) for split in ("train", "test")]
        assert min(links().counts[split, kind] for split in ("train", "test")) >= 6, kind
        assert max(shares) <= 2 * min(shares), kind


def test_the_readme_states_the_counts() -> None:
    readme = (EVALS / "links" / "README.md").read_text(encoding="utf-8")
    for kind in KINDS:
        assert f"| `{kind}` | {links().counts['train', kind]} | {links().counts['test', kind]} |" in readme
    assert f"| all | {len(links().part('train'))} | {len(links().part('test'))} |" in readme


def test_only_what_was_open_is_answered() -> None:
    answered = [label.earlier for label in links().labels if label.kind == "answers"]
    assert all(ref.section == "open_questions" or links().record(ref).status == "deferred" for ref in answered)


@pytest.mark.parametrize(
    ("spoil", "complaint"),
    [
        (lambda rows: rows[0]["later"]["evidence"][0].update(quote="words nobody said"), "does not stand in turn"),
        (lambda rows: rows[0]["later"]["evidence"][0].update(turn=10_000), "does not stand in turn"),
        (lambda rows: rows[0]["later"].update(index=99), "there is no record"),
        (lambda rows: rows[0]["later"].update(conversation="nowhere"), "there is no conversation"),
        (lambda rows: rows[0].update(later=rows[0]["earlier"], earlier=rows[0]["later"]), "does not begin after"),
        (lambda rows: rows.append(rows[0]), "stands 2 times"),
        (lambda rows: rows[0].update(split="test"), "in both splits"),
        (lambda rows: rows[0].update(series="tarn-cards"), "belongs to the series"),
        (lambda rows: rows[0].update(kind="answers"), "nothing answers it"),
        (lambda rows: rows[0].update(kind="resembles"), "0.kind"),
        (lambda rows: rows[0].pop("why"), "0.why"),
        (lambda rows: rows.clear(), "holds no labelled link"),
    ],
)
def test_a_spoilt_label_is_refused_with_what_is_wrong(tmp_path: Path, spoil: Spoil, complaint: str) -> None:
    rows = json.loads(LABELS.read_text(encoding="utf-8"))
    spoil(rows)
    spoilt = tmp_path / "labels.json"
    spoilt.write_text(json.dumps(rows), encoding="utf-8")
    with pytest.raises(DatasetError, match=complaint) as raised:
        read_link_labels(spoilt, DATASETS)
    assert raised.value.remedy


@pytest.mark.parametrize("content", [b"", b"{}", b"[", b"\xff\xfe"])
def test_a_file_that_is_no_list_of_labels_is_refused(tmp_path: Path, content: bytes) -> None:
    broken = tmp_path / "labels.json"
    broken.write_bytes(content)
    with pytest.raises(DatasetError, match="holds no labelled links"):
        read_link_labels(broken, DATASETS)
    with pytest.raises(DatasetError, match="cannot be read"):
        read_link_labels(tmp_path / "missing.json", DATASETS)
