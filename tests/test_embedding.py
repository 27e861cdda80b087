"""The shipped embedder: what its vectors promise, and which files it refuses."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from extractor import embedding
from extractor.embedding import MINILM_FOLDER, MiniLM, load_embedder
from extractor.errors import ModelError

TEXTS = [
    "We decided to move the launch to the second week of May.",
    "Yes.",
    "Anna will send the revised budget to the board by Friday.",
    "It is still open whether the old customers keep their price, and nobody has asked the legal department so far.",
]


@pytest.fixture(scope="module")
def model() -> MiniLM:
    return MiniLM(threads=2)


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    for name in ("model.onnx", "tokenizer.json", "MANIFEST.json"):
        shutil.copyfile(MINILM_FOLDER / name, tmp_path / name)
    return tmp_path


def similarity(model: MiniLM, one: str, other: str) -> float:
    first, second = model.embed([one, other])
    return float(first @ second)


def test_importing_the_module_loads_no_model_library() -> None:
    code = "import sys, extractor.embedding; print({'numpy', 'onnxruntime', 'tokenizers'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_vectors_are_float32_rows_of_length_one(model: MiniLM) -> None:
    vectors = model.embed(TEXTS)
    assert vectors.dtype == np.float32
    assert vectors.shape == (len(TEXTS), model.dimension) == (4, 384)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, rtol=1e-5)


def test_no_texts_give_no_rows(model: MiniLM) -> None:
    assert model.embed([]).shape == (0, 384)
    assert model.embed([]).dtype == np.float32
    assert model.count_tokens([]) == []


def test_vectors_come_in_the_order_of_the_texts(model: MiniLM) -> None:
    np.testing.assert_array_equal(model.embed(TEXTS[::-1]), model.embed(TEXTS)[::-1])


def test_repeated_texts_get_the_same_vector_in_each_place(model: MiniLM) -> None:
    vectors = model.embed([TEXTS[0], TEXTS[1], TEXTS[0], TEXTS[0]])
    np.testing.assert_array_equal(vectors[[0, 2, 3]], model.embed([TEXTS[0]] * 3))
    assert not np.array_equal(vectors[0], vectors[1])


def test_repeated_texts_are_computed_once(model: MiniLM, monkeypatch: pytest.MonkeyPatch) -> None:
    computed: list[int] = []
    one_vector = model._vector
    monkeypatch.setattr(model, "_vector", lambda ids: computed.append(len(ids)) or one_vector(ids))
    model.embed(["again", "and", "again", "again"])
    assert len(computed) == 2


def test_the_same_input_gives_the_same_bytes(model: MiniLM) -> None:
    assert model.embed(TEXTS).tobytes() == model.embed(TEXTS).tobytes()
    assert MiniLM(threads=2).embed(TEXTS).tobytes() == model.embed(TEXTS).tobytes()


def test_a_vector_does_not_depend_on_the_other_texts(model: MiniLM) -> None:
    together = model.embed(TEXTS)
    for text, vector in zip(TEXTS, together, strict=True):
        assert model.embed([text])[0].tobytes() == vector.tobytes()


def test_the_number_of_threads_does_not_change_the_bytes(model: MiniLM) -> None:
    texts = [f"{text} {number}" for number in range(10) for text in TEXTS]
    assert MiniLM(threads=1).embed(texts).tobytes() == model.embed(texts).tobytes()


@pytest.mark.parametrize(
    ("anchor", "near", "far"),
    [
        ("We decided to postpone the launch.", "The release was moved to a later date.", "The cat sleeps on the sofa."),
        ("Anna will send the budget.", "The budget gets sent by Anna.", "It rained all weekend in the mountains."),
        ("Who pays for the audit?", "It is open who covers the cost of the audit.", "We bought new chairs."),
        ("We chose Postgres as our database.", "The team picked PostgreSQL.", "Marketing wants a new logo."),
    ],
)
def test_a_paraphrase_is_nearer_than_an_unrelated_sentence(model: MiniLM, anchor: str, near: str, far: str) -> None:
    assert similarity(model, anchor, near) > similarity(model, anchor, far) + 0.2


def test_text_beyond_the_limit_is_ignored(model: MiniLM) -> None:
    long = "budget " * 2000
    assert model.count_tokens([long]) == [2002]
    np.testing.assert_array_equal(model.embed([long]), model.embed(["budget " * (model.max_tokens - 2)]))


def test_text_after_the_tokenizer_files_own_limit_of_128_counts(model: MiniLM) -> None:
    start = "budget " * 150
    assert not np.array_equal(model.embed([start]), model.embed([start + "postponed"]))


def test_tokens_are_counted_with_the_special_ones_and_without_padding(model: MiniLM) -> None:
    assert model.count_tokens(["", "hello world", "hello " * 300]) == [2, 4, 302]


@pytest.mark.parametrize("text", ["", "   ", "\n", "\x00", "\ud83d", "🙂", "会議で決定した", "a" * 10_000])
def test_odd_text_gets_a_finite_vector(model: MiniLM, text: str) -> None:
    assert model.count_tokens([text])[0] >= 2
    vector = model.embed([text])[0]
    assert np.isfinite(vector).all()
    assert np.linalg.norm(vector) == pytest.approx(1.0, rel=1e-5)


def test_the_name_states_the_model_and_its_hash(model: MiniLM) -> None:
    manifest = json.loads((MINILM_FOLDER / "MANIFEST.json").read_text())
    assert model.name == f"all-minilm-l6-v2-{manifest['files']['model.onnx'][:8]}"
    assert re.fullmatch(r"[a-z0-9-]+", model.name)


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json"])
def test_a_changed_model_file_is_refused(copied: Path, name: str) -> None:
    content = bytearray((copied / name).read_bytes())
    content[len(content) // 2] ^= 1
    (copied / name).write_bytes(content)
    with pytest.raises(ModelError, match=f"{name} is not the file"):
        MiniLM(folder=copied)


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json", "MANIFEST.json"])
def test_a_missing_model_file_is_refused(copied: Path, name: str) -> None:
    (copied / name).unlink()
    with pytest.raises(ModelError, match=name):
        MiniLM(folder=copied)


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"files": {}}', '{"files": 3}', "null", "\x00"])
def test_a_manifest_without_the_expected_entries_is_refused(copied: Path, content: str) -> None:
    (copied / "MANIFEST.json").write_text(content)
    with pytest.raises(ModelError, match=r"MANIFEST\.json is not a manifest"):
        MiniLM(folder=copied)


def test_a_manifest_that_names_other_things_in_place_of_files_is_refused(copied: Path) -> None:
    manifest = {"name": "m", "dimension": 384, "max_tokens": 256, "files": 3}
    (copied / "MANIFEST.json").write_text(json.dumps(manifest))
    with pytest.raises(ModelError, match="is not a manifest"):
        MiniLM(folder=copied)


def test_an_unchanged_copy_gives_the_same_vectors(copied: Path, model: MiniLM) -> None:
    assert MiniLM(folder=copied, threads=1).embed(TEXTS[:1]).tobytes() == model.embed(TEXTS[:1]).tobytes()


def test_fewer_than_one_thread_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        MiniLM(threads=0)


def test_the_shipped_embedder_is_loaded_once() -> None:
    assert load_embedder(threads=1) is load_embedder(threads=1)
    assert embedding.load_embedder(threads=1).name == load_embedder(threads=1).name
