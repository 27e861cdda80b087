"""Raw corpora -> labelled conversations, and these -> a dataset on disk."""

from __future__ import annotations

import gzip
import io
import json
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from extractor.errors import DatasetError
from extractor.scoring.corpora import ietf, nxt, solid, tc39, w3c
from extractor.scoring.corpora.material import Converted, Material, Skipped
from extractor.scoring.corpora.registry import find
from extractor.scoring.labelled import Labelled

_CONVERTERS: Final[dict[str, Callable[[Material], Converted]]] = {
    "ami": nxt.ami,
    "icsi": nxt.icsi,
    "tc39": tc39.convert,
    "w3c": w3c.convert,
    "solid": solid.convert,
    "ietf": ietf.convert,
}


@dataclass(frozen=True)
class ConversionResult:
    """What became of raw material: conversations in the order of their ids, and what became none."""

    rows: tuple[Labelled, ...]
    skipped: tuple[Skipped, ...]

    @property
    def reasons(self) -> Counter[str]:
        """How many pieces were left out for each reason."""
        return Counter(each.reason for each in self.skipped)


def convert(name: str, path: Path) -> ConversionResult:
    """The labelled conversations of the corpus ``name`` in what was downloaded to ``path`` (a folder or a file).

    Everything that becomes no conversation is in ``skipped`` with its reason. Raises DatasetError where there is no
    such corpus, nothing at ``path``, or nothing in it that this corpus consists of.
    """
    corpus = find(name)
    material = Material(path)
    rows: dict[str, Labelled] = {}
    skipped: list[Skipped] = []
    for each in _CONVERTERS[corpus.name](material):
        if isinstance(each, Skipped):
            skipped.append(each)
        elif each.id in rows:
            skipped.append(Skipped(each.id, "there is another conversation with its id"))
        else:
            rows[each.id] = each
    skipped = [*material.skipped, *skipped]
    if not rows:
        why = f" ({skipped[0].what}: {skipped[0].reason})" if skipped else ""
        what = f"{path} holds no labelled conversation of {corpus.title}{why}."
        raise DatasetError(what, f"Download it from {corpus.remotes[0].url}.")
    return ConversionResult(tuple(rows[each] for each in sorted(rows)), tuple(skipped))


def write(rows: Iterable[Labelled], out: Path) -> None:
    """Write ``rows`` as ``.jsonl.gz`` (``.jsonl`` where ``out`` ends so): the same rows give the same bytes.

    What a row leaves unset stays unset: a field that is left out was not labelled. Raises DatasetError where the file
    cannot be written.
    """
    lines = "".join(
        json.dumps(row.model_dump(mode="json", exclude_unset=True), ensure_ascii=False, sort_keys=True) + "\n"
        for row in rows
    )
    data = lines.encode("utf-8")
    if not out.name.endswith((".jsonl", ".jsonl.gz")):
        raise DatasetError(f"{out} is no dataset by its name.", "End it in .jsonl.gz or .jsonl.")
    if out.name.endswith(".gz"):
        packed = io.BytesIO()
        with gzip.GzipFile(filename="", mode="wb", fileobj=packed, mtime=0) as file:
            file.write(data)
        data = packed.getvalue()
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_bytes(data)
    except OSError as error:
        raise DatasetError(f"{out} cannot be written: {error.strerror}.", "Name a place that can be written.") from None
