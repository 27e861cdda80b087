"""What is known of each corpus: its origin, its licence, what its labels mean and how far to trust them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from extractor.errors import DatasetError

CC_BY: Final = "CC BY 4.0"
_EDINBURGH = "https://groups.inf.ed.ac.uk/ami"


@dataclass(frozen=True)
class Remote:
    """A file to download: where from, and the name it gets. ``zipped`` is whether it must be a zip archive."""

    url: str
    file: str
    zipped: bool = True


@dataclass(frozen=True)
class Corpus:
    """One corpus. ``home`` is its page, ``remotes`` the files that ``download`` fetches.

    ``labels`` says what a label means and where it comes from, ``trust`` how far to believe it, ``checked`` what its
    conversion was held against.
    """

    name: str
    title: str
    home: str
    remotes: tuple[Remote, ...]
    licence: str
    labels: str
    trust: str
    checked: str
    citation: str

    @property
    def notice(self) -> str:
        """What somebody must know before it is fetched: origin and licence, in two sentences."""
        where = ", ".join(remote.url for remote in self.remotes)
        return f"{self.title} comes from {where}. Licence: {self.licence}."


EVERY: Final[tuple[Corpus, ...]] = (
    Corpus(
        name="ami",
        title="AMI Meeting Corpus",
        home=f"{_EDINBURGH}/corpus/",
        remotes=(
            Remote(f"{_EDINBURGH}/AMICorpusAnnotations/ami_public_manual_1.6.2.zip", "ami_public_manual_1.6.2.zip"),
        ),
        licence=f"{CC_BY} (University of Edinburgh and the AMI consortium)",
        labels="Sentences that annotators wrote under the headings decisions and actions after the meeting, each "
        "linked to the dialogue acts that it sums up.",
        trust="All scenario meetings design the same remote control, so wording repeats between them. Evidence marks "
        "the discussion and not always the words that settle it; owners are set only where a sentence starts with a "
        "role. The participants' own lists are not converted.",
        checked="The structure is the one documented for NXT; of the real corpus one word file was at hand, and no "
        "whole meeting: the conversion was not run on the real corpus.",
        citation="J. Carletta et al., The AMI Meeting Corpus: A Pre-announcement, MLMI 2005.",
    ),
    Corpus(
        name="icsi",
        title="ICSI Meeting Corpus",
        home=f"{_EDINBURGH}/icsi/",
        remotes=(Remote(f"{_EDINBURGH}/ICSICorpusAnnotations/ICSI_plus_NXT.zip", "ICSI_plus_NXT.zip"),),
        licence=f"{CC_BY} (ICSI and University of Edinburgh)",
        labels="Sentences that annotators wrote under the heading decisions about meetings of research groups, linked "
        "to dialogue acts. Actions are not labelled apart: many sentences are tasks.",
        trust="Noisy: plans, tasks and mere discussion stand among the decisions.",
        checked="The structure is the one documented for NXT; no file of the real corpus was at hand: the conversion "
        "was not run on the real corpus.",
        citation="A. Janin et al., The ICSI Meeting Corpus, ICASSP 2003.",
    ),
    Corpus(
        name="tc39",
        title="Notes of Ecma TC39 plenary meetings",
        home="https://github.com/tc39/notes",
        remotes=(Remote("https://github.com/tc39/notes/archive/HEAD.zip", "tc39-notes.zip"),),
        licence="none stated: the public record of Ecma TC39; keep it to your own machine",
        labels="What the committee wrote under the heading Conclusion of each topic, a label an item; items that name "
        "somebody and a task become action items, by pattern.",
        trust='Near-verbatim talk and the committee\'s own words. Many items are short ("Stage 3") and need the '
        "topic's title; reasons and headings stand among them.",
        checked="Read against parts of real notes of 2016 and 2021 and the labelled topics made of them.",
        citation="Ecma TC39, Meeting notes, https://github.com/tc39/notes.",
    ),
    Corpus(
        name="w3c",
        title="Minutes of the W3C DID and Verifiable Credentials working groups",
        home="https://www.w3.org/2019/did-wg/Meetings/Minutes/",
        remotes=(
            Remote("https://github.com/w3c/did-wg/archive/HEAD.zip", "did-wg.zip"),
            Remote("https://github.com/w3c/verifiable-credentials/archive/HEAD.zip", "verifiable-credentials.zip"),
            Remote("https://github.com/w3c/vc-wg/archive/HEAD.zip", "vc-wg.zip"),
        ),
        licence="W3C Software and Document License",
        labels="Resolutions as minuted, with the votes typed between a proposal and its resolution (one a person, the "
        "last one counts). Proposals and resolutions are taken out of the conversation.",
        trust="Formal decisions, all of them voted; what was settled without a vote is not labelled. Resolutions of "
        "topic calls are straw polls.",
        checked="Read against real minutes of 2020 in Markdown and the labelled sections made of them; pages made by "
        "scribe2 (from 2025) are read as the product reads them.",
        citation="W3C, Minutes of the DID and VC working groups.",
    ),
    Corpus(
        name="solid",
        title="Minutes of the W3C Solid Community Group",
        home="https://github.com/solid/specification/tree/main/meetings",
        remotes=(Remote("https://github.com/solid/specification/archive/HEAD.zip", "solid-specification.zip"),),
        licence="MIT",
        labels="Lines that start with ACTION or RESOLUTION and lists under the heading Action Items; the owner is whom "
        "the line starts with.",
        trust="Good for who owns a task; few decisions, and those that nobody minuted are not labelled. Speakers are "
        "initials.",
        checked="Read against real minutes of 2021 and 2023 and the labelled sections made of them.",
        citation="W3C Solid Community Group, Meeting minutes, https://github.com/solid/specification.",
    ),
    Corpus(
        name="ietf",
        title="GitHub threads of IETF working groups",
        home="https://github.com/ietf-gh-wg",
        remotes=(
            Remote(
                "https://raw.githubusercontent.com/mlswg/mls-protocol/gh-pages/archive.json", "mls.json", zipped=False
            ),
            Remote(
                "https://raw.githubusercontent.com/tlswg/tls13-spec/gh-pages/archive.json", "tls13.json", zipped=False
            ),
        ),
        licence="contributions under the IETF Note Well (BCP 78 and 79)",
        labels='The first comment that states an outcome ("Discussed at the interim: merge"); it and what follows are '
        "taken out of the thread.",
        trust="Somebody's account of what was settled, a third of it elsewhere; found by pattern.",
        checked="Read against the beginning of one real archive; threads that the labelled set has were not at hand.",
        citation="IETF working groups, GitHub archives of their repositories.",
    ),
)


def find(name: str) -> Corpus:
    """The corpus called ``name``, in capitals or small letters. Raises DatasetError where there is none."""
    for corpus in EVERY:
        if corpus.name == name.casefold():
            return corpus
    raise DatasetError(f"There is no corpus {name!r}.", f"There are: {', '.join(each.name for each in EVERY)}.")
