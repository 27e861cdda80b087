"""What the tests of the readers share: sources written to disk and read back, and the real files where they are."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from checks import assert_reasons_known

from extractor.sources import Reading, read_source

FIXTURES = Path(__file__).parent / "fixtures"


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Reading]:
    """Write ``content`` to a file called ``name`` and read it."""

    def read_content(content: str | bytes, name: str = "meeting.vtt", **options: object) -> Reading:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        reading = read_source(str(path), **options)  # type: ignore[arg-type]
        assert_reasons_known(reading)
        return reading

    return read_content


@pytest.fixture
def read_fixture() -> Callable[[str], Reading]:
    return lambda name: read_source(str(FIXTURES / name))


@pytest.fixture(scope="session")
def real_files() -> Path:
    """The folder of real files, which are not part of the repository."""
    default = Path(__file__).resolve().parents[3] / "shared" / "data"
    folder = Path(os.environ.get("DECISIONS_TEST_DATA", default))
    if not folder.is_dir():
        pytest.skip(f"the real files are not here: {folder}")
    return folder
