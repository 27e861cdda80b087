"""AMI and ICSI from small invented files in the shape of the NITE XML Toolkit."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor.errors import DatasetError
from extractor.scoring import corpora

NITE = 'xmlns:nite="http://nite.sourceforge.net/"'
HEAD = '<?xml version="1.0" encoding="ISO-8859-1" standalone="yes"?>\n'

AMI = {
    "corpusResources/meetings.xml": f"""<nite:root {NITE}><meeting observation="ES2003a">
<speaker nxt_agent="A" role="PM" global_name="X1"/><speaker nxt_agent="B" role="UI" global_name="X2"/>
</meeting></nite:root>""",
    "ontologies/da-types.xml": f"""<da-type nite:id="root" name="da-type" {NITE}>
<da-type nite:id="ami_da_4" name="inf"/></da-type>""",
    "words/ES2003a.A.words.xml": f"""<nite:root nite:id="w" {NITE}>
<w nite:id="ES2003a.A.words0" starttime="3.0" endtime="3.2">Caf\u00e9</w>
<w nite:id="ES2003a.A.words1" starttime="3.2" endtime="3.2" punc="true">,</w>
<vocalsound nite:id="ES2003a.A.words2" starttime="3.2" endtime="3.4" type="laugh"/>
<w nite:id="ES2003a.A.words3" starttime="3.4" endtime="3.9">well</w>
<disfmarker nite:id="ES2003a.A.words4" starttime="3.9" endtime="3.9"/>
<vocalsound nite:id="ES2003a.A.words5" starttime="9.0" endtime="9.4" type="cough"/>
</nite:root>""",
    "words/ES2003a.B.words.xml": f"""<nite:root nite:id="w" {NITE}>
<w nite:id="ES2003a.B.words0" starttime="1.0" endtime="1.5">Green</w>
<w nite:id="ES2003a.B.words1" starttime="1.5" endtime="1.5" punc="true">.</w></nite:root>""",
    "dialogueActs/ES2003a.A.dialog-act.xml": f"""<nite:root nite:id="d" {NITE}>
<dact nite:id="a1"><nite:pointer role="da-aspect" href="da-types.xml#id(ami_da_4)"/>
<nite:child href="ES2003a.A.words.xml#id(ES2003a.A.words0)..id(ES2003a.A.words4)"/></dact>
<dact nite:id="a2"><nite:child href="ES2003a.A.words.xml#id(ES2003a.A.words5)"/></dact></nite:root>""",
    "dialogueActs/ES2003a.B.dialog-act.xml": f"""<nite:root nite:id="d" {NITE}>
<dact nite:id="b1"><nite:child href="ES2003a.B.words.xml#id(ES2003a.B.words0)..id(ES2003a.B.words1)"/></dact>
</nite:root>""",
    "abstractive/ES2003a.abssumm.xml": f"""<nite:root nite:id="s" {NITE}>
<abstract nite:id="x1"><sentence nite:id="s1">They met.</sentence></abstract>
<actions nite:id="x2"><sentence nite:id="s2">The Project Manager will buy paint.</sentence>
<sentence nite:id="s3">Somebody will buy brushes.</sentence></actions>
<decisions nite:id="x3"><sentence nite:id="s4">The lamp will be
 green.</sentence><sentence nite:id="s5">NA.</sentence></decisions></nite:root>""",
    "extractive/ES2003a.summlink.xml": f"""<nite:root nite:id="l" {NITE}>
<summlink nite:id="l1"><nite:pointer role="extractive" href="ES2003a.A.dialog-act.xml#id(a1)"/>
<nite:pointer role="abstractive" href="ES2003a.abssumm.xml#id(s4)"/></summlink>
<summlink nite:id="l2"><nite:pointer role="abstractive" href="ES2003a.abssumm.xml#id(s4)"/>
<nite:pointer role="extractive" href="ES2003a.B.dialog-act.xml#id(b1)"/></summlink>
<summlink nite:id="l3"><nite:pointer role="extractive" href="ES2003a.A.dialog-act.xml#id(gone)"/>
<nite:pointer role="abstractive" href="ES2003a.abssumm.xml#id(s2)"/></summlink></nite:root>""",
}

ICSI = {
    "ICSI/Words/Bxx001.A.words.xml": f"""<nite:root nite:id="w" {NITE}>
<w nite:id="w0" starttime="1.0" endtime="1.2" c="TRUNCW">w-</w>
<w nite:id="w1" starttime="1.2" endtime="1.4" c="W">well</w><w nite:id="w2" c="HYPH">-</w>
<w nite:id="w3" c="W">known</w><w nite:id="w4" c="CM">,</w><w nite:id="w5" starttime="1.6" endtime="2.0" c="W">it</w>
<w nite:id="w6" c="APOSS">'s</w></nite:root>""",
    "ICSI/DialogueActs/Bxx001.A.dialogue-acts.xml": f"""<nite:root nite:id="d" {NITE}>
<dialogueact nite:id="d1" starttime="0.9" endtime="2.1" type="s^bk" participant="me901">
<nite:child href="Bxx001.A.words.xml#id(w0)..id(w6)"/></dialogueact></nite:root>""",
    "ICSI/Contributions/Summarization/abstractive/Bxx001.abssumm.xml": f"""<nite:root nite:id="s" {NITE}>
<decisions nite:id="x"><sentence nite:id="s1">Two more microphones will be bought.</sentence></decisions>
</nite:root>""",
    "ICSI/Contributions/Summarization/extractive/Bxx001.summlink.xml": f"""<nite:root nite:id="l" {NITE}>
<summlink nite:id="l1"><nite:pointer role="extractive" href="Bxx001.A.dialogue-acts.xml#id(d1)"/>
<nite:pointer role="abstractive" href="Bxx001.abssumm.xml#id(s1)"/></summlink></nite:root>""",
}


def written(folder: Path, files: dict[str, str], **instead: str) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes((HEAD + instead.get(path.name.replace(".", "_"), text)).encode("latin-1"))
    return folder


def test_dialogue_acts_of_ami_are_turns_in_the_order_of_time(tmp_path: Path) -> None:
    (row,) = corpora.convert("ami", written(tmp_path, AMI)).rows
    turns = [(turn.speaker, turn.text, turn.start, turn.end) for turn in row.conversation.turns]
    assert turns == [
        ("User Interface Designer", "Green.", 1.0, 1.5),
        ("Project Manager", "Café, well --", 3.0, 3.9),
    ], "and one without words is none"
    assert row.conversation.turns[1].model_extra == {"act": "inf"}
    assert (row.id, row.split, row.series) == ("ami/ES2003a", "dev", "ES2003")


def test_sentences_of_a_summary_point_at_the_turns_that_they_are_linked_to(tmp_path: Path) -> None:
    (row,) = corpora.convert("ami", written(tmp_path, AMI)).rows
    (decision,) = row.gold.decisions
    assert decision.text == "The lamp will be green."
    assert [each.turn for each in decision.evidence] == [0, 1]
    assert [(each.text, each.owner) for each in row.gold.action_items] == [
        ("The Project Manager will buy paint.", ("Project Manager",)),
        ("Somebody will buy brushes.", None),
    ]
    assert row.complete == ("decisions", "action_items")


def test_links_to_what_is_not_there_are_counted(tmp_path: Path) -> None:
    (row,) = corpora.convert("ami", written(tmp_path, AMI)).rows
    assert row.model_extra is not None
    assert row.model_extra["broken_links"] == 1


def test_icsi_has_its_own_names_for_the_same_things(tmp_path: Path) -> None:
    (row,) = corpora.convert("icsi", written(tmp_path, ICSI)).rows
    (turn,) = row.conversation.turns
    assert (turn.speaker, turn.text, turn.start, turn.end) == ("me901", "w- well-known, it's", 0.9, 2.1)
    assert [(each.text, each.evidence[0].turn) for each in row.gold.decisions] == [
        ("Two more microphones will be bought.", 0)
    ]
    assert row.complete == ("decisions",)


def test_a_meeting_without_a_summary_or_talk_is_named(tmp_path: Path) -> None:
    written(tmp_path, AMI)
    written(tmp_path, {"words/ES2003b.A.words.xml": f"<nite:root {NITE}/>"})
    written(tmp_path, {"abstractive/ES2003c.abssumm.xml": f"<nite:root {NITE}/>"})
    found = {each.what: each.reason for each in corpora.convert("ami", tmp_path).skipped}
    assert found == {"ES2003b": "it has no summary", "ES2003c": "it has no dialogue acts or no words"}


BOMB = '<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><r>&b;</r>'


@pytest.mark.parametrize(("xml", "why"), [(BOMB, "declares entities"), ("<r><open></r>", "no well-formed XML")])
def test_xml_that_is_broken_or_a_trap_is_refused_and_the_rest_is_read(tmp_path: Path, xml: str, why: str) -> None:
    written(tmp_path, AMI)
    other = {name.replace("ES2003a", "ES2005a"): text.replace("ES2003a", "ES2005a") for name, text in AMI.items()}
    other = {name: text for name, text in other.items() if "ES2005a" in name}
    written(tmp_path, other, ES2005a_abssumm_xml=xml)
    result = corpora.convert("ami", tmp_path)
    assert [row.id for row in result.rows] == ["ami/ES2003a"]
    assert why in {each.what: each.reason for each in result.skipped}["ES2005a"]


def test_a_broken_list_of_roles_costs_the_roles_and_is_named(tmp_path: Path) -> None:
    result = corpora.convert("ami", written(tmp_path, AMI, meetings_xml="<r>"))
    assert {turn.speaker for turn in result.rows[0].conversation.turns} == {"A", "B"}
    assert [each.what for each in result.skipped] == ["corpusResources/meetings.xml"]


def test_only_broken_meetings_are_an_error_with_the_reason(tmp_path: Path) -> None:
    written(tmp_path, AMI, ES2003a_abssumm_xml="<r>")
    with pytest.raises(DatasetError, match=r"ES2003a: it cannot be read: .*no well-formed XML"):
        corpora.convert("ami", tmp_path)
