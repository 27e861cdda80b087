"""Which engine a name stands for."""

import subprocess
import sys
from types import SimpleNamespace

import pytest
from pydantic import SecretStr

from extractor.engines.choice import DEFAULT_OPENAI_MODEL, make_engine
from extractor.errors import EngineSetupError, UsageError

KEY = SecretStr("sk-test-1234567890abcdef")


def test_a_model_is_named_after_the_colon():
    assert make_engine("openai:some/model:free", api_key=KEY).info.model == "some/model:free"


def test_openai_alone_is_the_default_model():
    assert make_engine("openai", api_key=KEY).info.model == DEFAULT_OPENAI_MODEL


@pytest.mark.parametrize("spec", ["", "openai:", "openai: ", "local:big", "anthropic:claude", "gpt-4.1", "LOCAL"])
def test_any_other_name_is_answered_with_the_choices(spec):
    with pytest.raises(UsageError, match=r"Choose local, openai, or openai:MODEL\."):
        make_engine(spec, api_key=KEY)


def test_a_key_in_the_environment_chooses_nothing(monkeypatch):
    local = SimpleNamespace(LocalEngine=lambda *_: "the local engine")
    monkeypatch.setitem(sys.modules, "extractor.engines.local.engine", local)
    monkeypatch.setenv("OPENAI_API_KEY", KEY.get_secret_value())
    assert make_engine("local") == "the local engine"


def test_openai_without_a_key_does_not_start():
    with pytest.raises(EngineSetupError, match="No key is set"):
        make_engine("openai")


def test_making_an_engine_imports_no_client():
    code = (
        "import sys\nfrom pydantic import SecretStr\nfrom extractor.engines.choice import make_engine\n"
        "make_engine('openai:m', api_key=SecretStr('k'))\n"
        "assert not {'langchain', 'langchain_openai', 'openai', 'langsmith'} & set(sys.modules)"
    )
    path = {"PYTHONPATH": ":".join(sys.path)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, env=path)
    assert done.returncode == 0, done.stderr
