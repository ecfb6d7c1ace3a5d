"""What a tenant's own software sends over the API."""

from infra.seed.clients import CLIENT_SECRET, client_id
from tests.journeys.dossiers import BORN
from tests.journeys.house import House


def get_token(house: House, host: str, tenant: str) -> str:
    """OAuth2 client credentials, as the README shows them."""
    who = {"client_id": client_id(tenant), "client_secret": CLIENT_SECRET}
    asked = {"grant_type": "client_credentials", **who}
    answer = house.ask(host, "/api/v1/oauth2/token", "POST", form=asked)
    assert answer.status == 200, answer.text
    return answer.json["access_token"]


def authorised(token: str, *, key: str = "") -> dict[str, str]:
    return {"Authorization": f"Bearer {token}", **({"Idempotency-Key": key} if key else {})}


def upload(house: House, host: str, token: str, *, name: str, content: bytes) -> str:
    """A file that a dossier will name; returns its id."""
    part = f'--edge\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'.encode()
    headers = {**authorised(token), "Content-Type": "multipart/form-data; boundary=edge"}
    raw = part + content + b"\r\n--edge--\r\n"
    answer = house.ask(host, "/api/v1/files", "POST", headers=headers, raw=raw)
    assert answer.status == 201, answer.text
    return answer.json["id"]


def birth_over_api(*, child: str, phone: str, file_id: str = "") -> dict:
    person = {
        "name": "Nguyễn Thị Phương Thảo",
        "identity_number": "052190004321",
        "birth_date": "1995-04-12",
        "phone": phone,
        "address": "Tổ 5, phường Pleiku, tỉnh Gia Lai",
    }
    return {
        "procedure_code": "1.001193",
        "receiving_unit": "H21.121.01",
        "channel": "ONLINE",
        "parties": [{"role": "SUBMITTER", **person}, {"role": "OWNER", **person}],
        "components": [
            {"key": "to-khai", "originals": 1, "file_ids": [file_id] if file_id else []},
            {"key": "giay-chung-sinh", "originals": 1},
        ],
        "answers": {
            "child_name": child,
            "child_sex": "Nữ",
            "child_birth_date": BORN.isoformat(),
            "child_birth_place": "Bệnh viện Đa khoa tỉnh Gia Lai",
            "child_ethnicity": "Kinh",
            "child_nationality": "Việt Nam",
            "child_hometown": "Phường Pleiku, tỉnh Gia Lai",
            "requester_relation": "Mẹ",
        },
    }


def hand_in(house: House, host: str, tenant: str, *, key: str) -> dict:
    """A birth registration that waits at the counter."""
    body = birth_over_api(child="Đinh Thị Lan", phone="0905111222")
    headers = authorised(get_token(house, host, tenant), key=key)
    answer = house.ask(host, "/api/v1/dossiers", "POST", headers=headers, body=body)
    assert answer.status == 201, answer.text
    return answer.json
