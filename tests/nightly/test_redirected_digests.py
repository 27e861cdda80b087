"""A digest that waits for an address that was wrong goes to the one that replaces it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from extractor.delivery import targets_of
from extractor.log.store import Log
from extractor.nightly.delivering import begin_digest, deliver
from extractor.plan import DigestPlan


def test_a_digest_for_a_wrong_address_goes_to_the_one_that_replaces_it(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("no folder")
    wrong = targets_of(DigestPlan(file="taken/digest.md"), tmp_path)
    right = targets_of(DigestPlan(file="digest.md"), tmp_path)
    today = dt.date(2026, 3, 4)
    with Log.open(tmp_path / "data") as log:
        with log.write() as tx:
            tx.event("record.added", "d-1")
        assert begin_digest(log, wrong, empty=False, today=today) is not None
        assert len(deliver(log, wrong, "log", [])) == 1
        assert begin_digest(log, right, empty=False, today=today) is None, "nothing has happened since"
        assert deliver(log, right, "log", []) == []
        assert (tmp_path / "digest.md").is_file()
        (tmp_path / "digest.md").unlink()
        assert deliver(log, right, "log", []) == []
        assert not (tmp_path / "digest.md").exists(), "it is told once"
