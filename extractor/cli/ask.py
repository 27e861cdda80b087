"""``decisions ask``: a question answered from the log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from extractor.cli.console import Quiet, Voice, put, put_painted
from extractor.cli.history import Format, TextOrJson
from extractor.cli.options import EngineName

if TYPE_CHECKING:
    from extractor.answering import Answer


def ask(
    words: Annotated[list[str], typer.Argument(metavar="QUESTION", help="A question, in words.")],
    engine: EngineName = None,
    output_format: Format = TextOrJson.text,
    quiet: Quiet = False,
) -> None:
    """Answer a question from the log, with the records and passages that prove each sentence.

    A language model writes the answer where one is the engine; only the question and what the log has on it are sent.
    Without one, what the log has is printed as it is, best first.

    Exit codes: 0 also when the log does not say; 2 wrong usage; 3 the log or the model could not be used.
    """
    voice = Voice(quiet)
    from extractor.answering import answer, answering_model_from
    from extractor.cli.logs import mirror_of, open_log, viewer_of
    from extractor.finding import evidence_for
    from extractor.settings import load_settings

    settings = load_settings()
    model = answering_model_from(engine or settings.engine, settings)
    question = " ".join(words)
    with open_log(settings) as log:
        evidence, problems = evidence_for(mirror_of(log, settings, voice), question, viewer_of(settings))
    for problem in problems:
        voice.warn(f"Only words were searched, not meaning. {problem}")
    if model is not None and evidence:
        voice.insist(f"Engine: {model.name} ({model.version}). The text is sent to {model.destination}.")
    given = answer(question, evidence, model)
    _print(given, problems, output_format)
    _closing(given, voice)


def _print(given: Answer, problems: list[str], output_format: TextOrJson) -> None:
    if output_format is TextOrJson.json:
        from extractor.reports.documents import json_text
        from extractor.reports.log.answers import answer_json

        put(json_text(answer_json(given, problems), indent=2))
        return
    from extractor.reports.log.answers import show_answer

    put_painted(lambda console: show_answer(given, console))


def _closing(given: Answer, voice: Voice) -> None:
    from extractor.reports.text import count

    if given.unproven:
        said = count(len(given.unproven), "sentence")
        voice.warn(f"{said} of the model left out, as nothing in the log proves it.")
    if given.left_out:
        voice.say(f"{len(given.left_out):,} of the log's entries did not fit into the model's window.")
    if given.written_by is None and given.said:
        voice.say("No language model was used: this is what the log has on it, best first.")
    if given.usage.calls:
        voice.say(
            f"{given.usage.calls} calls, {given.usage.input_tokens:,} tokens in, {given.usage.output_tokens:,} out."
        )
