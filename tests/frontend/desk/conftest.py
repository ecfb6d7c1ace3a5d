"""People of the furnished tenant, signed in at their desks."""

import pytest
from django.test import Client

from tests.furniture import PASSWORD


def signed_in(username: str) -> Client:
    client = Client(HTTP_HOST="gialai.localhost")
    answer = client.post("/sign-in/", {"username": username, "password": PASSWORD})
    assert answer.status_code == 302, answer.content.decode()
    return client


@pytest.fixture
def counter(in_gia_lai) -> Client:
    """Reception at the ward of Pleiku."""
    return signed_in("tiepnhan")


@pytest.fixture
def sign_in(in_gia_lai):
    return signed_in


BIRTH = {
    "typed": "1",
    "owner_same": "1",
    "submitter.identity_number": "052190001234",
    "submitter.kind": "CITIZEN",
    "submitter.name": "Nguyễn Thị Phương Thảo",
    "submitter.birth_date": "12/03/1990",
    "submitter.phone": "0905 123 456",
    "submitter.address": "Tổ 5, phường Pleiku, tỉnh Gia Lai",
    "channel": "DIRECT",
    "result_channel": "DIRECT",
    "case_code": "1.001193.01",
    "components.to-khai.there": "1",
    "components.to-khai.originals": "1",
    "components.giay-chung-sinh.there": "1",
    "components.giay-chung-sinh.originals": "1",
}
BIRTH |= {
    "answers.child_name": "Nguyễn Hoàng Bảo An",
    "answers.child_sex": "Nữ",
    "answers.child_birth_date": "01112026",
    "answers.child_birth_place": "Bệnh viện Đa khoa tỉnh Gia Lai",
    "answers.child_ethnicity": "Kinh",
    "answers.child_nationality": "Việt Nam",
    "answers.child_hometown": "phường Pleiku, tỉnh Gia Lai",
    "answers.requester_relation": "Mẹ",
}
