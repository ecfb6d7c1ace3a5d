"""An S3 server for the tests: moto's, which checks every signature, with faults on demand.

Run as a program of its own; it prints one line of JSON (its port, a key that may do everything, one that may
only read) and serves until it is stopped. ``POST /-/faults`` takes a list of faults; each befalls the next
``times`` requests of its ``method`` whose path holds ``path``, after the first ``skip`` of them:

- ``slow_down``: 503 SlowDown; ``denied``: 403 AccessDenied; ``full``: 507, as stores of one's own say it;
  ``gone``: 404 NoSuchUpload
- ``cut_request``: takes ``after`` bytes of what is sent, then the connection is gone
- ``cut_answer``: sends ``after`` bytes of the object, then the connection is gone
- ``flip``: one byte of the object is another one

``GET /-/seen`` says which requests came since the last time: method, path, length.
"""

import json
import os
import socket
import struct
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Any

os.environ["INITIAL_NO_AUTH_ACTION_COUNT"] = "0"  # from the first request on, before moto reads it

from moto.iam.models import iam_backends
from moto.server import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import make_server

ACCOUNT = "123456789012"
_ANSWERS = {
    "slow_down": ("503 Slow Down", "SlowDown"),
    "denied": ("403 Forbidden", "AccessDenied"),
    "gone": ("404 Not Found", "NoSuchUpload"),
    "full": ("507 Insufficient Storage", "InsufficientStorage"),
}
Start = Callable[..., Any]


class Cut(Exception):
    """The connection is gone; there is nobody left to answer."""


class Faulty:
    def __init__(self, inner: Callable[[dict[str, Any], Start], Iterable[bytes]]) -> None:
        self._inner = inner
        self._faults: list[dict[str, Any]] = []
        self._seen: list[tuple[str, str, int]] = []

    def __call__(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        method, path = environ["REQUEST_METHOD"], environ["PATH_INFO"]
        if path.startswith("/-/"):
            return self._steer(path, environ, start)
        self._seen.append((method, path, int(environ.get("CONTENT_LENGTH") or 0)))
        fault = self._due(method, path)
        if fault is None:
            return self._inner(environ, start)
        if fault["kind"] in _ANSWERS:
            environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
            return _refuse(start, *_ANSWERS[fault["kind"]])
        if fault["kind"] == "cut_request":
            environ["wsgi.input"].read(fault["after"])
            _hang_up(environ)
        return self._spoiled(fault, environ, start)

    def _steer(self, path: str, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        if path == "/-/faults":
            self._faults = json.loads(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])))
        seen, self._seen = self._seen, []
        body = json.dumps(seen).encode()
        start("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
        return [body]

    def _due(self, method: str, path: str) -> dict[str, Any] | None:
        for fault in self._faults:
            if fault["times"] and fault["method"] == method and fault["path"] in path:
                if fault["skip"]:
                    fault["skip"] -= 1
                    return None
                fault["times"] -= 1
                return fault
        return None

    def _spoiled(self, fault: dict[str, Any], environ: dict[str, Any], start: Start) -> Iterator[bytes]:
        body = b"".join(self._inner(environ, start))
        if fault["kind"] == "flip":
            place = fault["after"]
            yield body[:place] + bytes([body[place] ^ 1]) + body[place + 1 :]
            return
        yield body[: fault["after"]]
        _hang_up(environ)


def _refuse(start: Start, status: str, code: str) -> list[bytes]:
    body = f"<?xml version='1.0'?><Error><Code>{code}</Code><Message>{code}</Message></Error>".encode()
    start(status, [("Content-Type", "application/xml"), ("Content-Length", str(len(body)))])
    return [body]


def _hang_up(environ: dict[str, Any]) -> None:
    """At once and without a word, as a machine that is gone: what the other side still sends is refused."""
    connection = environ["werkzeug.socket"]
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    os.close(connection.detach())
    raise Cut


def _key(name: str, *actions: str) -> dict[str, str]:
    """A user of the server's own with a key pair, allowed these actions on every bucket."""
    iam = iam_backends[ACCOUNT]["aws"]
    iam.create_user(region_name="us-east-1", user_name=name)
    allowed = {"Effect": "Allow", "Action": list(actions), "Resource": "*"}
    iam.put_user_policy(name, "all", json.dumps({"Version": "2012-10-17", "Statement": [allowed]}))
    made = iam.create_access_key(name)
    return {"access_key": made.access_key_id, "secret_key": made.secret_access_key}


def main() -> None:
    app = Faulty(DomainDispatcherApplication(create_backend_app))
    server = make_server("127.0.0.1", 0, app, threaded=True)
    told = {
        "port": server.port,
        "key": _key("motcua", "s3:*"),
        "reader": _key("chi-doc", "s3:GetObject", "s3:HeadObject", "s3:ListBucket"),
    }
    sys.stdout.write(f"{json.dumps(told)}\n")
    sys.stdout.flush()
    sys.stderr = open(os.devnull, "w")  # noqa: SIM115 - a line a request; lives as long as the process
    server.serve_forever()


if __name__ == "__main__":
    main()
