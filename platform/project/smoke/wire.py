"""One visitor over plain HTTP: cookies, hidden fields, no redirect followed, no proxy, no name resolved."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from http.client import HTTPConnection, HTTPException
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

_PATIENCE_SECONDS = 15.0


class NoServer(Exception):
    """Nobody listens there: nothing can be said about the tenant."""


class Broken(Exception):
    """The answer is not what a person would need; the text says what came, and quotes nothing of the page."""


@dataclass(frozen=True, slots=True)
class Page:
    status: int
    location: str
    incident: str
    hidden: Mapping[str, str]  # the fields a form of the page sends along unseen

    def told(self) -> str:
        incident = _(" (mã sự cố {id})").format(id=self.incident) if self.incident else ""
        return _("máy chủ trả lời {status}{incident}").format(status=self.status, incident=incident)


class _Hidden(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts = dict(attrs)
        name = facts.get("name")
        if tag == "input" and facts.get("type") == "hidden" and name:
            self.found.setdefault(name, facts.get("value") or "")


class Visitor:
    """``address``: ``http://127.0.0.1:8000``, the server itself; ``host``: whose page it is."""

    def __init__(self, *, address: str, host: str) -> None:
        parts = urlsplit(address)
        self._place = (parts.hostname or "127.0.0.1", parts.port or 80)
        self._host = host
        # Where the house stands behind TLS it believes this header, and sends everybody else away to https.
        behind_tls = bool(getattr(settings, "SECURE_PROXY_SSL_HEADER", None))
        self._scheme = "https" if behind_tls else "http"
        self._cookies: SimpleCookie = SimpleCookie()

    @property
    def own_address(self) -> str:
        """As the server sees this visitor: it counts attempts by it."""
        return self._place[0]

    def get(self, path: str) -> Page:
        return self._ask("GET", path, None)

    def post(self, path: str, fields: Mapping[str, str], *, seen: Page) -> Page:
        """``fields`` beside what the page that was ``seen`` keeps hidden, its guard against forgery above all."""
        return self._ask("POST", path, urlencode({**seen.hidden, **fields}))

    def _ask(self, method: str, path: str, body: str | None) -> Page:
        connection = HTTPConnection(*self._place, timeout=_PATIENCE_SECONDS)
        try:
            try:
                connection.connect()
            except OSError as nobody:
                raise NoServer(_("không có máy chủ web ở {host}:{port}").format(
                    host=self._place[0], port=self._place[1])) from nobody  # fmt: skip
            try:
                connection.request(method, path, body, self._headers(body is not None))
                answer = connection.getresponse()
                page = answer.read()
            except (OSError, HTTPException) as broken:
                raise Broken(
                    _("máy chủ không trả lời hết ({error})").format(error=type(broken).__name__)
                ) from broken
        finally:
            connection.close()
        for line in answer.headers.get_all("Set-Cookie") or ():
            self._cookies.load(line)
        reader = _Hidden()
        if answer.headers.get_content_type() == "text/html":
            reader.feed(page.decode(errors="replace"))
        return Page(
            status=answer.status,
            location=answer.headers.get("Location", ""),
            incident=answer.headers.get("X-Incident-Id", ""),
            hidden=reader.found,
        )

    def _headers(self, form: bool) -> dict[str, str]:
        headers = {
            "Host": self._host,
            "X-Forwarded-Proto": self._scheme,
            "Referer": f"{self._scheme}://{self._host}/",
            "User-Agent": settings.PROBE_AGENT,
            "Accept-Language": "vi",
            "Cookie": "; ".join(f"{name}={one.value}" for name, one in self._cookies.items() if one.value),
        }
        return headers | ({"Content-Type": "application/x-www-form-urlencoded"} if form else {})


class Watch:
    """Milliseconds since it was started."""

    def __init__(self) -> None:
        self._begun = time.perf_counter()

    def read(self) -> float:
        return (time.perf_counter() - self._begun) * 1000
