"""The running house and browsers for all journeys, opened once; the house's logs beside a test that failed."""

import secrets
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.journeys.house import House, open_house
from tests.journeys.rooms import GIA_LAI, Citizen, Desk

_CHROMIUM = "/usr/bin/chromium"
_CHROMIUM_ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_WAIT_MILLISECONDS = 15_000
_HOUSE = pytest.StashKey[House]()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.journey)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    outcome = yield
    report = outcome.get_result()
    house = item.session.stash.get(_HOUSE, None)
    if report.failed and house is not None:
        report.sections.append(("logs of the running house", house.logs()))


# Package, not session: while Playwright is open its loop runs in this thread, and Django's ORM then refuses to work.
@pytest.fixture(scope="package")
def running_house(request: pytest.FixtureRequest) -> Iterator[House]:
    with open_house() as house:
        request.session.stash[_HOUSE] = house
        yield house


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=_CHROMIUM, args=_CHROMIUM_ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def new_context(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """A browser of its own: cookies are shared with nobody."""
    opened: list[BrowserContext] = []

    def make(**options: object) -> BrowserContext:
        usual = {"viewport": {"width": 1366, "height": 768}, "locale": "vi-VN"}
        context = browser.new_context(**{**usual, **options})
        context.set_default_timeout(_WAIT_MILLISECONDS)
        opened.append(context)
        return context

    yield make
    for context in opened:
        context.close()


@pytest.fixture
def new_desk(running_house: House, new_context: Callable[..., BrowserContext]) -> Callable[..., Desk]:
    def make(host: str = GIA_LAI, **options: object) -> Desk:
        return Desk(_new_page(new_context(**options)), running_house.address(host))

    return make


@pytest.fixture
def desk(new_desk: Callable[..., Desk]) -> Desk:
    """A browser in Gia Lai at which nobody has signed in yet."""
    return new_desk()


@pytest.fixture
def citizen(running_house: House, new_context: Callable[..., BrowserContext]) -> Citizen:
    return Citizen(_new_page(new_context()), running_house.address(GIA_LAI))


def _new_page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture
def suffix() -> str:
    """For names that can be given once: a journey may be run again in the same house."""
    return secrets.token_hex(3)
