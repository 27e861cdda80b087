"""``decisions eval fetch``: public corpora, downloaded and brought into our format."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extractor.cli.console import DONE, PARTLY, Quiet, Voice, put_painted

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from extractor.scoring.corpora import Corpus


def fetch(
    name: Annotated[
        str | None, typer.Argument(metavar="CORPUS", help="Which corpus; without one, all are listed.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="FILE", help="The dataset to write; else CORPUS.jsonl.gz.")
    ] = None,
    source: Annotated[
        Path | None, typer.Option("--from", metavar="PATH", help="What was downloaded already: a folder or an archive.")
    ] = None,
    into: Annotated[Path, typer.Option("--into", metavar="DIR", help="Where downloaded files are kept.")] = Path(
        "corpora"
    ),
    quiet: Quiet = False,
) -> None:
    """List public corpora of labelled conversations, or fetch one and convert it.

    The licence is said before anything is downloaded. Whatever becomes no conversation is counted, with its reason.

    Exit codes: 0 done; 1 converted, with parts left out; 2 no such corpus, or not its files; 3 it could not be fetched.
    """
    voice = Voice(quiet)
    if name is None:
        _list()
        raise typer.Exit(DONE)
    from extractor.reports.text import count
    from extractor.scoring import corpora

    corpus = corpora.find(name)
    target = out or Path(f"{corpus.name}.jsonl.gz")
    if source is None:
        _download(corpus, into / corpus.name, voice)
        source = into / corpus.name
    result = corpora.convert(corpus.name, source)
    corpora.write(result.rows, target)
    for reason, times in result.reasons.most_common():
        voice.insist(f"Left out: {times} x {reason}")
    voice.say(
        f"{count(len(result.rows), 'conversation')} written to {target}. How far to trust its labels: {corpus.trust}"
    )
    raise typer.Exit(PARTLY if result.skipped else DONE)


def _list() -> None:
    from rich.text import Text

    from extractor.scoring.corpora import EVERY

    def about(corpus: Corpus) -> Text:
        lines: list[str | tuple[str, str]] = [
            (f"{corpus.name}  ", "bold"),
            (f"{corpus.title}\n", "bold"),
            f"  from     {', '.join(remote.url for remote in corpus.remotes)}\n",
            f"  licence  {corpus.licence}\n",
            f"  labels   {corpus.labels}\n",
            f"  trust    {corpus.trust}\n",
            f"  checked  {corpus.checked}\n",
        ]
        return Text.assemble(*lines)

    put_painted(lambda console: console.print(*map(about, EVERY), sep="\n"))


def _download(corpus: Corpus, folder: Path, voice: Voice) -> None:
    from extractor.scoring import corpora

    with voice.progress() as progress:
        tasks: dict[str, TaskID] = {}
        corpora.download(
            corpus,
            folder,
            say=voice.insist,
            progress=lambda file, done, total: _advance(progress, tasks, file, done, total),
        )


def _advance(progress: Progress, tasks: dict[str, TaskID], file: str, done: int, total: int | None) -> None:
    if file not in tasks:
        tasks[file] = progress.add_task(file)
    progress.update(tasks[file], completed=done, total=total)
