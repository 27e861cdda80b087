"""The judge that needs no model: what it sees in a pair, what it suggests, what it can never suggest."""

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from linked import decision, question, task

from extractor.embedding import load_embedder
from extractor.errors import ModelError
from extractor.linking import by_features
from extractor.linking.by_features import CLASSES, FeatureJudge, chosen, load_weights, proof
from extractor.linking.features import NAMES, pairs
from extractor.linking.sides import KINDS, Judged, Quote, Side, possible

MADE = {"decision": decision, "action_item": task, "open_question": question}


def judged(new: Side, *earlier: Side) -> list[Judged]:
    vectors = load_embedder().embed([side.text for side in (new, *earlier)])
    return FeatureJudge().judge(new, earlier, [float(vectors[0] @ vector) for vector in vectors[1:]])


def seen(new: Side, earlier: Side, cosine: float = 0.5) -> dict[str, float]:
    (row,) = pairs(new, [earlier], [cosine])
    return dict(zip(NAMES, row.tolist(), strict=True))


# What it suggests.


UNLIKE = (
    decision("The spring concert is held in the old chapel.", 1, series="Choir", quotes=()),
    task("Mend the clasp of the accordion case.", 1, series="Choir", quotes=()),
    question("Who feeds the cat in August?", 1, series="House", quotes=()),
)


def test_a_choice_that_is_said_again_is_found_among_others():
    (link,) = judged(decision("The hall gets blue tiles.", 3), *UNLIKE, decision("The hall gets blue tiles.", 1))
    assert link.kind == "duplicates"
    assert link.earlier.text == "The hall gets blue tiles."


def test_a_choice_that_settles_a_question_is_linked_to_it():
    asked = question("Which tiles does the hall get, blue or grey?", 1)
    (link,) = judged(decision("The hall gets the grey tiles.", 3), *UNLIKE, asked)
    assert (link.earlier, link.kind) == (asked, "answers")


def test_a_choice_that_changes_an_earlier_one_is_linked_to_it():
    old = decision("The hall gets blue tiles from Harmen.", 1)
    (link,) = judged(decision("The hall gets grey tiles instead of the blue ones from Harmen.", 3), *UNLIKE, old)
    assert link.earlier == old


def test_records_that_have_nothing_to_do_with_each_other_are_not_linked():
    assert judged(decision("The hall gets blue tiles.", 3), *UNLIKE) == []


def test_without_earlier_records_there_is_no_link():
    assert FeatureJudge().judge(decision("The hall gets blue tiles.", 3), [], []) == []


def test_the_same_records_give_the_same_links():
    new, old = decision("The hall gets grey tiles instead.", 3), decision("The hall gets blue tiles.", 1)
    assert judged(new, *UNLIKE, old) == judged(new, *UNLIKE, old)


def test_a_judge_without_a_model_sends_nothing_anywhere_and_costs_nothing():
    judge = FeatureJudge()
    assert (judge.name, judge.leaves_machine, judge.destination, judge.usage.calls) == ("features", False, None, 0)
    assert judge.version == load_weights().version


SIDES = st.builds(
    lambda make, text, number, status: make(text, number, status=status),
    st.sampled_from(list(MADE.values())),
    st.text(alphabet="abc 12.,not\n", max_size=40),
    st.integers(1, 3),
    st.sampled_from([None, "decided", "deferred", "reversed"]),
)


@given(SIDES, st.lists(st.tuples(SIDES, st.floats(-1, 1)), max_size=8))
def test_whatever_the_records_say_only_possible_links_are_suggested(new, earlier):
    sides = [side for side, _ in earlier]
    for link in FeatureJudge().judge(new, sides, [cosine for _, cosine in earlier]):
        assert link.kind in possible(new, link.earlier)
        assert 0.0 < link.confidence <= 1.0
        assert (link.from_quote, link.to_quote) == (0, 0)


# How it chooses.


def row(**chances: float) -> Any:
    values = [chances.get(one, 0.0) for one in CLASSES]
    return np.array([1.0 - sum(values), *values[1:]])


def test_a_pair_that_is_not_likely_linked_is_not_suggested_however_sure_its_kind():
    assert chosen(row(supersedes=0.4), 0.5, {"supersedes": 0.3}) is None


def test_the_likeliest_kind_that_is_sure_enough_is_suggested():
    assert chosen(row(supersedes=0.4, duplicates=0.3), 0.5, {"supersedes": 0.35, "duplicates": 0.2}) == (
        "supersedes",
        0.4,
    )


def test_a_linked_pair_whose_kind_is_not_sure_relates_with_the_probability_of_any_link():
    kind, confidence = chosen(row(supersedes=0.4, contradicts=0.4), 0.5, {"supersedes": 0.5}) or ("", 0.0)
    assert (kind, round(confidence, 6)) == ("relates", 0.8)


def test_what_can_be_none_but_none_has_the_probability_of_none():
    allowed = np.zeros((1, len(CLASSES)), bool)
    allowed[:, 0] = True
    chances = load_weights().probabilities(np.zeros((1, len(NAMES))), allowed)
    assert chances.tolist() == [[1.0, *[0.0] * len(KINDS)]]


# What it sees.


@given(SIDES, st.lists(st.tuples(SIDES, st.floats(-1, 1)), min_size=1, max_size=5))
def test_every_feature_lies_between_nothing_and_one(new, earlier):
    found = pairs(new, [side for side, _ in earlier], [cosine for _, cosine in earlier])
    assert found.shape == (len(earlier), len(NAMES))
    assert np.isfinite(found).all()
    assert (found >= 0).all()
    assert (found <= 1).all()


@pytest.mark.parametrize(
    ("new", "earlier", "differ"),
    [
        ("Kept for 30 days.", "Kept for 14 days.", 1.0),
        ("Kept for three days.", "Kept for 3 days.", 0.0),
        ("It costs 1,000 euros.", "It costs 1000 euros.", 0.0),
        ("We meet on Monday.", "We meet on Friday.", 1.0),
        ("We meet on Monday.", "We meet.", 0.0),
        ("The tiles are grey.", "The tiles are blue.", 0.0),
    ],
)
def test_values_that_differ_are_seen(new, earlier, differ):
    assert seen(decision(new, 2), decision(earlier, 1))["values_differ"] == differ


def test_a_no_on_one_side_only_is_seen():
    assert seen(decision("We do not tile.", 2), decision("We tile.", 1))["negation_differs"] == 1.0
    assert seen(decision("We don't tile.", 2), decision("We never tile.", 1))["negation_differs"] == 0.0


@pytest.mark.parametrize(
    ("words", "cue"),
    [("Grey instead.", "change"), ("We changed our minds.", "change"), ("As agreed.", "again"), ("Shipped.", "done")],
)
def test_words_that_say_how_it_stands_to_earlier_ones_are_seen_also_in_quotes(words, cue):
    earlier = decision("The hall gets blue tiles.", 1)
    assert seen(decision(words, 2, quotes=()), earlier)[cue] == 1.0
    assert seen(decision("Tiles.", 2, quotes=(Quote("accepted", None, words),)), earlier)[cue] == 1.0
    assert seen(decision("Tiles.", 2, quotes=()), earlier)[cue] == 0.0


def test_people_are_the_same_whatever_the_case_of_their_names():
    one, other = decision("a", 2, owners=("ANNA berg",)), decision("b", 1, owners=("Anna Berg", "Ben"))
    assert seen(one, other)["same_owners"] == 1.0
    assert seen(one, decision("b", 1, owners=("Ben",)))["other_owners"] == 1.0
    assert seen(one, decision("b", 1))["other_owners"] == 0.0


# What it shows as proof.


def test_the_quote_that_shares_most_words_with_the_other_side_is_the_proof():
    new = decision("Grey.", 2, quotes=(Quote("accepted", "Ben", "Yes."), Quote("proposed", None, "Grey hall tiles.")))
    assert proof(new, decision("The hall gets blue tiles.", 1)) == (1, 0)


def test_of_equal_quotes_the_one_that_settles_is_the_proof():
    new = decision("Grey.", 2, quotes=(Quote("raised", None, "Tiles."), Quote("accepted", None, "Tiles.")))
    assert proof(new, decision("Blue tiles.", 1, quotes=())) == (1, None)


# What it was fitted to.


def test_weights_for_other_features_are_refused(monkeypatch, tmp_path):
    shipped = json.loads((by_features.files("extractor.linking") / "weights.json").read_text(encoding="utf-8"))
    (tmp_path / "weights.json").write_text(json.dumps(shipped | {"features": ["cosine"]}), encoding="utf-8")
    monkeypatch.setattr(by_features, "files", lambda package: tmp_path)
    with pytest.raises(ModelError, match="missing or damaged"):
        load_weights.__wrapped__()


def test_the_weights_have_a_row_for_every_class_and_a_column_for_every_feature():
    weights = load_weights()
    assert weights.coefficients.shape == (len(CLASSES), len(NAMES))
    assert 0 < weights.linked < 1
    assert set(weights.thresholds) <= set(KINDS) - {"relates"}
