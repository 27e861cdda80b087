"""AMI and ICSI: stand-off annotations in the XML of the NITE XML Toolkit (NXT).

words/M.A.words.xml                    <w nite:id="M.A.words0" starttime="1.0" endtime="1.2">Hello</w>
dialogueActs/M.A.dialog-act.xml        <dact nite:id="..."><nite:child href="M.A.words.xml#id(a)..id(b)"/></dact>
abstractive/M.abssumm.xml              <decisions><sentence nite:id="...">They chose wood.</sentence></decisions>
extractive/M.summlink.xml              <summlink><nite:pointer role="extractive" href="..."/> ... role="abstractive"
corpusResources/meetings.xml           <meeting observation="M"><speaker nxt_agent="A" role="PM"/></meeting>

ICSI has the same in folders of other names, ``<dialogueact participant="me011" type="s">`` and ``.dialogue-acts.xml``.
A turn is a dialogue act; what a summary's sentence is linked to is its evidence. Files are found by their names.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any, Final

from extractor.errors import SourceError
from extractor.scoring.corpora.material import Converted, Material, RawFile, Skipped
from extractor.scoring.labelled import Labelled

NITE: Final = "{http://nite.sourceforge.net/}"
ROLES: Final = {
    "PM": "Project Manager",
    "ID": "Industrial Designer",
    "UI": "User Interface Designer",
    "ME": "Marketing Expert",
}
DEV: Final = frozenset(("ES2003", "ES2011", "IS1008", "TS3004", "TS3006"))
TEST: Final = frozenset(("ES2004", "ES2014", "IS1009", "TS3003", "TS3007"))
"""Series of AMI's scenario meetings in the corpus's own partition into training, development and test data."""

_TARGET = re.compile(r"([^#/]*)#id\(([^()]+)\)(?:\.\.id\(([^()]+)\))?")
_FILE = re.compile(r"^([A-Za-z]+\d+[a-z]?)\.(?:(\w+)\.)?(words|dialog-act|dialogue-acts|abssumm|summlink)\.xml$")
_SCENARIO = re.compile(r"[EIT]S\d{4}")
_CLOSING = frozenset(".,;:!?%)]}")
_OWNER = re.compile(r"^(?:the )?((?:project|marketing|industrial|user interface|interface) \w+)\b", re.IGNORECASE)


def ami(material: Material) -> Converted:
    """Each meeting of AMI with a summary; ``complete`` is ["decisions", "action_items"]."""
    return _Corpus("ami", "CC BY 4.0 (AMI Meeting Corpus)", material).rows()


def icsi(material: Material) -> Converted:
    """Each meeting of ICSI with a summary; ``complete`` is ["decisions"]."""
    return _Corpus("icsi", "CC BY 4.0 (ICSI Meeting Corpus)", material).rows()


@dataclass
class _Files:
    """The files of one meeting, those of a speaker by his letter."""

    words: dict[str, RawFile] = field(default_factory=dict)
    acts: dict[str, RawFile] = field(default_factory=dict)
    summary: RawFile | None = None
    links: RawFile | None = None


class _Corpus:
    def __init__(self, name: str, licence: str, material: Material) -> None:
        self.name = name
        self.licence = licence
        self.unread: list[Skipped] = []
        self.meetings: dict[str, _Files] = defaultdict(_Files)
        resources: dict[str, RawFile] = {}
        for file in material.files(".xml"):
            found = _FILE.match(file.name)
            if found:
                self._place(file, found[1], found[2] or "", found[3])
            elif file.name in ("meetings.xml", "da-types.xml"):
                resources[file.name] = file
        self.roles = self._roles(resources.get("meetings.xml"))
        self.types = self._types(resources.get("da-types.xml"))

    def rows(self) -> Converted:
        yield from self.unread
        for meeting in sorted(self.meetings):
            files = self.meetings[meeting]
            if files.summary is None:
                yield Skipped(meeting, "it has no summary")
            elif not files.acts or not files.words:
                yield Skipped(meeting, "it has no dialogue acts or no words")
            else:
                try:
                    yield self._row(meeting, files, files.summary)
                except ValueError as error:
                    yield Skipped(meeting, f"it cannot be read: {error}")

    def _place(self, file: RawFile, meeting: str, agent: str, kind: str) -> None:
        files = self.meetings[meeting]
        if kind == "words":
            files.words[agent] = file
        elif kind in ("dialog-act", "dialogue-acts"):
            files.acts[agent] = file
        elif kind == "abssumm":
            files.summary = file
        else:
            files.links = file

    def _roles(self, file: RawFile | None) -> dict[tuple[str, str], str]:
        found = {}
        for meeting in self._tree(file).iter("meeting"):
            for speaker in meeting.iter("speaker"):
                role = ROLES.get(speaker.get("role", ""), speaker.get("global_name", ""))
                found[(meeting.get("observation", ""), speaker.get("nxt_agent", ""))] = role
        return found

    def _types(self, file: RawFile | None) -> dict[str, str]:
        return {_id(kind): kind.get("name", "") for kind in self._tree(file).iter("da-type")}

    def _tree(self, file: RawFile | None) -> ET.Element:
        if file is None:
            return ET.Element("none")
        try:
            return parsed(file)
        except ValueError as error:
            self.unread.append(Skipped(file.path, str(error)))
            return ET.Element("none")

    def _row(self, meeting: str, files: _Files, summary: RawFile) -> Labelled | Skipped:
        turns = self._turns(meeting, files)
        if not turns:
            return Skipped(meeting, "its dialogue acts have no words")
        numbers = {act: number for number, (act, _) in enumerate(turns)}
        links = _links(files.links)
        sections = _sentences(parsed(summary))
        gold: dict[str, Any] = {"decisions": _records(sections["decisions"], links, numbers)}
        if self.name == "ami":
            gold["action_items"] = _records(sections["actions"], links, numbers, owners=True)
        gold["problems"] = _records(sections["problems"], links, numbers)
        series = meeting.rstrip("abcdefgh") if self.name == "ami" else meeting.rstrip("0123456789")
        split = "dev" if series in DEV else "test" if series in TEST else "train" if _SCENARIO.match(meeting) else ""
        return Labelled.model_validate(
            {
                "id": f"{self.name}/{meeting}",
                "dataset": self.name,
                "split": split,
                "series": series,
                "licence": self.licence,
                "conversation": {
                    "kind": "meeting",
                    "title": f"Meeting {meeting}",
                    "turns": [turn for _, turn in turns],
                },
                "gold": gold,
                "complete": ["decisions", "action_items"] if self.name == "ami" else ["decisions"],
                "linked": files.links is not None,
                "broken_links": sum(act not in numbers for acts in links.values() for act in acts),
            }
        )

    def _turns(self, meeting: str, files: _Files) -> list[tuple[str, dict[str, Any]]]:
        """The dialogue acts of a meeting by their ids, in the order of their beginnings."""
        found = []
        for agent, file in files.acts.items():
            words = _Words(files.words.get(agent))
            for act in parsed(file):
                speaker = act.get("participant") or self.roles.get((meeting, agent)) or agent
                text, start, end = words.said(act)
                start, end = _seconds(act.get("starttime"), start), _seconds(act.get("endtime"), end)
                if text:
                    turn = {"speaker": speaker, "text": text, "start": start, "end": end, "act": self._act(act)}
                    found.append((_id(act), {key: value for key, value in turn.items() if value is not None}))
        return sorted(found, key=lambda each: (each[1].get("start", 0.0), each[1].get("end", 0.0), each[0]))

    def _act(self, act: ET.Element) -> str | None:
        pointer = next((each for each in act.iter(f"{NITE}pointer") if each.get("role") == "da-aspect"), None)
        target = _TARGET.search(pointer.get("href", "")) if pointer is not None else None
        return self.types.get(target[2], target[2]) if target else act.get("type")


class _Words:
    """The words of one speaker in the order of the file."""

    def __init__(self, file: RawFile | None) -> None:
        self.elements = list(parsed(file)) if file is not None else []
        self.places = {_id(element): place for place, element in enumerate(self.elements)}

    def said(self, act: ET.Element) -> tuple[str, float | None, float | None]:
        """The text of a dialogue act, and where it begins and ends in seconds."""
        chosen: list[ET.Element] = []
        for child in act.iter(f"{NITE}child"):
            target = _TARGET.search(child.get("href", ""))
            first = self.places.get(target[2]) if target else None
            if target is None or first is None:
                continue
            last = self.places.get(target[3], first) if target[3] else first
            chosen += self.elements[first : last + 1]
        times = [_seconds(each.get(key), None) for each in chosen for key in ("starttime", "endtime")]
        known = [time for time in times if time is not None]
        return _joined(chosen), min(known, default=None), max(known, default=None)


def _joined(elements: list[ET.Element]) -> str:
    """The words as a sentence: no blank before what closes one; ``--`` where the speaker breaks off."""
    text, before = "", ""
    for element in elements:
        tag, word = element.tag.rpartition("}")[2], (element.text or "").strip()
        if tag == "disfmarker":
            text += " --" if text and not text.endswith("--") else ""
        elif tag == "w" and word:
            bound = element.get("punc") == "true" or word in _CLOSING or element.get("c") in ("APOSS", "HYPH")
            text += word if not text or bound or before == "HYPH" else f" {word}"
            before = element.get("c", "")
    return text.strip() if text.strip(" -") else ""


def _sentences(root: ET.Element) -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for section in root:
        for sentence in section.iter("sentence"):
            text = " ".join("".join(sentence.itertext()).split())
            if text and text.upper().strip(" .*") not in ("NA", "N/A", "NONE"):
                found[section.tag.rpartition("}")[2].lower()].append((_id(sentence), text))
    return found


def _links(file: RawFile | None) -> dict[str, list[str]]:
    """The ids of the dialogue acts that each sentence of a summary is linked to."""
    found: dict[str, list[str]] = defaultdict(list)
    for link in parsed(file) if file is not None else ():
        ends = {each.get("role"): _TARGET.search(each.get("href", "")) for each in link.iter(f"{NITE}pointer")}
        act, sentence = ends.get("extractive"), ends.get("abstractive")
        if act and sentence:
            found[sentence[2]].append(act[2])
    return found


def _records(
    sentences: list[tuple[str, str]], links: dict[str, list[str]], numbers: dict[str, int], *, owners: bool = False
) -> list[dict[str, Any]]:
    records = []
    for sentence, text in sentences:
        record: dict[str, Any] = {
            "text": text,
            "evidence": sorted({numbers[act] for act in links.get(sentence, ()) if act in numbers}),
        }
        owner = _OWNER.match(text) if owners else None
        if owner:
            record["owner"] = [owner[1].title()]
        records.append(record)
    return records


def parsed(file: RawFile) -> ET.Element:
    """The root of an XML file. Raises ValueError for one that cannot be opened, is not well-formed or has entities."""
    try:
        data = file.blob.data
    except SourceError as error:
        raise ValueError(str(error)) from None
    if b"\x00" in data or b"<!ENTITY" in data:
        raise ValueError(f"{file.name} declares entities or is in an encoding that no NXT file has")
    try:
        return ET.fromstring(data)
    except (ET.ParseError, LookupError) as error:
        raise ValueError(f"{file.name} is no well-formed XML ({error})") from None


def _id(element: ET.Element) -> str:
    return element.get(f"{NITE}id") or element.get("id") or ""


def _seconds(value: str | None, otherwise: float | None) -> float | None:
    try:
        return float(value) if value else otherwise
    except ValueError:
        return otherwise
