"""The database is away: people get a page that has its stylesheet, programs a problem document, both know what to do."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

# Nobody listens on port 1. A process of its own: this one needs its connections.
_ASKING = """
import json, sys
import django
django.setup()
from django.conf import settings
settings.STATIC_ROOT = sys.argv[1]
from django.test import Client
client, told = Client(HTTP_HOST="gialai.localhost", raise_request_exception=False), {}
for path in ("/static/main.css", "/", "/api/v1/dossiers", "/api/v1/khong-co"):
    answer = client.get(path)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    told[path] = [answer.status_code, dict(answer.headers), body.decode()]
print(json.dumps(told))
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list]:
    place = tmp_path_factory.mktemp("static")
    (place / "main.css").write_text("body { margin: 0 }")
    away = {"DATABASE_URL": "postgresql://nobody:nothing@127.0.0.1:1/nowhere", "DATABASE_WAIT": "0.3"}
    done = subprocess.run(
        [sys.executable, "-c", _ASKING, str(place)], env={**os.environ, **away}, cwd=Path(__file__).parents[3],
        stdout=subprocess.PIPE, text=True, check=True,
    )  # fmt: skip
    return json.loads(done.stdout.splitlines()[-1])


def test_files_of_the_front_end_need_no_database(told):
    """Seen to fail with whitenoise behind the tenant's middleware: the page stood there without its stylesheet."""
    status, _headers, body = told["/static/main.css"]
    assert (status, body) == (200, "body { margin: 0 }")


def test_people_get_a_page(told):
    status, headers, body = told["/"]
    assert status == 503
    assert headers["Content-Type"].startswith("text/html")
    assert "Không tới được cơ sở dữ liệu" in body
    assert headers["X-Incident-Id"] in body
    assert "default-src 'none'" in headers["Content-Security-Policy"]


@pytest.mark.parametrize("path", ["/api/v1/dossiers", "/api/v1/khong-co"])
def test_programs_get_a_problem_that_says_when_to_come_again(told, path):
    """Seen to fail while every failure outside of a view was a page."""
    status, headers, body = told[path]
    assert (status, headers["Content-Type"]) == (503, "application/problem+json")
    assert headers["Retry-After"] == "5"
    problem = json.loads(body)
    assert (problem["status"], problem["code"]) == (503, "database.unreachable")
    assert problem["incident"] == headers["X-Incident-Id"]
    assert problem["incident"] in problem["detail"]
