"""Minutes kept in a Git repository, read at one commit from its objects: no working tree, no hooks."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import tempfile
import weakref
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from extractor.errors import FetchError, SettingsError, SourceError
from extractor.fetching.base import Item, by_meeting, hints_of, home_expanded, main_file, version_of, without_password
from extractor.plan import GitSource
from extractor.sources import Blob, Hints, Reading, read_blobs
from extractor.sources.reading import MAX_SOURCE_BYTES
from extractor.sources.targets import shown

COMMAND_TIMEOUT_S = 60.0
FETCH_TIMEOUT_S = 600.0

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://|[^/\s:]+@[^/\s:]+:(?!:)")
_SAFE = "core.hooksPath=/dev/null core.fsmonitor=false gc.auto=0 maintenance.auto=false fetch.recurseSubmodules=false"
_ENVIRONMENT = {
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_ASKPASS": "true",
    "SSH_ASKPASS": "true",
    "GIT_ALLOW_PROTOCOL": "file:https:ssh:git",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "LC_ALL": "C",
}
# What points Git at another repository than the one that is named, or has it run something.
_NOT_INHERITED = re.compile(
    r"GIT_(?:DIR|WORK_TREE|INDEX_FILE|OBJECT_DIRECTORY|ALTERNATE_OBJECT_DIRECTORIES|COMMON_DIR|NAMESPACE|PREFIX"
    r"|EXTERNAL_DIFF|DIFF_OPTS|TRACE.*|CONFIG_(?:COUNT|PARAMETERS|KEY_\d+|VALUE_\d+)|.*_PATHSPECS)$"
)
_REFUSED = re.compile(
    r"authentication failed|could not read (?:user|pass)|permission denied|not found|not appear to be a git"
    r"|not a git rep|couldn't find remote ref|not allowed|repository .* does not exist|host key|dubious ownership",
    re.IGNORECASE,
)
_REGULAR_FILES = ("100644", "100755")
_VAGUE = "Could not read from remote repository"
_LFS = b"version https://git-lfs.github.com/spec/"


def items(source: GitSource, base: Path) -> Iterator[Item]:
    """One item for the files of a meeting, at the tip of ``ref``; the key is the path in the repository.

    The version is made of the blobs' hashes and the names. A repository on this machine is read where it is; where
    ``repository`` is a folder in one, ``paths`` count from there. One at a URL is fetched without its history into a
    temporary folder, which goes when no item is left that may need it. Links are not followed (what they point to is
    listed where it lies), nor are submodules. Raises FetchError where the repository or the ref cannot be reached.
    """
    hints = hints_of(source, base)
    for setting, value in (("repository", source.repository), ("ref", source.ref)):
        if value.startswith("-") or not value.strip() or "\x00" in value:
            what = f"The source {source.name}: {setting} {value!r} is no {setting}."
            raise SettingsError(what, "Write a path or a URL." if setting == "repository" else "Write a branch or tag.")
    repository = _opened(source, base)
    blobs = _blobs(repository, source)
    return (_item(source, repository, {path: blobs[path] for path in unit}, hints) for unit in by_meeting(blobs))


@dataclass(eq=False)
class _Repository:
    """A repository on this machine, or a folder in one: where it lies, the ``name`` that people know it by, the
    ``commit`` to read, and the ``prefix`` of its paths in the repository.
    """

    folder: str
    name: str
    commit: str = ""
    prefix: str = ""

    def git(self, *arguments: str, timeout: float = COMMAND_TIMEOUT_S) -> bytes:
        """What the command prints; raises FetchError where it fails or takes longer than ``timeout`` seconds."""
        return _git("-C", self.folder, *arguments, name=self.name, timeout=timeout)


def _opened(source: GitSource, base: Path) -> _Repository:
    written = source.repository
    name = without_password(written)
    local = base / home_expanded(written)
    if local.is_dir():
        repository, ref = _Repository(str(local), name), source.ref
    elif _URL.match(written):
        repository, ref = _fetched(source, name), "FETCH_HEAD"
    elif "::" in written:
        what = f"The source {source.name}: {name} names a transport that is not allowed."
        raise SettingsError(what, "Use a path, or a URL of https, ssh, git or file.")
    else:
        raise FetchError(f"The repository {name} of the source {source.name} does not exist.", "Check the path.")
    try:
        repository.commit = repository.git("rev-parse", "--verify", f"{ref}^{{commit}}").decode().strip()
        repository.prefix = os.fsdecode(repository.git("rev-parse", "--show-prefix")).rstrip("\n")
    except FetchError as error:
        if "Needed a single revision" not in error.what:
            raise
        raise FetchError(f"There is no {source.ref} in the repository {name}.", "Correct ref.") from None
    return repository


def _fetched(source: GitSource, name: str) -> _Repository:
    folder = tempfile.mkdtemp(prefix="decisions-git-")
    repository = _Repository(folder, name)
    weakref.finalize(repository, shutil.rmtree, folder, ignore_errors=True)
    repository.git("init", "--quiet", "--bare", "--template=")
    repository.git(
        "fetch", "--quiet", "--depth=1", "--no-tags", "--", source.repository, source.ref, timeout=FETCH_TIMEOUT_S
    )
    return repository


def _blobs(repository: _Repository, source: GitSource) -> dict[str, str]:
    """The hashes of the files that the pathspecs name, by path. ``ls-tree`` knows no wildcards; a comparison with
    nothing does.
    """
    nothing = repository.git("hash-object", "-t", "tree", "--stdin").decode().strip()
    raw = repository.git(
        "diff-tree", "-r", "-z", "--raw", "--no-renames", "--no-abbrev", nothing, repository.commit, "--", *source.paths
    )
    fields = os.fsdecode(raw).split("\x00")
    found: dict[str, str] = {}
    for entry, path in zip(fields[::2], fields[1::2], strict=False):
        _, mode, _, blob, _ = entry.split(" ")
        if mode in _REGULAR_FILES:
            found[path] = blob
    return found


def _item(source: GitSource, repository: _Repository, blobs: dict[str, str], hints: Hints) -> Item:
    label = shown(main_file(list(blobs)))
    version = version_of(f"{shown(path).rpartition('/')[2]}\x1f{blob}" for path, blob in blobs.items())
    read = partial(_read, repository, blobs, source.source_format, hints)
    return Item(f"{source.name}:{label}", version, label, read)


def _read(repository: _Repository, blobs: dict[str, str], source_format: str | None, hints: Hints) -> list[Reading]:
    files = []
    for path, blob in blobs.items():
        name = f"{repository.name.rstrip('/')}/{shown(path.removeprefix(repository.prefix))}"
        if int(repository.git("cat-file", "-s", blob)) > MAX_SOURCE_BYTES:
            limit = MAX_SOURCE_BYTES // 2**20
            raise SourceError(f"{name} is larger than {limit} MB.", "Split the export into smaller parts.")
        data = repository.git("cat-file", "blob", blob)
        if data.startswith(_LFS):
            raise SourceError(f"{name} is kept in Git LFS, which is not read.", "Keep minutes in Git itself.")
        files.append(Blob(name, data, hints))
    return read_blobs(files, source_format)


# Running Git


def _git(*arguments: str, name: str, timeout: float) -> bytes:
    settings = [word for setting in _SAFE.split() for word in ("-c", setting)]
    inherited = {key: value for key, value in os.environ.items() if not _NOT_INHERITED.match(key)}
    environment = {"GIT_SSH_COMMAND": "ssh -oBatchMode=yes", **inherited, **_ENVIRONMENT}
    try:
        process = subprocess.Popen(
            ["git", *settings, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment,
            start_new_session=True,
        )
    except OSError as error:
        raise FetchError(f"git cannot be run ({error.strerror}).", "Install Git.") from None
    except ValueError as error:
        raise FetchError(f"git cannot be run over {name} ({error}).", "Correct its paths.") from None
    with process:
        try:
            printed, complaint = process.communicate(timeout=timeout)
        except subprocess.TimeoutExpired:
            _kill(process)
            what = f"Git took longer than {timeout:g} seconds over {name}."
            raise FetchError(
                what, "Check the network, or fetch the repository by other means.", transient=True
            ) from None
        except BaseException:
            _kill(process)
            raise
    if process.returncode:
        raise _failure(name, complaint.decode("utf-8", "replace"))
    return printed


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End Git and what it started: the program that talks to the other side is a process of its own."""
    if not hasattr(os, "killpg"):
        process.kill()
        return
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def _failure(name: str, complaint: str) -> FetchError:
    lines = [line.strip() for line in complaint.splitlines() if line.strip()]
    fatal = next((line for line in lines if line.startswith(("fatal:", "error:")) and _VAGUE not in line), None)
    told = (fatal or (lines[0] if lines else "no reason given")).removeprefix("fatal: ").removeprefix("error: ")
    reason = without_password(told).rstrip(".")
    remedy = "Check the repository, the ref and your rights to them."
    if "dubious ownership" in reason:
        remedy = f"If you trust it: git config --global --add safe.directory {name}."
    return FetchError(f"Git cannot read {name} ({reason}).", remedy, transient=not _REFUSED.search(complaint))
