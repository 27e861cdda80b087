"""``decisions ask`` with a language model in its place: what is announced, sent, and printed."""

from __future__ import annotations

import json

import pytest
from engines.loopback import LoopbackServer, content

KEY = {"OPENAI_API_KEY": "sk-test-1234567890", "no_proxy": "127.0.0.1,localhost"}


def reply(said: bool, *sentences: tuple[str, list[int]]) -> str:
    return json.dumps({"said": said, "sentences": [{"text": text, "cites": cites} for text, cites in sentences]})


def test_a_model_writes_the_answer_and_each_sentence_carries_its_proof(shed_log, decisions):
    with LoopbackServer() as server:
        server.queue(content(reply(True, ("The roof is green.", [1]), ("It was raining.", [99]))))
        told = {**KEY, "DECISIONS_OPENAI_BASE_URL": server.url}
        done = decisions("ask", "--quiet", "--engine", "openai:m", "Which colour is the roof of the shed?", env=told)
        (asked,) = server.requests
    assert done.returncode == 0, done.stderr
    assert f"The text is sent to {server.url}" in done.stderr  # whatever --quiet says
    assert "The roof is green. [1]" in done.stdout
    assert "It was raining" not in done.stdout
    assert "The shed gets a" in done.stdout
    assert "Which colour is the roof" in asked.user
    assert KEY["OPENAI_API_KEY"] not in done.stdout + done.stderr


def test_what_the_log_does_not_say_is_said(shed_log, decisions):
    with LoopbackServer() as server:
        server.queue(content(reply(False)))
        told = {**KEY, "DECISIONS_OPENAI_BASE_URL": server.url}
        done = decisions("ask", "-e", "openai:m", "How much does the roof of the shed cost?", env=told)
    assert (done.returncode, done.stdout.strip()) == (0, "The log does not say.")


def test_nothing_is_sent_where_the_log_has_nothing_on_the_question(shed_log, decisions):
    with LoopbackServer() as server:
        told = {**KEY, "DECISIONS_OPENAI_BASE_URL": server.url}
        done = decisions("ask", "-e", "openai:m", "quantum chromodynamics?", env=told)
        assert not server.requests
    assert (done.returncode, done.stdout.strip()) == (0, "The log does not say.")
    assert "is sent" not in done.stderr


@pytest.mark.parametrize(("engine", "code"), [("openai:m", 3), ("nonsense", 2)])
def test_a_model_that_cannot_start_is_one_sentence(shed_log, decisions, engine, code):
    done = decisions("ask", "-e", engine, "Which roof?")
    assert done.returncode == code
    assert done.stdout == ""
    assert len([line for line in done.stderr.splitlines() if line.startswith("Error: ")]) == 1
