"""Every page of every room: who opens it, and how to find one that has a dossier, a person or a unit in its address."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from tests.journeys.house import House
from tests.journeys.rooms import GIA_LAI, OPERATORS
from tests.journeys.wire import Wire

_ID = "[0-9a-f]{8}-[0-9a-f-]{27}"


@dataclass(frozen=True)
class Room:
    """``pages`` gets the person's eyes, to look for the addresses that it cannot know."""

    host: str
    username: str
    pages: Callable[[Wire], list[str]]


def _found(eyes: Wire, page: str, pattern: str) -> str:
    found = re.search(pattern, eyes.get(page).text)
    assert found is not None, f"{pattern} is not on {page}"
    return found[0]


def _counter(eyes: Wire) -> list[str]:
    waiting = _found(eyes, "/desk/?view=intake", f"/desk/dossiers/{_ID}/")
    views = ("intake", "unit", "mine", "near-due", "overdue", "applicant", "to-return")
    return [
        *(f"/desk/?view={view}" for view in views),
        "/desk/?view=unit&q=khongcoai",
        "/desk/search/?q=nguyen",
        "/desk/search/?q=khongcoai",
        "/desk/intake/",
        "/desk/intake/1.001193/",
        "/desk/intake/1.013225/",
        waiting,
        *(f"{waiting}moves/{move}/" for move in ("accept", "refuse-intake", "request-supplement")),
        f"{waiting}moves/request-withdrawal/",
        "/desk/dossiers/00000000-0000-7000-8000-000000000000/",
    ]


def _office(eyes: Wire) -> list[str]:
    # One that the specialist may work on, wherever it stands in its process.
    working = next(
        one
        for one in re.findall(f"/desk/dossiers/{_ID}/", eyes.get("/desk/?view=unit").text)
        if "/steps/" in eyes.get(one).text
    )
    return [
        *(f"{working}?tab={tab}" for tab in ("dossier", "papers", "process", "exchange", "history")),
        _found(eyes, working, f"{working}steps/{_ID}/"),
        *(f"{working}moves/{move}/" for move in ("record-result", "return-result", "record-payment")),
        *(f"{working}moves/{move}/" for move in ("stop", "extend", "receive-supplement", "request-payment")),
    ]


def _setup(eyes: Wire) -> list[str]:
    unit = _found(eyes, "/setup/units/", f"/setup/units/{_ID}/")
    person = _found(eyes, "/setup/staff/?q=chuyenvien", f"/setup/staff/{_ID}/")
    return [
        "/setup/",
        "/setup/units/",
        "/setup/units/new/",
        unit,
        f"{unit}close/",
        "/setup/staff/",
        "/setup/staff/?q=khongcoai",
        "/setup/staff/new/",
        person,
        f"{person}leave/",
        "/setup/upgrade/",
        "/setup/calendar/",
        "/setup/calendar/change/",
    ]


def _procedures(eyes: Wire) -> list[str]:
    code = "2.002999.H21"
    new = {"code": code, "name": "Hỗ trợ mai táng cho người cao tuổi", "copy_of": "2.000815"}
    eyes.post("/setup/local/new/", **new)  # refused where it is there already
    draft = _found(eyes, "/setup/local/", f"/setup/local/{_ID}/")
    permit = "/setup/procedures/1.013225/"
    return [
        "/setup/local/",
        "/setup/local/new/",
        "/setup/local/pattern/",
        draft,
        *(f"{draft}{section}/" for section in ("general", "cases", "components", "fees", "form", "process")),
        *(f"{permit}{page}/" for page in ("adopt", "record", "units")),
        "/setup/procedures/2.000986/process/",
        "/setup/procedures/1.013225/process/simulate/?dossiers=100",
        "/setup/procedures/",
        "/setup/procedures/1.013225/",
    ]


def _console(eyes: Wire) -> list[str]:
    eyes.post("/templates/2.001955/draft/")  # refused where it is there already
    return [
        "/templates/2.001955/2/form/",
        "/templates/2.001955/2/form/?o=%23noi-dung",
        "/",
        "/?q=khongcoai",
        "/tenants/H21/",
        *(f"/tenants/H21/{page}/" for page in ("life", "hosts", "archives", "merge", "ready")),
        "/tenants/H21/hosts/remove/gialai.localhost/",
        "/rollouts/",
        "/drift/",
        "/flags/",
        "/flags/khai-truoc/",
        "/announcements/",
        "/templates/",
        "/templates/1.001193/",
        "/templates/1.001193/process/",
        "/templates/1.001193/process/simulate/?dossiers=100",
        "/templates/1.001193/1/",
        "/templates/1.001193/1/effect/",
        "/templates/1.001193/adoption/",
        "/calendar/",
        *(f"/catalogue/{page}" for page in ("", "imports/", "findings/", "lists/", "lists/agencies/")),
        "/gallery/",
    ]


ROOMS = {
    "counter": Room(GIA_LAI, "tiepnhan", _counter),
    "office": Room(GIA_LAI, "chuyenvien", _office),
    "setup": Room(GIA_LAI, "quantri", _setup),
    "procedures": Room(GIA_LAI, "kiemsoat", _procedures),
    "console": Room(OPERATORS, "vanhanh", _console),
}
CITIZEN_PAGES = [
    "/",
    "/thu-tuc/",
    "/thu-tuc/?q=khongcogi",
    "/thu-tuc/1.013225/",
    "/thu-tuc/1.001193/to-khai/",
    "/to-khai",
    "/tra-cuu",
    "/tra-cuu/ho-so",
    "/sign-in/",
]


def open_to(house: House, room: Room) -> list[str]:
    return room.pages(Wire(house, room.host, room.username))
