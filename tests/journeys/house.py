"""The house as ``make demo`` opens it, for the journeys alone: own data, own port, own folder, gone afterwards."""

import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit, urlunsplit

from infra.demo.children import Child
from infra.services.failures import tail
from infra.services.ports import LOOPBACK, is_free
from tests.maintenance import create_database, drop_database, url_of

ROOT = Path(__file__).resolve().parents[2]
DOSSIERS_A_TENANT = 30
_OPEN_SECONDS = 240  # the seed of staff is the longest part, and the machine may be busy
JOURNEYS = "journeys"
_PORTS = {JOURNEYS: 63100, "handbook": 63600}  # where each begins to look: two houses may be opened at once
_REDIS_DATABASES = {JOURNEYS: 15, "handbook": 14}  # of the tests' Valkey; everybody else starts from 0


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Message
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def json(self):
        return json.loads(self.body)


@dataclass(frozen=True)
class House:
    port: int
    home: Path

    def address(self, host: str) -> str:
        return f"http://{host}:{self.port}"

    def ask(
        self, host: str, path: str, method="GET", *, headers=None, form=None, body=None, raw=None
    ) -> Answer:
        """One request over the wire without a browser; ``form`` is sent as a form, ``body`` as JSON, ``raw`` as it is."""
        sent, content = {"Host": f"{host}:{self.port}", **(headers or {})}, raw
        if form is not None:
            content, sent["Content-Type"] = urlencode(form), "application/x-www-form-urlencoded"
        elif body is not None:
            content, sent["Content-Type"] = json.dumps(body), "application/json"
        connection = HTTPConnection(LOOPBACK, self.port, timeout=60)
        try:
            connection.request(method, quote(path, safe="/?&=%:"), content, sent)
            answer = connection.getresponse()
            return Answer(answer.status, answer.headers, answer.read())
        finally:
            connection.close()

    def logs(self) -> str:
        files = [self.home / "journey.log", *sorted((self.home / "log").glob("*.log"))]
        return "\n".join(f"── {file.name}\n{tail(file)}" for file in files if file.exists())


@contextmanager
def open_house(purpose: str = JOURNEYS, *, dossiers: int = DOSSIERS_A_TENANT) -> Iterator[House]:
    """While a journey is being written: JOURNEYS_PORT names a demo that is open already, and it is left as it is."""
    if (given := os.environ.get("JOURNEYS_PORT")) and purpose == JOURNEYS:
        yield House(int(given), Path(os.environ["DEMO_HOME"]))
        return
    home = Path(tempfile.mkdtemp(prefix=f"motcua-{purpose}-"))
    # It is taken only once the house is filled: another test run must not choose the same one meanwhile.
    begin = _PORTS[purpose] + os.getpid() % 300
    port = next(port for port in range(begin, 63999) if is_free(port))
    database, redis = own_services(purpose)
    _empty(database, redis)
    house = House(port, home)
    supervisor = Child(
        purpose,
        [sys.executable, "-m", "infra.demo"],
        {**_environment(house, database, redis), "DEMO_DOSSIERS": str(dossiers)},
        home / "journey.log",
    )
    supervisor.start()
    try:
        _wait_until_open(house, supervisor)
        yield house
    finally:
        supervisor.stop()
        left_over = not is_free(port)
        drop_database(database)
        shutil.rmtree(home, ignore_errors=True)
        if left_over:
            raise RuntimeError(f"Còn tiến trình giữ cổng {port} sau khi dừng ngôi nhà.")


def _environment(house: House, database: str, redis: str) -> dict[str, str]:
    left_out = {"DJANGO_SETTINGS_MODULE", "MEDIA_ROOT", "STATIC_ROOT", "TEST_DATABASE", "SECRET_KEY"}
    return {
        **{name: value for name, value in os.environ.items() if name not in left_out},
        "DATABASE_URL": database,
        "REDIS_URL": redis,
        "PORT": str(house.port),
        "DEMO_HOME": str(house.home),
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "platform")]),
    }


def own_services(purpose: str = JOURNEYS) -> tuple[str, str]:
    """In the servers of the tests, a database named after theirs and a Valkey database of its own."""
    # Imported late: it reads settings, which pytest-django has made ready by now.
    from django.conf import settings

    given = os.environ.get("DATABASE_URL") or url_of(settings.DATABASES["default"])
    own_redis = urlunsplit(urlsplit(settings.REDIS_URL)._replace(path=f"/{_REDIS_DATABASES[purpose]}"))
    parts = urlsplit(given)
    return urlunsplit(parts._replace(path=f"/{parts.path.lstrip('/')}_{purpose}")), own_redis


def _empty(database: str, address: str) -> None:
    # Imported late: only the journeys need it.
    import redis

    create_database(database)
    with redis.Redis.from_url(address) as valkey:
        valkey.flushdb()


def _wait_until_open(house: House, supervisor: Child) -> None:
    """``welcome.txt`` says that all steps are done; the page that the web server is there."""
    end = time.monotonic() + _OPEN_SECONDS
    while True:
        if supervisor.process is None or supervisor.process.poll() is not None or time.monotonic() > end:
            raise RuntimeError(f"Ngôi nhà không mở được:\n{house.logs()}")
        if (house.home / "welcome.txt").exists():
            try:
                if house.ask("gialai.localhost", "/").status == 200:
                    return
            except OSError:
                pass
        time.sleep(0.3)
