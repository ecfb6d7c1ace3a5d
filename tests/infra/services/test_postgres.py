"""The runner of the embedded PostgreSQL: from nothing, again, after a crash, and what it refuses to be."""

import os
import shutil
import signal
import socket
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from infra.services.failures import ServiceFailed
from infra.services.place import find_place, forget_place
from infra.services.postgres import NOT_DURABLE, Postgres

PORT = 61432


@pytest.fixture
def home(tmp_path_factory) -> Iterator[Path]:
    """pytest's own folders are closed to `nobody`: the runner then keeps its data elsewhere, which is the harder case."""
    folder = tmp_path_factory.mktemp("home")
    yield folder
    if folder.exists():
        Postgres(find_place(folder)).stop()
        forget_place(folder)


@pytest.fixture
def postgres(home) -> Postgres:
    server = Postgres(find_place(home))
    server.start(settings=NOT_DURABLE, usual_port=PORT)
    return server


def _ask(server: Postgres, question: str) -> object:
    with psycopg.connect(server.url) as connection:
        row = connection.execute(question).fetchone()
    return row[0] if row else None


def _pid(server: Postgres) -> int:
    return int((server.data / "postmaster.pid").read_text().splitlines()[0])


def test_start_makes_a_database_from_nothing(postgres):
    assert str(_ask(postgres, "SHOW server_version")).startswith("18.")
    assert _ask(postgres, "SHOW max_locks_per_transaction") == "1024"
    assert _ask(postgres, "SHOW server_encoding") == "UTF8"
    assert _ask(postgres, "SELECT lower('ĐẶNG THỊ HỒNG VÂN')") == "đặng thị hồng vân"


def test_start_puts_extensions_in_their_own_schema(postgres):
    found = "SELECT string_agg(extname, ',' ORDER BY extname) FROM pg_extension WHERE extnamespace = 'extensions'::regnamespace"
    assert _ask(postgres, found) == "btree_gin,pg_trgm,unaccent"
    assert _ask(postgres, "SELECT extensions.unaccent('Đặng Thị Ánh')") == "Dang Thi Anh"


def test_start_gives_the_application_no_superuser(postgres):
    rights = "SELECT ARRAY[rolsuper, rolinherit, rolcreaterole, rolcreatedb, rolcanlogin, rolreplication, rolbypassrls] FROM pg_roles WHERE rolname = current_user"
    assert _ask(postgres, rights) == [False, False, True, True, True, False, False]
    assert (
        _ask(postgres, "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = current_database()")
        == "motcua"
    )


def test_start_listens_on_loopback_only_and_asks_for_the_password(postgres):
    assert _ask(postgres, "SHOW listen_addresses") == "127.0.0.1"
    assert (
        "/" not in (postgres.data / "postmaster.pid").read_text().splitlines()[4]
    )  # the folder of its UNIX socket: none
    addresses = {
        line.split()[1]
        for line in Path("/proc/net/tcp").read_text().splitlines()[1:]
        if line.split()[3] == "0A"
    }
    port = int(postgres.url.rsplit(":", 1)[1].split("/")[0])
    assert f"0100007F:{port:04X}" in addresses
    assert f"00000000:{port:04X}" not in addresses
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(f"postgresql://motcua:wrong@127.0.0.1:{port}/motcua")
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(f"postgresql://postgres@127.0.0.1:{port}/postgres")


def test_start_keeps_passwords_to_itself(postgres):
    notes = postgres.place.notes_file
    assert stat.S_IMODE(notes.stat().st_mode) == 0o600
    assert stat.S_IMODE(postgres.data.stat().st_mode) == 0o700
    password = postgres.place.read_notes()["postgres"]["password"]
    everybody = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout
    assert password not in everybody


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to step down")
def test_start_never_runs_as_root(postgres):
    assert Path(f"/proc/{_pid(postgres)}").stat().st_uid != 0


def test_restart_keeps_the_data(postgres):
    with psycopg.connect(postgres.url) as connection:
        connection.execute("CREATE TABLE public.kept (word text)")
        connection.execute("INSERT INTO public.kept VALUES ('còn đây')")
    cluster = postgres.cluster
    postgres.stop()
    assert not postgres.is_running()
    postgres.stop()  # a second time is no trouble
    again = Postgres(find_place(postgres.place.home))
    again.start(settings=NOT_DURABLE, usual_port=PORT)
    assert _ask(again, "SELECT word FROM public.kept") == "còn đây"
    assert again.cluster == cluster
    again.start()  # neither is a start when it runs


def test_start_recovers_from_a_kill(postgres):
    pid = _pid(postgres)
    os.kill(pid, signal.SIGKILL)
    for _ in range(100):
        if not postgres.is_running():
            break
        signal.sigtimedwait([], 0.05)
    assert (postgres.data / "postmaster.pid").exists()
    postgres.start(settings=NOT_DURABLE)
    assert _ask(postgres, "SELECT 1") == 1


def test_start_ignores_a_pid_file_that_names_a_stranger(postgres):
    postgres.stop()
    pid_file = postgres.data / "postmaster.pid"
    pid_file.write_text(f"{os.getpid()}\n{postgres.data}\n0\n{PORT}\n\n127.0.0.1\n\n")
    postgres.start(settings=NOT_DURABLE)
    assert _ask(postgres, "SELECT 1") == 1


def test_start_takes_another_port_when_its_own_is_taken(postgres):
    port = postgres.place.read_notes()["postgres"]["port"]
    postgres.stop()
    with socket.socket() as squatter:
        squatter.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        squatter.bind(("127.0.0.1", port))
        squatter.listen()
        postgres.start(settings=NOT_DURABLE)
    assert postgres.place.read_notes()["postgres"]["port"] != port
    assert _ask(postgres, "SELECT 1") == 1


def test_start_begins_anew_when_the_first_one_was_cut_off(home):
    place = find_place(home)
    half = place.folder_for_server("postgres") / "data"
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n")
    server = Postgres(place)
    server.start(settings=NOT_DURABLE, usual_port=PORT)
    assert _ask(server, "SELECT 1") == 1


def test_start_says_why_it_failed_with_the_tail_of_the_log(postgres):
    postgres.stop()
    with pytest.raises(ServiceFailed, match="no_such_setting"):
        postgres.start(settings={"no_such_setting": "on"})


@pytest.mark.skipif(os.geteuid() != 0, reason="only root's folders are closed to the servers' user")
def test_find_place_leaves_the_rights_of_parents_alone(tmp_path_factory):
    closed = tmp_path_factory.mktemp("closed")
    closed.chmod(0o700)
    home = closed / "clone" / ".demo"
    place = find_place(home)
    try:
        assert place.ground.parent == Path("/var/tmp")
        assert (home / "place").read_text().strip() == str(place.ground)
        assert find_place(home).ground == place.ground
        assert stat.S_IMODE(closed.stat().st_mode) == 0o700
    finally:
        forget_place(home)
    assert not place.ground.exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root's folders are closed to the servers' user")
def test_program_is_copied_when_the_servers_user_cannot_reach_it(tmp_path_factory):
    closed = tmp_path_factory.mktemp("venv")
    closed.chmod(0o700)
    (closed / "bin").mkdir()
    shutil.copy("/bin/true", closed / "bin" / "true")
    home = tmp_path_factory.mktemp("home2")
    place = find_place(home)
    try:
        program = place.program(closed, entry="bin/true", folders=("bin",))
        assert program.is_relative_to(place.ground)
        assert subprocess.run([str(program)], cwd="/", **place.owner.popen).returncode == 0
        assert place.program(closed, entry="bin/true", folders=("bin",)) == program
    finally:
        forget_place(home)
