"""Corpora of minutes and threads, converted from small invented files in their real shapes."""

from __future__ import annotations

import gzip
import json
import zipfile
from pathlib import Path

import pytest

from extractor.errors import DatasetError
from extractor.scoring import corpora
from extractor.scoring.datasets import read_dataset
from extractor.scoring.labelled import Labelled

NOTES = """# 4 May, 2031 Meeting Notes

**Attendees:**
| Name      | Abbreviation | Organization |
| --------- | ------------ | ------------ |
| Ada Brook | ABR          | Mill         |
| Cleo Dorn | CDN          | Weir         |

## Opening

ABR: Good morning.

## Copper pipes for Stage 2
Presenter: Ada Brook (ABR)
- [slides](https://example.org/1)

ABR: I ask for stage 2.

More of what I wanted to say.

CDN/ABR: One question together.

(everyone nods)

### Conclusion/Resolution

- Stage 2
  - with copper
- ABR and CDN to write the text
- Reviewers: ABR

## Tin roofs

CDN: An update only:

```
## not a topic
```

### Conclusion

* Will revisit
"""

SOLID = """# Weekly

## Present
* [Ada Brook](https://example.org/#i)
* Cleo Dorn

## Announcements
### Introductions
* AB: I am new here.

## Topics

### Roofs
URL: https://example.org/2

* AB: Shall we close it?
    * ...: it is old
* CD: Yes
PROPOSAL: Close it

RESOLUTION: Close it.

#### Doors
* CD: Somebody must paint them.

ACTION: CD to paint them.
ACTION: Please review by May

### Windows
* AB: Nothing new.
"""

W3C = """---
title: Telco
---
# Telco

**Present:** Ada Brook, Cleo Dorn

**Regrets:** Egon Fall

## Content:
* TOC
{:toc}
---

### 1. Roofs
{: #section1}
<!-- issue 7 -->

**Ada Brook:** let us vote
… now

> *Cleo Dorn:* +1 to what Ada says

> **Proposed resolution: Use tin.** *(Ada Brook)*
{: .proposed_resolution}

> *Cleo Dorn:* +1

> *Egon Fall:* -1 too loud

> *Ada Brook:* 0

> **Proposed resolution: Use lead.** *(Ada Brook)*
{: .proposed_resolution}

> *Cleo Dorn:* -1

> *Egon Fall:* +0

> *Egon Fall:* +1

> ***Resolution #1: Use tin.***
{: #resolution1 .resolution}

> ***Action #1: buy the tin (Cleo Dorn)***
{: #action1 .action}

---

### 2. Resolutions
{: #res}

* [Resolution #1](#resolution1): Use tin.
"""

PAGE = """<!DOCTYPE html>
<html lang=en><head><title>Telco</title>
<link rel="stylesheet" href="https://www.w3.org/StyleSheets/scribe2/public.css"></head><body>
<header><h1>Telco</h1><h2>04 May 2031</h2></header>
<div id=attendees><h2>Attendees</h2><dl class=intro><dt>Present</dt><dd>ada, cleo</dd></dl></div>
<main id=meeting class=meeting><h2>Meeting minutes</h2>
<section><h3 id=a1>Roofs</h3>
<p id=b1 class="phone s01"><cite>ada:</cite> We should use tin.</p>
<p id=b2 class=irc><cite>&lt;ada&gt;</cite> PROPOSAL: Use tin.</p>
<p id=b3 class=irc><cite>&lt;cleo&gt;</cite> +1</p>
<p id=b4 class=resolution><strong>RESOLUTION:</strong> Use tin.</p>
</section></main></body></html>
"""

THREADS = {
    "magic": "E!vIA5L86J2I",
    "repo": "mill/weir",
    "issues": [
        {
            "number": 3,
            "title": "Tin or lead",
            "url": "https://github.com/mill/weir/issues/3",
            "state": "CLOSED",
            "author": "ada",
            "body": "Which is it?",
            "createdAt": "2031-05-04T10:00:00Z",
            "comments": [
                {"author": "cleo", "body": "Tin, please.", "createdAt": "2031-05-04T11:00:00Z"},
                {"author": "ada", "body": "Discussed at the interim: use tin.", "createdAt": "2031-05-05T11:00:00Z"},
                {"author": "cleo", "body": "Thanks!", "createdAt": "2031-05-06T11:00:00Z"},
            ],
        },
        {
            "number": 4,
            "title": "Doors",
            "url": "https://github.com/mill/weir/issues/4",
            "state": "OPEN",
            "author": "ada",
            "body": "Who paints them?",
            "createdAt": "2031-05-04T10:00:00Z",
            "comments": [],
        },
    ],
    "pulls": [],
}


def put(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return folder


def said(row: Labelled) -> list[tuple[str | None, str]]:
    return [(turn.speaker, turn.text) for turn in row.conversation.turns]


def reasons(result: corpora.ConversionResult) -> dict[str, str]:
    return {each.what: each.reason for each in result.skipped}


def test_every_corpus_says_where_it_comes_from_and_under_which_licence() -> None:
    assert [each.name for each in corpora.EVERY] == ["ami", "icsi", "tc39", "w3c", "solid", "ietf"]
    for corpus in corpora.EVERY:
        assert corpora.find(corpus.name) is corpus
        assert corpus.remotes
        assert all(remote.url.startswith("https://") for remote in corpus.remotes)
        assert corpus.licence in corpus.notice
        assert corpus.remotes[0].url in corpus.notice
        assert all((corpus.title, corpus.home, corpus.labels, corpus.trust, corpus.checked, corpus.citation))


def test_an_unknown_corpus_is_named_with_those_that_there_are() -> None:
    with pytest.raises(DatasetError, match=r"no corpus 'amy'.*ami, icsi, tc39"):
        corpora.find("amy")


def test_a_topic_of_tc39_becomes_a_conversation_with_its_conclusions(tmp_path: Path) -> None:
    result = corpora.convert("tc39", put(tmp_path, "notes/meetings/2031-05/may-4.md", NOTES))
    copper, roofs = result.rows
    assert (copper.id, copper.conversation.title) == ("tc39/tc39-2031-05-04-01", "Copper pipes for Stage 2")
    assert said(copper) == [
        ("ABR", "I ask for stage 2.\nMore of what I wanted to say."),
        ("CDN/ABR", "One question together."),
        (None, "(everyone nods)"),
    ]
    assert [record.text for record in copper.gold.decisions] == ["Stage 2\n  - with copper"]
    assert [(record.text, record.owner) for record in copper.gold.action_items] == [
        ("ABR and CDN to write the text", ("ABR", "CDN")),
        ("Reviewers: ABR", ("ABR",)),
    ]
    assert copper.complete == ("decisions",)
    assert isinstance(copper.conversation.people, dict)
    assert copper.conversation.people["CDN"] == "Cleo Dorn"
    assert reasons(result) == {"tc39/tc39-2031-05-04-00 Opening": "nothing is labelled in it"}
    assert roofs.conversation.title == "Tin roofs"


def test_a_block_of_code_that_nobody_ended_swallows_no_topic(tmp_path: Path) -> None:
    text = NOTES.replace("## Copper", "ABR: See\n```\nlet x;\n\n## Copper")
    rows = corpora.convert("tc39", put(tmp_path, "meetings/2031-05/may-4.md", text)).rows
    assert "Copper pipes for Stage 2" in [row.conversation.title for row in rows]


def test_conclusions_are_no_turns(tmp_path: Path) -> None:
    row = corpora.convert("tc39", put(tmp_path, "meetings/2031-05/may-4.md", NOTES)).rows[0]
    assert "write the text" not in str(row.conversation)


def test_a_topic_of_solid_has_its_actions_and_their_owners(tmp_path: Path) -> None:
    result = corpora.convert("solid", put(tmp_path, "meetings/2031-05-04.md", SOLID))
    roofs, doors = result.rows
    assert said(roofs) == [("AB", "Shall we close it?\n* ...: it is old"), ("CD", "Yes")]
    assert [record.text for record in roofs.gold.decisions] == ["Close it."]
    assert [(record.text, record.owner) for record in doors.gold.action_items] == [
        ("CD to paint them.", ("CD",)),
        ("Please review by May", ()),
    ]
    assert roofs.conversation.people == ("Ada Brook", "Cleo Dorn")
    assert reasons(result) == {"solid/solid-2031-05-04-02 Windows": "nothing is labelled in it"}


def test_a_list_of_action_items_belongs_to_the_topic_before_it(tmp_path: Path) -> None:
    text = "## Minutes\n\n### Roofs\n\nAB: They leak.\n\n### Action Items\n\n- Cleo to mend them\n"
    (row,) = corpora.convert("solid", put(tmp_path, "meetings/2031-05-04.md", text)).rows
    assert [(record.text, record.owner) for record in row.gold.action_items] == [("Cleo to mend them", ("Cleo",))]
    assert said(row) == [("AB", "They leak.")]


def test_a_resolution_of_w3c_has_the_votes_on_its_own_proposal(tmp_path: Path) -> None:
    (row,) = corpora.convert("w3c", put(tmp_path, "did/_minutes/2031-05-04-did.md", W3C)).rows
    assert row.id == "w3c/w3c-2031-05-04-did-01"
    assert [(record.text, record.votes) for record in row.gold.decisions] == [("Use tin.", {"+1": 1, "+0": 1, "-1": 1})]
    assert [(record.text, record.owner) for record in row.gold.action_items] == [("buy the tin", ("Cleo Dorn",))]


def test_the_last_vote_of_a_person_counts(tmp_path: Path) -> None:
    text = W3C.replace("#1: Use tin.", "#1: Use lead.")
    (row,) = corpora.convert("w3c", put(tmp_path, "_minutes/2031-05-04-did.md", text)).rows
    assert row.gold.decisions[0].votes == {"+1": 1, "-1": 1}


def test_proposals_resolutions_and_marks_are_no_turns(tmp_path: Path) -> None:
    (row,) = corpora.convert("w3c", put(tmp_path, "_minutes/2031-05-04-did.md", W3C)).rows
    assert said(row)[:2] == [("Ada Brook", "let us vote\nnow"), ("Cleo Dorn", "+1 to what Ada says")]
    everything = str(said(row))
    assert not any(mark in everything for mark in ("Use tin", "Use lead", "buy the tin", "{:", "<!--", "#resolution1"))


def test_a_page_of_scribe2_is_read_by_its_headings(tmp_path: Path) -> None:
    (row,) = corpora.convert("w3c", put(tmp_path, "vc/minutes/2031-05-04.html", PAGE)).rows
    assert row.conversation.title == "Roofs"
    assert [(record.text, record.votes) for record in row.gold.decisions] == [("Use tin.", {"+1": 1})]
    assert [text for _, text in said(row)] == ["We should use tin.", "+1"]


def test_a_thread_ends_before_the_outcome_that_somebody_states(tmp_path: Path) -> None:
    result = corpora.convert("ietf", put(tmp_path, "archive.json", json.dumps(THREADS)))
    (row,) = result.rows
    assert row.id == "ietf/mill+weir-3"
    assert said(row) == [("ada", "Which is it?"), ("cleo", "Tin, please.")]
    assert [record.text for record in row.gold.decisions] == ["Discussed at the interim: use tin."]
    assert reasons(result) == {"ietf/mill+weir-4 Doors": "no comment states an outcome"}


def test_an_archive_is_read_like_the_folder_in_it(tmp_path: Path) -> None:
    folder = put(tmp_path / "folder", "notes-main/meetings/2031-05/may-4.md", NOTES)
    packed = tmp_path / "notes.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(folder / "notes-main/meetings/2031-05/may-4.md", "notes-main/meetings/2031-05/may-4.md")
    assert corpora.convert("tc39", packed) == corpora.convert("tc39", folder)
    within = tmp_path / "downloads"
    within.mkdir(exist_ok=True)
    packed.rename(within / "notes.zip")
    assert corpora.convert("tc39", within) == corpora.convert("tc39", folder)


def test_what_cannot_be_converted_is_named_with_its_reason(tmp_path: Path) -> None:
    put(tmp_path, "meetings/2031-05/may-4.md", NOTES)
    put(tmp_path, "meetings/2031-05/may-99.md", NOTES)
    put(tmp_path, "meetings/2031-05/plans.md", NOTES)
    put(tmp_path, "broken.zip", "no zip")
    put(tmp_path, "meetings/2031-06/june-1.md", "").joinpath("meetings/2031-06/june-1.md").write_bytes(
        b"\x00\x01\x02" * 99
    )
    found = reasons(corpora.convert("tc39", tmp_path))
    assert set(found) >= {
        "broken.zip",
        "meetings/2031-05/may-99.md",
        "meetings/2031-05/plans.md",
        "meetings/2031-06/june-1.md",
    }
    assert found["meetings/2031-05/plans.md"] == "its name gives no day"


def test_the_same_conversation_twice_is_taken_once_and_said(tmp_path: Path) -> None:
    put(tmp_path, "a/meetings/2031-05/may-4.md", NOTES)
    result = corpora.convert("tc39", put(tmp_path, "b/meetings/2031-05/may-4.md", NOTES))
    assert len(result.rows) == 2
    assert result.reasons["there is another conversation with its id"] == 2


@pytest.mark.parametrize("name", ["ami", "icsi", "tc39", "w3c", "solid", "ietf"])
def test_material_that_is_not_the_corpus_is_an_error_that_says_where_it_is(tmp_path: Path, name: str) -> None:
    put(tmp_path, "letter.md", "Dear all")
    with pytest.raises(DatasetError, match=r"holds no labelled conversation of .* Download it from https://"):
        corpora.convert(name, tmp_path)


def test_nothing_at_the_path_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="There is nothing at"):
        corpora.convert("tc39", tmp_path / "nowhere")


def test_a_dataset_is_written_with_the_same_bytes_each_time_and_read_again(tmp_path: Path) -> None:
    rows = corpora.convert("tc39", put(tmp_path, "meetings/2031-05/may-4.md", NOTES)).rows
    first, second = tmp_path / "out" / "notes.jsonl.gz", tmp_path / "again.jsonl.gz"
    corpora.write(rows, first)
    corpora.write(rows, second)
    assert first.read_bytes() == second.read_bytes()
    assert first.read_bytes()[4:8] == bytes(4), "the time stands in a gzip file's bytes 4 to 7"
    assert read_dataset(first).rows == rows
    assert "status" not in gzip.decompress(first.read_bytes()).decode(), "what was not labelled stays left out"


def test_a_dataset_is_written_only_under_the_name_of_one(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match=r"End it in \.jsonl\.gz"):
        corpora.write((), tmp_path / "notes.csv")
    (tmp_path / "file").write_text("")
    with pytest.raises(DatasetError, match="cannot be written"):
        corpora.write((), tmp_path / "file" / "notes.jsonl.gz")
