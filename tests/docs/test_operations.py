"""Every command of the operator's handbook is run, in its order, in a house of its own; it prints and ends as told.

The house is the demo with few dossiers: a web server, a worker, the clock, real
commits. Files that commands write lie in a folder of the test.
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from infra.standing import standing_by
from tenants.registry.roles import role_name
from tests.docs.handbook import Step, read_handbook
from tests.journeys.house import ROOT, House, open_house, own_services
from tests.storage.store import REGION, Store, open_store

HANDBOOK = ROOT / "docs" / "operations.md"
PURPOSE = "handbook"
_SECONDS = 300


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    with open_house(PURPOSE, dossiers=4) as opened:
        yield opened


@pytest.fixture(scope="module")
def archives() -> Iterator[Store]:
    """The bucket that the handbook names."""
    with open_store() as opened:
        opened.client.create_bucket(Bucket="kho-luu-tru")
        yield opened


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """Where the operator stands: the handbook names files from the root of the house."""
    made = tmp_path_factory.mktemp("operator")
    (made / "docs").symlink_to(ROOT / "docs")
    (made / "luu").mkdir()
    return made


@pytest.fixture(scope="module")
def around(house, archives) -> Iterator[dict[str, str]]:
    """The operator's surroundings; a program stands by in them, as in every house that runs."""
    with (house.home / "standby.log").open("ab") as log:
        with standing_by(_environment(house, archives), log=log) as there:
            yield there


def _environment(house: House, archives: Store) -> dict[str, str]:
    database, redis = own_services(PURPOSE)
    return {
        **{name: value for name, value in os.environ.items() if name not in ("SECRET_KEY", "TEST_DATABASE")},
        "PYTHONUNBUFFERED": "1",  # what is printed and what is refused come in the order of a terminal
        "DATABASE_URL": database,
        "REDIS_URL": redis,
        "DJANGO_SETTINGS_MODULE": "project.settings.local",
        "PORT": str(house.port),
        "DEMO_HOME": str(house.home),
        "MEDIA_ROOT": str(house.home / "files"),
        "S3_ENDPOINT": archives.endpoint,
        "S3_REGION": REGION,
        "AWS_ACCESS_KEY_ID": archives.key["access_key"],
        "AWS_SECRET_ACCESS_KEY": archives.key["secret_key"],
        "STATIC_ROOT": str(house.home / "static"),
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "platform")]),
    }


def _run(step: Step, around: dict[str, str], folder: Path) -> tuple[int, str]:
    program, *rest = step.arguments
    assert program == "manage.py", f"line {step.line}: only manage.py can be tried, not {program}"
    done = subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), *rest], cwd=folder, env=around, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=_SECONDS, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout


def _happen(step: Step) -> None:
    database, _redis = own_services(PURPOSE)
    schema = "public" if step.code == "TW" else step.code.lower()
    role = role_name(database=database.rpartition("/")[2], schema=schema)
    with psycopg.connect(database, autocommit=True) as owner:
        owner.execute(f"SET search_path = {schema}, extensions")
        owner.execute(step.text.replace("{role}", role))


def test_every_command_of_the_handbook_does_what_the_handbook_says(house, folder, around):
    """Fails when a line is added to the handbook that no command prints, and when a command's ending is another one."""
    steps, _others = read_handbook(HANDBOOK)
    assert len([step for step in steps if not step.code]) > 40
    wrong = []
    for step in steps:
        if step.code:
            _happen(step)
            continue
        code, output = _run(step, around, folder)
        missing = step.is_printed_in(output)
        if code != step.exit_code or missing is not None:
            wrong.append(
                f"{HANDBOOK.name}:{step.line}: $ {step.text}\n"
                f"  exit {code}, told {step.exit_code}; not printed: {missing}\n{output[-3000:]}"
            )
    assert not wrong, "\n\n".join([*wrong, house.logs()[-4000:]])


def test_the_handbook_has_no_command_that_is_not_run():
    _steps, others = read_handbook(HANDBOOK)
    assert others <= {"toml", "sql", "text"}


def test_the_handbook_names_every_verb(around, folder):
    """What ``--help`` lists has its place in the handbook: a new verb without a word about it fails here."""
    told = HANDBOOK.read_text()
    for command in ("tenant", "release", "flag", "announce", "catalogue", "central"):
        _code, helped = _run(Step(0, f"manage.py {command} --help"), around, folder)
        verbs = re.findall(r"\{([a-z,-]+)\}", helped)[0].split(",")  # {0,1,2,3} before them is the verbosity
        assert [verb for verb in verbs if f"manage.py {command} {verb}" not in told] == []
