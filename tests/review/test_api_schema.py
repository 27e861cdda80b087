"""The API keeps to its OpenAPI document, whatever is sent: schemathesis, with the real doors, single calls and chains.

``DECISIONS_SOAK=1`` sends some twenty times as much, with other values every time.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from api_world import BASE, local_door, planted, team_door
from hypothesis import HealthCheck, given, settings
from kept import EMBEDDER
from schemathesis.checks import CHECKS
from schemathesis.specs.openapi.schemas import OpenApiSchema

from extractor.log.events import verify
from extractor.log.store import Log
from extractor.plan import ServePlan
from extractor.review.service import Desk
from extractor.review.web.app import create_app
from extractor.review.web.site import Site

SOAK = bool(os.environ.get("DECISIONS_SOAK"))
EXAMPLES = 200 if SOAK else 5
CHAINS = 200 if SOAK else 10
SETTINGS: dict[str, Any] = {"deadline": None, "database": None, "suppress_health_check": list(HealthCheck)}
NOT_CHECKED = [CHECKS.get_one("positive_data_acceptance"), CHECKS.get_one("ignored_auth")]
"""The document cannot say that a cursor is one that was given out, or that an act fits its record; and who may do what
is the table of ``test_routes.py``: this check takes the headers of the caller for those it made up itself.
"""
OWN_ACCOUNT = ("/accounts", "/tokens", "/sessions")
"""What would lock out whoever tests."""


@pytest.fixture(params=["local", "team"])
def api(request: pytest.FixtureRequest, log: Log) -> Iterator[tuple[OpenApiSchema, dict[str, str]]]:
    """The document of the API over a real log, and what says who asks."""
    planted(log)
    desk = Desk(log, lambda: EMBEDDER)
    door, headers = local_door(log) if request.param == "local" else team_door(log)
    app = create_app(Site(desk, ServePlan(accounts=request.param == "team"), door))
    schema = schemathesis.openapi.from_dict(app.openapi())
    schema.app = app
    schema.config.update(base_url=BASE)
    schema.config.generation.update(with_security_parameters=False)
    yield schema, headers
    with log.read() as connection:
        verify(connection)


def test_every_call_answers_as_its_document_says(api: tuple[OpenApiSchema, dict[str, str]]) -> None:
    schema, headers = api
    asked = Counter[tuple[str, int]]()
    for result in schema.get_all_operations():
        operation: Any = result.ok()  # type: ignore[union-attr]
        if operation.method != "get" and any(part in operation.path for part in OWN_ACCOUNT):
            continue
        described = operation.definition.raw
        takes_anything = bool(described.get("parameters") or described.get("requestBody"))
        for mode in schemathesis.GenerationMode if takes_anything else [schemathesis.GenerationMode.POSITIVE]:
            _send(operation, mode, headers, asked)
    assert len(asked) >= 17
    assert {status // 100 for _, status in asked} >= {2, 4}


def _send(operation: Any, mode: Any, headers: dict[str, str], asked: Counter[Any]) -> None:
    @settings(max_examples=EXAMPLES, derandomize=not SOAK, **SETTINGS)
    @given(case=operation.as_strategy(generation_mode=mode))
    def call(case: Any) -> None:
        answer = case.call_and_validate(headers=headers, excluded_checks=NOT_CHECKED)
        asked[operation.label, answer.status_code] += 1

    call()


def test_chains_of_calls_answer_as_the_document_says(api: tuple[OpenApiSchema, dict[str, str]]) -> None:
    schema, headers = api
    steps = Counter[str]()

    class Chain(schema.as_state_machine()):  # type: ignore[misc]
        def get_call_kwargs(self, case: Any) -> dict[str, Any]:
            return {"headers": headers}

        def validate_response(self, response: Any, case: Any, **more: Any) -> None:
            steps[f"{case.operation.label} {response.status_code}"] += 1
            case.validate_response(response, headers=headers, excluded_checks=NOT_CHECKED)

    Chain.run(settings=settings(max_examples=CHAINS, derandomize=not SOAK, stateful_step_count=8, **SETTINGS))
    followed = [one for one in steps if "/{" in one and one.endswith(" 200")]
    assert followed, steps
