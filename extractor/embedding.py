"""Text to vectors, offline: all-MiniLM-L6-v2 on onnxruntime, from model files shipped with the package.

onnxruntime and tokenizers are imported when a model is loaded, so importing this module costs next to nothing.
"""

from __future__ import annotations

import functools
import hashlib
import json
import os
import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from extractor.errors import ModelError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MINILM_FOLDER = Path(__file__).parent / "weights" / "minilm"
MODEL_FILE = "model.onnx"
TOKENIZER_FILE = "tokenizer.json"
MANIFEST_FILE = "MANIFEST.json"
REMEDY = "Reinstall the package; in a checkout, restore the folder from version control."


class Embedder(Protocol):
    """What turns texts into vectors. Vectors of embedders with different names must never be compared."""

    @property
    def name(self) -> str:
        """Model name and the first 8 hex digits of the model file's sha256, of ``[a-z0-9-]`` only."""

    @property
    def dimension(self) -> int:
        """Length of a vector."""

    @property
    def max_tokens(self) -> int:
        """Tokens of a text that count, special tokens included; what comes after them is ignored."""

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of the texts: shape (number of texts, dimension), in their order, each of length 1."""

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text, special tokens included, not cut at ``max_tokens``."""


class MiniLM:
    """all-MiniLM-L6-v2, quantised to int8: 384 dimensions, 256 tokens, English.

    Each text goes through the network by itself. The network is quantised dynamically, one scale for a whole tensor,
    so in a batch a text's vector would depend on its neighbours: on 803 sentences, batches of 32 gave cosines down to
    0.978 to the vector of the same text alone, as far off as int8 is from fp32. Alone, a text has one vector, whatever
    is embedded with it and on however many threads; batches would be about a fifth faster.
    """

    def __init__(self, folder: Path | None = None, threads: int | None = None) -> None:
        """Load and verify the model.

        Args:
            folder: holds ``model.onnx``, ``tokenizer.json`` and ``MANIFEST.json``; the shipped one when not given.
            threads: texts embedded at the same time; the processors this process may use when not given.

        Raises:
            ModelError: a file is missing, unreadable, or not the one that the manifest names.
            ValueError: ``threads`` is less than 1.
        """
        if threads is not None and threads < 1:
            raise ValueError(f"threads must be at least 1, not {threads}")
        folder = MINILM_FOLDER if folder is None else folder
        manifest = _manifest(folder)
        model = _verified(folder, MODEL_FILE, manifest)
        tokenizer = _verified(folder, TOKENIZER_FILE, manifest).decode("utf-8")
        self.threads = threads or _processors()
        self.dimension = int(manifest["dimension"])
        self.max_tokens = int(manifest["max_tokens"])
        self.name = _identifier(str(manifest["name"]), str(manifest["files"][MODEL_FILE]))
        self._session = _session(model)
        self._counter = _tokenizer(tokenizer)
        self._tokenizer = _tokenizer(tokenizer)
        self._tokenizer.enable_truncation(self.max_tokens)

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of the texts, float32 of shape (number of texts, 384), in their order, each of length 1.

        A text of more than 256 tokens is cut there; an empty one has a vector too, that of the special tokens. Equal
        texts are computed once.
        """
        import numpy as np

        position = {text: index for index, text in enumerate(dict.fromkeys(texts))}
        if not position:
            return np.zeros((0, self.dimension), np.float32)
        tokens = [encoding.ids for encoding in self._tokenizer.encode_batch_fast([_encodable(t) for t in position])]
        if self.threads == 1 or len(tokens) == 1:
            vectors = [self._vector(ids) for ids in tokens]
        else:
            with ThreadPoolExecutor(min(self.threads, len(tokens))) as pool:
                vectors = list(pool.map(self._vector, tokens))
        return np.stack(vectors)[[position[text] for text in texts]]

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Wordpieces of each text, [CLS] and [SEP] included, not cut at 256."""
        return [len(encoding.ids) for encoding in self._counter.encode_batch_fast([_encodable(t) for t in texts])]

    def _vector(self, ids: list[int]) -> NDArray[np.float32]:
        import numpy as np

        inputs = np.array([ids], np.int64)
        (hidden,) = self._session.run(None, {"input_ids": inputs, "attention_mask": np.ones_like(inputs)})
        mean: NDArray[np.float32] = hidden[0].mean(axis=0, dtype=np.float32)
        return mean / np.linalg.norm(mean)


@functools.lru_cache(maxsize=4)
def load_embedder(threads: int | None = None) -> Embedder:
    """The shipped embedder, loaded once for each number of threads. Raises ModelError as ``MiniLM`` does."""
    return MiniLM(threads=threads)


def _manifest(folder: Path) -> dict[str, Any]:
    path = folder / MANIFEST_FILE
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
        names = {MODEL_FILE, TOKENIZER_FILE}
        if not {"name", "dimension", "max_tokens"} <= manifest.keys() or not names <= manifest["files"].keys():
            raise ValueError("entries are missing")
    except OSError as error:
        raise ModelError(f"The embedding model has no readable {path}.", REMEDY) from error
    except (ValueError, KeyError, AttributeError) as error:
        raise ModelError(f"{path} is not a manifest of an embedding model.", REMEDY) from error
    return dict(manifest)


def _verified(folder: Path, name: str, manifest: dict[str, Any]) -> bytes:
    """A file's bytes, hashed as read, so that what was checked is what is loaded."""
    path = folder / name
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ModelError(f"The embedding model has no readable {path}.", REMEDY) from error
    if hashlib.sha256(content).hexdigest() != manifest["files"][name]:
        raise ModelError(f"{path} is not the file that {MANIFEST_FILE} names: its sha256 differs.", REMEDY)
    return content


def _identifier(name: str, digest: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") + "-" + digest[:8]


def _session(model: bytes) -> Any:
    """A session that runs each call on the caller's thread: calls run side by side instead, see ``MiniLM.embed``."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.use_deterministic_compute = True
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def _tokenizer(definition: str) -> Any:
    """The tokenizer without the truncation and the fixed padding, both to 128, that its file asks for."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_str(definition)
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def _encodable(text: str) -> str:
    """The text with lone surrogates, which have no UTF-8 form, replaced; the tokenizer refuses them."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
