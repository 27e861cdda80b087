"""Where the threads of GitHub are in JSON: from the REST API, GraphQL, the ``gh`` program, webhooks and archives."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Literal

from extractor.sources.values import mapping, mappings, string

EntryKind = Literal["body", "comment", "review", "review comment"]

_PLACE = re.compile(r"/(?:repos/)?([^/\s?#]+)/([^/\s?#]+)/(?:issues|pulls?|discussions)/(\d{1,12})(?!\d)")
_COMMENT_ANCHOR = re.compile(r"#(?:issuecomment-|discussion_r|discussioncomment-|pullrequestreview-)")
_URLS = ("html_url", "url", "issue_url", "pull_request_url")
_INNER = ("issue", "pull_request", "pullRequest", "discussion", "pr")
_LISTS: tuple[tuple[str, EntryKind], ...] = (
    ("comments", "comment"),
    ("comments_data", "comment"),
    ("issue_comments", "comment"),
    ("comment", "comment"),
    ("timeline", "comment"),
    ("timelineItems", "comment"),
    ("reviews", "review"),
    ("reviews_data", "review"),
    ("review", "review"),
    ("review_comments", "review comment"),
    ("review_comments_data", "review comment"),
    ("reviewThreads", "comment"),
)
_BODIES = ("body", "bodyText", "bodyHTML", "body_text", "body_html")
_ABOUT_A_THREAD = frozenset(
    "number comments html_url comments_url author user createdAt created_at reactionGroups url".split()
)
_DEEPEST = 8
_MOST_LOOKED_AT = 50


@dataclass
class Entry:
    """The body of a thread, a comment or a review, as it was found. ``parent`` is the entry that it answers."""

    data: dict[str, Any]
    kind: EntryKind
    parent: dict[str, Any] | None = None


@dataclass
class Thread:
    """An issue, a pull request or a discussion, or the comments on one, whose own words are then not in the file.

    ``repo`` is ``owner/name``. ``missing`` counts comments that the file speaks of but does not hold.
    """

    repo: str
    number: str
    title: str
    part: str = ""
    entries: list[Entry] = field(default_factory=list)
    missing: int = 0


def nodes(value: object) -> list[dict[str, Any]]:
    """The objects of a list, of a GraphQL connection (``nodes`` or ``edges``), or the object itself."""
    if isinstance(value, dict) and ("nodes" in value or "edges" in value):
        found = mappings(value.get("nodes"))
        return found or [mapping(edge.get("node")) for edge in mappings(value.get("edges")) if edge.get("node")]
    return mappings(value) if isinstance(value, list) else mappings([value])


def body_of(entry: dict[str, Any]) -> tuple[str, str]:
    """The key that holds the words of an entry, and the words: as they were written, else as they are shown."""
    for key in _BODIES:
        if string(entry.get(key)).strip():
            return key, string(entry[key])
    return "body", ""


def copies_of_body(entry: dict[str, Any], used: str) -> int:
    """The characters of the same words in other forms."""
    return sum(len(string(entry.get(key))) for key in _BODIES if key != used)


def is_thread(value: dict[str, Any]) -> bool:
    """Whether an object has a title and words, as an issue has."""
    about = _ABOUT_A_THREAD & value.keys()
    return isinstance(value.get("title"), str) and any(key in value for key in _BODIES) and bool(about)


def is_comment(value: dict[str, Any]) -> bool:
    """Whether an object is a comment or a review that says where it was made, or an event of a thread."""
    if isinstance(value.get("event"), str):
        return "node_id" in value or "actor" in value or "user" in value
    if "title" in value or not any(key in value for key in _BODIES):
        return False
    urls = [string(value.get(key)) for key in _URLS]
    return any(_COMMENT_ANCHOR.search(url) for url in urls) or bool(urls[2] or urls[3])


def surely_github(value: dict[str, Any]) -> bool:
    """Whether the addresses or the keys of a thread or comment are GitHub's."""
    urls = [string(value.get(key)) for key in _URLS]
    own = ("authorAssociation", "author_association", "reactionGroups", "node_id", "comments_url", "diff_hunk")
    return any("github" in url and _PLACE.search(url) for url in urls) or any(key in value for key in own)


def first_of(value: object) -> dict[str, Any] | None:
    """The first thread or comment in a JSON value, for a look at what it is; None where there is none."""
    looked_at = islice(_candidates(value), _MOST_LOOKED_AT)
    return next((found for found in looked_at if is_thread(found) or is_comment(found)), None)


def _candidates(value: object) -> Iterator[dict[str, Any]]:
    """The objects that may be threads or comments, from the outside in; what is inside one is not looked at."""
    level: list[object] = [value]
    for _ in range(_DEEPEST):
        inside: list[object] = []
        for each in level:
            if isinstance(each, list):
                inside += each
            elif isinstance(each, dict):
                yield each
                if not is_thread(each) and not is_comment(each):
                    inside += [part for part in each.values() if isinstance(part, (dict, list))]
        level = inside


def threads_of(value: object) -> list[Thread]:
    """Every thread in a JSON value, with the comments that the file holds on it."""
    threads: list[Thread] = []
    loose: dict[tuple[str, str, str], Thread] = {}
    for each in _joined(value):
        if is_thread(each):
            threads.append(_thread(each))
        elif is_comment(each):
            _add_loose(each, loose)
    return [*threads, *loose.values()]


def _joined(value: object) -> Iterator[dict[str, Any]]:
    """The candidates; where a thread and its comments lie side by side in an object, as one."""
    taken: set[int] = set()
    for each in _candidates(value):
        if id(each) in taken:
            continue
        inner = next((each[key] for key in _INNER if is_thread(mapping(each.get(key)))), None)
        lists = {key: each[key] for key, _ in _LISTS if isinstance(each.get(key), (dict, list))}
        if inner is None or not lists or is_thread(each):
            yield each
            continue
        taken.add(id(inner))
        taken.update(id(entry) for entries in lists.values() for entry in nodes(entries))
        kept = {key: entries for key, entries in inner.items() if key not in lists}
        yield {**kept, **lists}


def place_of(*values: dict[str, Any]) -> tuple[str, str]:
    """``owner/name`` and the number of the thread that the addresses in ``values`` belong to; empty where none says."""
    for value in values:
        for key in _URLS:
            match = _PLACE.search(string(value.get(key)))
            if match:
                return f"{match[1]}/{match[2]}", match[3]
    return "", ""


def _thread(value: dict[str, Any]) -> Thread:
    entries, missing = _entries_of(value)
    repo, number = place_of(value, *(entry.data for entry in entries[:3]))
    written = value.get("number")
    thread = Thread(repo, str(written) if isinstance(written, int) else number, string(value.get("title")).strip())
    thread.entries = [Entry(value, "body"), *entries]
    thread.missing = missing
    return thread


def _entries_of(value: dict[str, Any]) -> tuple[list[Entry], int]:
    """The comments and reviews of a thread, each once, and how many are missing."""
    found: dict[str, Entry] = {}
    missing = 0
    for key, kind in _LISTS:
        part = value.get(key)
        each_of = [entry for node in nodes(part) for entry in _with_answers(node, kind)]
        for entry in each_of:
            found.setdefault(_key(entry, len(found)), entry)
        total = part.get("totalCount") if isinstance(part, dict) else None
        if isinstance(total, int) and total > len(nodes(part)):
            missing += total - len(nodes(part))
    answer = mapping(value.get("answer"))
    if answer:
        found.setdefault(_key(Entry(answer, "comment"), len(found)), Entry(answer, "comment"))
    counted = value.get("comments")
    if isinstance(counted, int) and not isinstance(counted, bool):
        missing += max(0, counted - sum(1 for entry in found.values() if entry.kind == "comment"))
    return list(found.values()), missing


def _with_answers(node: dict[str, Any], kind: EntryKind) -> list[Entry]:
    """An entry and what is inside it: answers to a comment, comments of a review or of a thread on some lines."""
    if node.get("event") == "reviewed" or string(node.get("__typename")) == "PullRequestReview":
        kind = "review"
    if string(node.get("event")) not in ("", "commented", "reviewed"):
        return [Entry(part, "review comment") for part in nodes(node.get("comments")) if node.get("comments")]
    own = [Entry(node, kind)] if any(key in node for key in _BODIES) or node.get("state") else []
    inside = [part for key in ("replies", "comments") for part in nodes(node.get(key)) if part is not node]
    if own and kind == "comment":
        return own + [Entry(part, "comment", node) for part in inside]
    if not own and inside:
        topic = {"path": node.get("path")} if node.get("path") else {}
        first = inside[0]
        return [
            Entry({**topic, **part}, "review comment", first if part is not first else None) for part in inside
        ]  # fmt: skip
    return own + [Entry(part, "review comment", node) for part in inside]


def _key(entry: Entry, place: int) -> str:
    known = entry.data.get("id") or entry.data.get("node_id")
    return f"{entry.kind} {known}" if known else f"place {place}"


def _add_loose(value: dict[str, Any], loose: dict[tuple[str, str, str], Thread]) -> None:
    repo, number = place_of(value)
    review = "diff_hunk" in value or "pull_request_review_id" in value
    kind: EntryKind = "review comment" if review else "comment"
    if "submitted_at" in value or string(value.get("event")) == "reviewed":
        kind = "review"
    part = f"{kind}s".replace(" ", "-") if "event" not in value else "timeline"
    title = f"{repo}#{number}" if repo else ""
    thread = loose.setdefault((repo, number, part), Thread(repo, number, title, part))
    thread.entries += _with_answers(value, kind)
