"""A command that somebody loaded does: as if it had started by itself, once, and only where nobody could tell."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from project.standby import asking

ROOT = Path(__file__).resolve().parents[4]
_SECONDS = 60
_HELP = ("flag", "--help")


def _until(look, what: str):
    end = time.monotonic() + _SECONDS
    while not (found := look()):
        assert time.monotonic() < end, what
        time.sleep(0.001)
    return found


def _hear_interrupts() -> None:
    """A shell that runs the tests in the background, or with nohup, has them ignore signals, and all that they start."""
    for number in (signal.SIGINT, signal.SIGHUP, signal.SIGQUIT):
        signal.signal(number, signal.SIG_DFL)


class Room:
    """A folder with a program that stands by, and the surroundings in which it was started."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.path = folder, folder / "standby.sock"
        self.around = {**os.environ, "STANDBY": str(self.path), "PYTHONPATH": f"{ROOT}:{ROOT / 'platform'}"}
        self.process: subprocess.Popen[str] | None = None

    def begin(self, **options) -> None:
        self.process = self.start("standby", stdout=subprocess.DEVNULL, **options)
        _until(lambda: self.path.exists() or self.process.poll() is not None, "it never listened")

    def end(self) -> int:
        self.process.terminate()
        return self.process.wait(_SECONDS)

    def start(self, *words: str, flags: tuple[str, ...] = (), change=None, **options):
        around = {**self.around, **(change or {})}
        command = [sys.executable, *flags, str(ROOT / "manage.py"), *words]
        options = {"cwd": ROOT, "preexec_fn": _hear_interrupts, **options}
        return subprocess.Popen(command, env=around, text=True, **options)

    def run(self, *words: str, **options) -> subprocess.CompletedProcess[str]:
        begun = self.start(*words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)
        out, err = begun.communicate(timeout=_SECONDS)
        return subprocess.CompletedProcess(words, begun.returncode, out, err)

    def children(self) -> list[int]:
        pid = self.process.pid
        return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]

    def takes(self) -> bool:
        """Whether it would do a command that is typed in its own surroundings. None is given to it."""
        try:
            with asking.call(str(self.path)) as line:
                words = ["manage.py", "release"]
                return asking.request(line, words, str(ROOT), self.around) == asking.READY
        except asking.NobodyThere:
            return False

    def why_not(self, **options) -> str:
        asked = self.run("standby", "--ask", **options)
        return asked.stderr.strip() if asked.returncode else ""


@pytest.fixture(scope="module")
def room():
    folder = Path(tempfile.mkdtemp(prefix="motcua-standby-"))  # pytest's own is too long for a socket
    made = Room(folder)
    made.begin()
    yield made
    made.end()
    shutil.rmtree(folder)


@pytest.fixture
def slow(room, tmp_path):
    """A command that waits for a file's end, in the worker that was forked for it."""
    pipe = tmp_path / "cho.toml"
    os.mkfifo(pipe)
    assert room.children() == []
    started = room.start(
        "tenant", "onboard", str(pipe), stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path
    )
    (worker,) = _until(room.children, "no worker was forked")
    yield started, worker
    started.kill()
    started.communicate(timeout=_SECONDS)
    _until(lambda: not room.children(), "the worker never ended")


def test_command_says_and_ends_as_when_it_starts_by_itself(room):
    for words in (_HELP, ("release", "khong-co"), ("tenant", "onboard", "/khong/co.toml")):
        alone = room.run(*words, change={"STANDBY": ""})
        done = room.run(*words)
        assert (done.stdout, done.stderr, done.returncode) == (
            alone.stdout,
            alone.stderr,
            alone.returncode,
        ), words
    assert alone.returncode == 1


def test_work_is_done_by_a_process_of_the_one_that_stands_by(room, slow):
    _started, worker = slow
    _until(lambda: os.getsid(worker) == worker, "signals of the other terminal would reach it")


def test_worker_has_folder_and_files_of_who_asked(room, slow, tmp_path):
    started, worker = slow
    _until(lambda: Path(f"/proc/{worker}/cwd").resolve() == tmp_path, "it stands in another folder")
    mine, its = (
        [Path(f"/proc/{process}/fd/{number}").readlink() for number in (0, 1, 2)]
        for process in (started.pid, worker)
    )
    assert mine == its


def test_worker_has_the_environment_of_who_asked(room):
    def widest(**change):
        return max(map(len, room.run(*_HELP, change=change).stdout.splitlines()))

    assert widest(COLUMNS="60") <= 60 < widest(COLUMNS="120")


def test_worker_writes_with_the_umask_of_who_asked(room, tmp_path):
    """What it writes belongs to who asked: an archive holds personal data."""
    pipe = tmp_path / "cho.toml"
    os.mkfifo(pipe)
    started = room.start("tenant", "onboard", str(pipe), umask=0o027)
    (worker,) = _until(room.children, "no worker was forked")
    told = Path(f"/proc/{worker}/status")
    _until(lambda: "Umask:\t0027" in told.read_text(), "it never had that umask")
    started.kill()
    started.wait()
    _until(lambda: not room.children(), "the worker never ended")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_signal_to_the_command_reaches_the_work(room, slow, number):
    started, worker = slow
    time.sleep(0.2)  # until it knows its worker, signals are kept; this one should take the usual way
    started.send_signal(number)
    _out, err = started.communicate(timeout=_SECONDS)
    assert started.returncode == -number
    assert ("KeyboardInterrupt" in err) is (number is signal.SIGINT)
    _until(lambda: not Path(f"/proc/{worker}").exists(), "the work went on")


def test_signal_is_never_too_early(room, tmp_path):
    """Seen to fail without the signals held back at the fork: the worker took it for the loop's."""
    pipe = tmp_path / "cho.toml"
    os.mkfifo(pipe)
    for _time in range(15):
        started = room.start("tenant", "onboard", str(pipe))
        _until(room.children, "no worker was forked")
        os.kill(room.children()[0], signal.SIGTERM)
        ended = started.wait(_SECONDS)
        assert ended == -signal.SIGTERM


def test_work_hears_that_its_terminal_is_gone(room, slow):
    started, worker = slow
    started.kill()
    _until(lambda: not Path(f"/proc/{worker}").exists(), "the work went on for nobody")


def test_who_asked_and_the_worker_may_go_at_the_same_moment(room, slow):
    """Seen to fail without the look at the closed line: the loop ended, and everybody's commands with it."""
    started, worker = slow
    room.process.send_signal(signal.SIGSTOP)
    os.kill(worker, signal.SIGKILL)
    _until(lambda: "State:\tZ" in Path(f"/proc/{worker}/status").read_text(), "the worker never ended")
    started.kill()
    started.wait()
    room.process.send_signal(signal.SIGCONT)
    assert room.takes()


@pytest.mark.parametrize("number", [0, 1, 2])
def test_caller_with_a_closed_file_does_it_himself(room, number):
    """Seen to fail without the look at the line's own number: its place is that of the closed file."""
    silent = {
        "preexec_fn": lambda: os.close(number),
        "stdout": subprocess.DEVNULL,
        "stderr": subprocess.DEVNULL,
    }
    alone, done = (room.start(*_HELP, change=change, **silent) for change in ({"STANDBY": ""}, {}))
    assert alone.wait(_SECONDS) == done.wait(_SECONDS)


def test_what_the_caller_ignores_reaches_no_work(room, tmp_path):
    """``nohup manage.py …``, and a shell's background: as without the one that stands by."""
    pipe = tmp_path / "cho.toml"
    os.mkfifo(pipe)
    ignoring = {"preexec_fn": lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN)}
    started = room.start("tenant", "onboard", str(pipe), **ignoring)
    _until(room.children, "no worker was forked")
    started.send_signal(signal.SIGHUP)
    time.sleep(0.3)
    assert (started.poll(), len(room.children())) == (None, 1)
    started.send_signal(signal.SIGTERM)
    assert started.wait(_SECONDS) == -signal.SIGTERM


def test_killed_worker_is_told_as_such(room, slow):
    started, worker = slow
    os.kill(worker, signal.SIGKILL)
    assert started.wait(_SECONDS) == -signal.SIGKILL


def test_several_work_side_by_side(room, slow):
    assert room.run(*_HELP).returncode == 0
    assert len(room.children()) == 1


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"DATABASE_URL": "postgresql://mot:cua@127.0.0.1:1/khac"}, "DATABASE_URL"),
        ({"BIEN_LA": "1"}, "BIEN_LA"),
        ({"PYTHONUNBUFFERED": "", "TZ": "UTC"}, "TZ"),
    ],
)
def test_other_surroundings_are_declined_by_name_and_never_by_value(room, change, said):
    why = room.why_not(change=change)
    assert said in why
    assert not any(value and value in why for value in change.values() if len(value) > 3)
    assert room.run(*_HELP, change=change).returncode == 0


@pytest.mark.parametrize("name", ["TERM", "SSH_TTY", "SUDO_USER", "PATH"])
def test_what_belongs_to_a_terminal_may_differ(room, name):
    assert room.why_not(change={name: f"{os.environ.get(name, '')}:khac"}) == ""


def test_commands_that_are_not_ours_start_by_themselves(room):
    """``runserver`` and ``shell`` among them: they never end, or need the terminal itself."""
    with asking.call(str(room.path)) as line:
        told = asking.request(line, ["manage.py", "shell"], str(ROOT), room.around)
        assert told == asking.DECLINED


def test_flags_of_python_are_honoured(room):
    assert room.run("flag", "--help", flags=("-X", "importtime")).stderr.startswith("import time:")


def test_other_copy_of_the_code_is_declined(room, tmp_path):
    """Two versions on one machine: each does its own work."""
    with asking.call(str(room.path)) as line:
        assert asking.request(line, ["manage.py", "flag"], str(tmp_path), room.around) == asking.DECLINED


@pytest.mark.parametrize("told", [b"", b"?"])
def test_without_go_nothing_is_done(room, tmp_path, told):
    """Seen to fail where GO was not asked for: whoever waited too long would have it done twice."""
    pipe = tmp_path / "cho.toml"
    os.mkfifo(pipe)
    words = ["manage.py", "tenant", "onboard", str(pipe)]
    with asking.call(str(room.path)) as line:
        assert asking.request(line, words, str(ROOT), room.around) == asking.READY
        line.sendall(told)
        if not told:
            line.shutdown(socket.SHUT_WR)
        assert room.run(*_HELP).returncode == 0  # heard after this one had been let go
        left = room.children()
    for worker in left:
        os.kill(worker, signal.SIGKILL)
    assert left == []


def test_nonsense_does_no_harm(room):
    for told in (b"", b"\0\0\0\0", b"GET / HTTP/1.1\r\n\r\n", b"\x7f\xff\xff\xff", b"\0\0\0\1x"):
        with socket.socket(socket.AF_UNIX) as line:
            line.connect(str(room.path))
            line.sendall(told)
    assert room.takes()


def test_only_the_person_himself_gets_in(room):
    assert (room.path.stat().st_mode & 0o777) == 0o600


def test_second_one_at_the_same_place_is_refused(room):
    second = room.run("standby")
    assert (second.returncode, "Đã có một tiến trình trực" in second.stderr) == (1, True)
    assert room.takes()


@pytest.fixture
def own_room():
    folder = Path(tempfile.mkdtemp(prefix="motcua-standby-"))
    made = Room(folder)
    yield made
    if made.process is not None and made.process.poll() is None:
        made.process.kill()
        made.process.wait()
    shutil.rmtree(folder)


def test_folder_that_others_write_to_is_refused(own_room):
    own_room.folder.chmod(0o777)
    refused = own_room.run("standby")
    assert (refused.returncode, "không ai khác ghi được vào" in refused.stderr) == (1, True)


def test_what_the_loop_ignores_its_workers_hear(own_room, tmp_path):
    """Begun with nohup, as services are. Seen to fail: work went on, for ever, for a terminal that was gone."""
    own_room.begin(preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN))
    pipe = tmp_path / "cho.toml"
    os.mkfifo(pipe)
    started = own_room.start("tenant", "onboard", str(pipe))
    (worker,) = _until(own_room.children, "no worker was forked")
    started.kill()
    started.wait()
    _until(lambda: not Path(f"/proc/{worker}").exists(), "the work went on for nobody")


def test_nobody_there_and_a_socket_left_behind_cost_nothing(own_room):
    assert own_room.run(*_HELP).returncode == 0
    own_room.begin()
    own_room.process.kill()
    own_room.process.wait()
    assert own_room.path.exists()
    assert own_room.run(*_HELP).returncode == 0
    own_room.begin()
    _until(own_room.takes, "the new one was not found")
    assert own_room.end() == 0
    assert not own_room.path.exists()


def test_one_that_does_not_answer_is_not_waited_for(own_room):
    own_room.begin()
    _until(own_room.takes, "it never answered")
    own_room.process.send_signal(signal.SIGSTOP)
    done = own_room.run(*_HELP)
    own_room.process.send_signal(signal.SIGCONT)
    assert done.returncode == 0
    assert "usage" in done.stdout


def test_lost_between_the_two_the_command_says_that_it_does_not_know(own_room, tmp_path):
    """Neither tried again by itself nor told as done."""
    pipe = tmp_path / "cho.toml"
    os.mkfifo(pipe)
    own_room.begin()
    _until(own_room.takes, "it never answered")
    started = own_room.start("tenant", "onboard", str(pipe), stderr=subprocess.PIPE)
    (worker,) = _until(own_room.children, "no worker was forked")
    own_room.process.kill()
    own_room.process.wait()
    time.sleep(0.2)
    assert started.poll() is None  # its work goes on
    os.kill(worker, signal.SIGKILL)
    _out, err = started.communicate(timeout=_SECONDS)
    assert (started.returncode, "không biết lệnh này kết thúc ra sao" in err) == (1, True)


def test_told_to_end_it_ends_its_workers(own_room, tmp_path):
    pipe = tmp_path / "cho.toml"
    os.mkfifo(pipe)
    own_room.begin()
    _until(own_room.takes, "it never answered")
    started = own_room.start("tenant", "onboard", str(pipe))
    _until(own_room.children, "no worker was forked")
    time.sleep(0.2)
    assert own_room.end() == 0
    assert started.wait(_SECONDS) == -signal.SIGTERM


def test_changed_code_is_never_run_from_memory(own_room, tmp_path):
    """It begins anew, and holds nothing of who was declined: whoever reads his output meets its end."""
    manifests = tmp_path / "releases"
    shutil.copytree(ROOT / "platform" / "project" / "releases", manifests)
    own_room.around["RELEASE_MANIFESTS"] = str(manifests)
    own_room.begin()
    _until(own_room.takes, "it never answered")
    newest = max(manifests.glob("*.toml"))
    newest.write_text(f"{newest.read_text()}\n")
    assert newest.name in own_room.why_not()
    assert own_room.run(*_HELP).returncode == 0
    _until(own_room.takes, "it never came back")
    assert own_room.run(*_HELP).returncode == 0
