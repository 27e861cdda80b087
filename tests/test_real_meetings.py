"""The main job on real meetings, checked by a script that shares no code with what made the records."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

REPO = Path(__file__).resolve().parent.parent
SAMPLED = 4
"""Of so many meetings one is read, all of them in ``make soak``."""


def test_real_meetings_with_their_chats_give_records_whose_every_quote_is_in_the_file(decisions, shared_data, tmp_path):
    meetings = sorted((shared_data / "meetings").glob("*.[vt][tx]t"))
    if not os.environ.get("DECISIONS_SOAK"):
        some = sorted({path.name.partition(".")[0] for path in meetings})[::SAMPLED]
        meetings = [path for path in meetings if path.name.partition(".")[0] in some]
    assert meetings
    outputs = {
        "schema.json": decisions("schema"),
        "read.json": decisions("read", *meetings, "--format", "json", "--quiet"),
        "records.json": decisions("extract", *meetings, "--format", "json", "--quiet", timeout=500),
    }
    for name, done in outputs.items():
        assert (done.returncode, done.stderr) == (0, "")
        (tmp_path / name).write_text(done.stdout, encoding="utf-8")
    check = [sys.executable, str(REPO / "evals" / "check_document.py"), *(str(tmp_path / name) for name in outputs)]
    checked = subprocess.run(check, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    transcripts = [path for path in meetings if path.suffix == ".vtt"]
    assert len(json.loads(outputs["records.json"].stdout)["conversations"]) == len(transcripts)


def test_the_checking_script_finds_a_quote_that_was_tampered_with(decisions, tmp_path):
    example = REPO / "examples" / "pricing-review.vtt"
    (tmp_path / "schema.json").write_text(decisions("schema").stdout)
    (tmp_path / "read.json").write_text(decisions("read", example, "--format", "json").stdout, encoding="utf-8")
    document = json.loads(decisions("extract", example, "--format", "json").stdout)
    document["conversations"][0]["decisions"][0]["evidence"][0]["quote"] += "!"
    (tmp_path / "records.json").write_text(json.dumps(document))
    names = ("schema.json", "read.json", "records.json")
    check = [sys.executable, str(REPO / "evals" / "check_document.py"), *(str(tmp_path / name) for name in names)]
    assert subprocess.run(check, capture_output=True, check=False).returncode == 4
