"""The house as it is served: gunicorn on loopback, with as many workers and threads as in the demo."""

import http.client
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from infra.bench.fleet.furnishing import CLERK, PASSWORD, PROGRAM, SECRET
from infra.bench.fleet.settings import HOME, ROOT, WEB_PORT, WEB_THREADS, WEB_WORKERS
from infra.services.ports import LOOPBACK

_OPEN_SECONDS = 60
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class Answer:
    __slots__ = ("body", "cookies", "status")

    def __init__(self, response: http.client.HTTPResponse) -> None:
        self.status = response.status
        self.body = response.read()
        self.cookies: SimpleCookie = SimpleCookie()
        for line in response.headers.get_all("Set-Cookie") or ():
            self.cookies.load(line)


def ask(
    method: str, host: str, path: str, *, headers: dict[str, str] | None = None, body: str = ""
) -> Answer:
    """One request on a connection of its own: the only address is loopback, the tenant is in the Host header."""
    connection = http.client.HTTPConnection(LOOPBACK, WEB_PORT, timeout=20)
    try:
        connection.request(
            method, path, body=body or None, headers={"Host": host, "Connection": "close", **(headers or {})}
        )
        return Answer(connection.getresponse())
    finally:
        connection.close()


@contextmanager
def serving() -> Iterator[None]:
    command = [
        sys.executable, "-m", "gunicorn", "project.wsgi:application", "--worker-class", "gthread",
        "--workers", str(WEB_WORKERS), "--threads", str(WEB_THREADS), "--bind", f"{LOOPBACK}:{WEB_PORT}",
        "--graceful-timeout", "5", "--no-control-socket",
    ]  # fmt: skip
    with (HOME / "web.log").open("ab") as log:
        process = subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, "DATABASE_POOL": "8"}, stdin=subprocess.DEVNULL, stdout=log,
            stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
    try:
        _wait(process)
        yield
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _wait(process: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + _OPEN_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            ask("GET", "localhost", "/")
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"the web server did not open:\n{(HOME / 'web.log').read_text()[-3000:]}")


def sign_in(host: str) -> dict[str, str]:
    """The headers of a clerk who came in through the sign-in page."""
    page = ask("GET", host, "/sign-in/")
    token = page.cookies["csrftoken"].value
    typed = urlencode({"username": CLERK, "password": PASSWORD, "csrfmiddlewaretoken": token})
    answer = ask(
        "POST", host, "/sign-in/", headers={**_FORM, "Cookie": f"csrftoken={token}"}, body=typed
    )  # fmt: skip
    if answer.status != 302:
        raise RuntimeError(f"{CLERK} could not sign in at {host}: {answer.status}")
    return {"Cookie": "; ".join(f"{name}={kept.value}" for name, kept in answer.cookies.items())}


def get_token(host: str) -> dict[str, str]:
    asked = urlencode({"grant_type": "client_credentials", "client_id": PROGRAM, "client_secret": SECRET})
    answer = ask("POST", host, "/api/v1/oauth2/token", headers=_FORM, body=asked)
    if answer.status != 200:
        raise RuntimeError(f"no token at {host}: {answer.status} {answer.body[:300]!r}")
    return {"Authorization": f"Bearer {json.loads(answer.body)['access_token']}"}
