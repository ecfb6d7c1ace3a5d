"""``make demo`` itself: start everything, stay, and on Ctrl-C leave nothing behind."""

import fcntl
import hashlib
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from infra.demo import progress
from infra.demo.children import Child
from infra.demo.settings import (
    DOSSIERS,
    HOME,
    OPERATORS_HOST,
    PORT,
    QUEUE,
    ROOT,
    WEB_THREADS,
    WEB_WORKERS,
    environment,
)
from infra.services import Addresses, ServicesDown, both_running, start_services, stop_services
from infra.services.failures import tail
from infra.services.ports import LOOPBACK, is_free

_OPEN_SECONDS = 90
_LOOK_SECONDS = 0.5
_LOOK_AT_SERVICES_SECONDS = 5.0


class DemoFailed(Exception):
    """The message is what the person at the terminal reads."""


class Stopped(Exception):
    """Somebody pressed Ctrl-C before the house was open."""


def run() -> int:
    """Returns the exit code. Blocks until it is told to stop."""
    stopping = threading.Event()
    _listen(stopping)
    begun = time.monotonic()
    try:
        with _only_one(), _services() as addresses:
            _prepare(addresses, stopping)
            with _children(addresses) as children:
                _wait_until_open(children, stopping)
                _bring_up(addresses, stopping)
                progress.say((HOME / "welcome.txt").read_text())
                progress.say(f"  Sẵn sàng sau {progress.seconds(time.monotonic() - begun)}.")
                _watch(children, addresses, stopping)
    except Stopped:
        pass
    except (DemoFailed, ServicesDown) as failure:
        print(f"\n{failure}", file=sys.stderr, flush=True)
        return 1
    progress.say("Đã dừng tất cả; dữ liệu được giữ lại.")
    return 0


def _listen(stopping: threading.Event) -> None:
    def note(number: int, frame: FrameType | None) -> None:
        if not stopping.is_set():
            stopping.set()
            os.write(1, "\nĐang dừng …\n".encode())  # print() may be in the middle of a line here

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, note)


@contextmanager
def _only_one() -> Iterator[None]:
    HOME.mkdir(mode=0o755, parents=True, exist_ok=True)
    (HOME / "archives").mkdir(
        mode=0o700, exist_ok=True
    )  # an export makes no folder: it might be an unmounted disk
    with (HOME / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise DemoFailed(f"Bản demo trong {HOME} đang chạy rồi.") from None
        if not is_free(PORT):
            raise DemoFailed(
                f"Cổng {PORT} đang có chương trình khác dùng. Chọn cổng khác: PORT=8001 make demo"
            )
        yield


@contextmanager
def _services() -> Iterator[Addresses]:
    database, broker = os.environ.get("DATABASE_URL"), os.environ.get("REDIS_URL")
    if database and broker:
        yield Addresses(database, broker, hashlib.sha256(database.encode()).hexdigest()[:16])
        return
    if database or broker:
        raise DemoFailed("Đặt cả DATABASE_URL và REDIS_URL, hoặc không đặt cái nào.")
    try:
        with progress.step("PostgreSQL và Valkey"):
            addresses = start_services(HOME)
        yield addresses
    finally:
        stop_services(HOME)


def _prepare(addresses: Addresses, stopping: threading.Event) -> None:
    command = [sys.executable, "-m", "infra.demo.prepare", addresses.database_id]
    process = subprocess.Popen(
        command, cwd=ROOT, env={**environment(), **addresses.environment, "DEMO_DOSSIERS": str(DOSSIERS)},
        stdin=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    while process.poll() is None:
        if stopping.wait(0.1):
            os.killpg(process.pid, signal.SIGKILL)  # each step is done again from its start
            process.wait()
            raise Stopped
    if process.returncode != 0:
        raise DemoFailed("Chuẩn bị không xong; lỗi ở phía trên.")


def _commands() -> dict[str, list[str]]:
    python = [sys.executable, "-m"]
    celery = [*python, "celery", "-A", "project.celery"]
    worker = [*celery, "worker", "--loglevel", "WARNING", "--without-gossip", "--without-mingle"]
    return {
        "web": [
            *python, "gunicorn", "project.wsgi:application", "--worker-class", "gthread",
            "--workers", str(WEB_WORKERS), "--threads", str(WEB_THREADS), "--bind", f"{LOOPBACK}:{PORT}",
            "--access-logfile", "-", "--graceful-timeout", "5",
        ],
        "worker": [*worker, "--concurrency", "2", "--hostname", "short@%h", "--queues", QUEUE],
        # One message for each who is free: a second one would wait behind an hour's work that it does not belong to.
        "long": [*worker, "--concurrency", "2", "--hostname", "long@%h", "--prefetch-multiplier", "1",
                 "--queues", f"{QUEUE}-long,{QUEUE}-rollout"],
        "scheduler": [*celery, "beat", "--loglevel", "WARNING", "--schedule", str(HOME / "beat"), "--pidfile="],
        **({"standby": [sys.executable, "manage.py", "standby"]} if environment()["STANDBY"] else {}),
    }  # fmt: skip


@contextmanager
def _children(addresses: Addresses) -> Iterator[list[Child]]:
    around = {**environment(), **addresses.environment}
    children = [
        Child(name, command, around, HOME / "log" / f"{name}.log") for name, command in _commands().items()
    ]
    try:
        for child in children:
            child.log.unlink(missing_ok=True)
            child.start()
        yield children
    finally:
        for child in children:
            child.ask_to_stop()
        for child in children:
            child.stop()


def _wait_until_open(children: list[Child], stopping: threading.Event) -> None:
    with progress.step("Máy chủ web, hai tiến trình nền và bộ lập lịch"):
        end = time.monotonic() + _OPEN_SECONDS
        while not _answers():
            web = children[0]
            if stopping.wait(0.2):
                raise Stopped
            if time.monotonic() > end or (web.process is not None and web.process.poll() is not None):
                raise DemoFailed(f"Máy chủ web không mở được:\n{tail(web.log)}")


def _bring_up(addresses: Addresses, stopping: threading.Event) -> None:
    """Most often there is nothing to do. Where it does not come to its end, the operator's board says why."""
    command = [sys.executable, "-m", "infra.demo.bringing_up"]
    with progress.step("Lược đồ đã có, tới bản mà phần mềm cần"):
        process = subprocess.Popen(
            command, cwd=ROOT, env={**environment(), **addresses.environment}, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        while process.poll() is None:
            if stopping.wait(0.1):
                process.kill()  # a tenant is upgraded whole or not at all; the next start takes what is left
                process.wait()
                raise Stopped
        told, _nothing = process.communicate()
        if process.returncode != 0 or "Triển khai" in told:
            progress.say(told.rstrip())


def _answers() -> bool:
    request = urllib.request.Request(f"http://{LOOPBACK}:{PORT}/", headers={"Host": OPERATORS_HOST})
    try:
        urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=5).close()
    except urllib.error.HTTPError as answer:
        return answer.code < 500
    except OSError:
        return False
    return True


def _watch(children: list[Child], addresses: Addresses, stopping: threading.Event) -> None:
    embedded = addresses.environment["DATABASE_URL"] != os.environ.get("DATABASE_URL")
    looked = time.monotonic()
    while not stopping.wait(_LOOK_SECONDS):
        for child in children:
            child.look(progress.say)
        if embedded and time.monotonic() - looked > _LOOK_AT_SERVICES_SECONDS:
            if not both_running(HOME):
                progress.say("  ✗ PostgreSQL hoặc Valkey đã dừng; đang chạy lại")
                start_services(HOME)
            looked = time.monotonic()
