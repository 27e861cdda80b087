"""``decisions eval``: how right an engine is, on labelled conversations."""

from __future__ import annotations

import typer

from extractor.cli.eval import adjudicate, compare, fetch, labels, prepare, report, run, score, validate

app = typer.Typer(no_args_is_help=True, help="Measure an engine on labelled conversations.")


app.command("run", short_help="Run an engine over a dataset and score it.")(run.run)
app.command("adjudicate", short_help="Judge predictions without a label.")(adjudicate.adjudicate)
app.command("compare", short_help="Hold two runs against each other.")(compare.compare)
app.command("score", short_help="Count a stored run again.")(score.score)
app.command("fetch", short_help="Fetch public corpora with labels.")(fetch.fetch)
app.command("report", short_help="Write a stored run as a page.")(report.report)
app.command("prepare", short_help="Make rows to label from transcripts.")(prepare.prepare)
app.command("labels", short_help="Make a dataset of your reviews.")(labels.labels)
app.command("validate", short_help="Check labelled conversations.")(validate.validate)
