"""A person without a browser: the answers as they come over the wire."""

import re

from infra.seed.staff import DEMO_PASSWORD
from tests.journeys.house import Answer, House


class Wire:
    """Somebody signed in, without a browser: sees the answers as they are."""

    def __init__(self, house: House, host: str, username: str) -> None:
        self.house, self.host = house, host
        page = house.ask(host, "/sign-in/")
        self.csrf = read_cookie(page, "csrftoken")
        typed = {"username": username, "password": DEMO_PASSWORD, "csrfmiddlewaretoken": self.csrf}
        headers = {"Cookie": f"csrftoken={self.csrf}"}
        answer = house.ask(host, "/sign-in/", "POST", headers=headers, form=typed)
        assert answer.status == 302, answer.text
        self.csrf, self.session = read_cookie(answer, "csrftoken"), read_cookie(answer, "sessionid")

    def get(self, path: str) -> Answer:
        return self.house.ask(self.host, path, headers=self._cookies())

    def post(self, path: str, **form: str) -> Answer:
        form["csrfmiddlewaretoken"] = self.csrf
        return self.house.ask(self.host, path, "POST", headers=self._cookies(), form=form)

    def _cookies(self) -> dict[str, str]:
        return {"Cookie": f"csrftoken={self.csrf}; sessionid={self.session}"}


def read_cookie(answer: Answer, name: str) -> str:
    return re.search(rf"{name}=([^;]+)", " ".join(answer.headers.get_all("Set-Cookie", [])))[1]
