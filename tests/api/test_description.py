"""The API against its own description."""

import json
from typing import Any

import pytest
import schemathesis
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import booleans
from schemathesis import checks
from schemathesis.specs.openapi import checks as openapi_checks

from project.wsgi import application

OPERATIONS = [
    ("/api/v1/dossiers", "GET"),
    ("/api/v1/dossiers", "POST"),
    ("/api/v1/dossiers/{public_id}", "GET"),
    ("/api/v1/dossiers/{public_id}/events", "GET"),
    ("/api/v1/dossiers/{public_id}/deadline", "GET"),
    ("/api/v1/procedures", "GET"),
    ("/api/v1/procedures/{code}/form", "GET"),
    ("/api/v1/files", "POST"),
]
CHECKS = [
    checks.not_a_server_error,
    openapi_checks.status_code_conformance,
    openapi_checks.content_type_conformance,
    openapi_checks.response_headers_conformance,
    openapi_checks.response_schema_conformance,
    openapi_checks.unsupported_method,
]


def _door_of_gia_lai(environ: dict[str, Any], start_response: Any) -> Any:
    # As Django's own test client does: the request must not close the connection that holds the test's
    # transaction. That client listens again after each of its requests, hence at every call.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    return application({**environ, "HTTP_HOST": "gialai.localhost"}, start_response)


@pytest.fixture
def described(furnished, gia_lai):
    yield schemathesis.openapi.from_wsgi("/api/v1/schema", _door_of_gia_lai)
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.parametrize(("address", "method"), OPERATIONS)
def test_the_api_answers_as_it_says(described, program, address, method):
    """Twenty requests an operation, the same at every run. What exists is asked for as well as what does not."""
    there = program.create("mo-ta").json()["id"]

    @settings(
        max_examples=20,
        derandomize=True,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=described[address][method].as_strategy(), exists=booleans())
    def ask(case, exists):
        if exists and "public_id" in case.path_parameters:
            case.path_parameters["public_id"] = there
        case.call_and_validate(headers={"Authorization": f"Bearer {program.token}"}, checks=CHECKS)

    ask()


def test_the_description_is_valid_and_complains_of_nothing(tmp_path):
    call_command("spectacular", validate=True, fail_on_warn=True, file=str(tmp_path / "schema.yml"))
    assert (tmp_path / "schema.yml").read_text().startswith("openapi: 3.1")


def test_the_description_holds_the_tenants_api_and_nothing_else(gia_lai):
    answer = Client(HTTP_HOST="gialai.localhost").get(
        "/api/v1/schema", headers={"accept": "application/json"}
    )
    described = json.loads(answer.content)
    found = [(path, method.upper()) for path, methods in described["paths"].items() for method in methods]
    assert sorted(found) == sorted(OPERATIONS)
    assert described["openapi"].startswith("3.1")


def test_the_description_names_the_scope_of_each_operation(gia_lai):
    answer = Client(HTTP_HOST="gialai.localhost").get("/api/v1/schema?format=json")
    dossiers = json.loads(answer.content)["paths"]["/api/v1/dossiers"]
    assert dossiers["get"]["security"] == [{"oauth2": ["dossiers:read"]}]
    assert dossiers["post"]["security"] == [{"oauth2": ["dossiers:write"]}]


def test_the_operators_host_has_no_api(db):
    for address in ("/api/v1/schema", "/api/v1/dossiers", "/api/v1/oauth2/token"):
        assert Client(HTTP_HOST="localhost").get(address).status_code == 404
