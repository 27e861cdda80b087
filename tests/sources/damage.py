"""What the tests of the readers of JSON share: lines somebody could write, and exports with a wrong value in them."""

from __future__ import annotations

import copy
import io
import tarfile
import zipfile
from collections.abc import Iterator
from typing import Any

from checks import assert_accounted
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from extractor.errors import SourceError
from extractor.sources import Blob, Bundle, BundleFormat, Format, Reading

WRONG = (None, True, -1, 1e308, 10**30, "", " ", "\ud800", [], {}, [[]], [None, 7], {"a": 0}, "99", "2026-99-99T00:00")

quick = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
words = st.text(st.characters(codec="utf-8", categories=("L", "N", "Zs", "So")), min_size=1, max_size=30).map(
    lambda text: " ".join(text.split())
)
lines = words.filter(bool)


def damaged(document: Any) -> st.SearchStrategy[Any]:
    """``document`` with up to three of its values replaced by others, or left out."""
    places = list(_places(document, ()))
    change = st.tuples(st.sampled_from(places), st.sampled_from((*WRONG, "left out")))
    return st.lists(change, min_size=1, max_size=3).map(lambda changes: _changed(document, changes))


def _places(value: Any, path: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in inner:
        yield (*path, key)
        yield from _places(each, (*path, key))


def _changed(document: Any, changes: list[tuple[tuple[Any, ...], Any]]) -> Any:
    document = copy.deepcopy(document)
    for path, wrong in changes:
        holder = document
        try:
            for key in path[:-1]:
                holder = holder[key]
            if wrong == "left out" and isinstance(holder, dict):
                del holder[path[-1]]
            else:
                holder[path[-1]] = copy.deepcopy(wrong)
        except (KeyError, IndexError, TypeError):
            continue
    return document


def assert_read_or_refused(known: Format | BundleFormat, source: Blob | Bundle) -> None:
    """Reading gives an account that adds up, or an error of two sentences; ``fits`` never raises."""
    assert 0 <= known.fits(source) <= 1  # type: ignore[arg-type]
    reading: Reading | None = None
    refusal = ""
    try:
        reading = known.read(source)  # type: ignore[arg-type]
    except SourceError as error:
        refusal = str(error)
    if reading is None:
        assert refusal.count(". ") >= 1
        assert refusal.endswith(".")
    else:
        assert reading.conversations
        assert_accounted(reading)


def zipped(files: dict[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def tarred(files: dict[str, str | bytes], mode: Any = "w:gz") -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=mode) as archive:
        for name, content in files.items():
            data = content.encode() if isinstance(content, str) else content
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return buffer.getvalue()


def bundle(files: dict[str, str]) -> Bundle:
    return Bundle("export", tuple(sorted(files)), lambda name: files[name].encode("utf-8", "surrogatepass"))
