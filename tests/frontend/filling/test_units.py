"""Where an address may be: the national list of units where it stands, this province's communes where it does not."""

import io
from datetime import datetime

import pytest

from apps.catalogue import services
from frontend.filling.units import forget_places, places_here
from kernel.actors import SYSTEM
from tenants.registry.context import central_context, tenant_context
from tests.statements import statements_of

LIST = """code,name,parent,valid_from,valid_to,successor
52,Tỉnh Gia Lai,,,,
01,Thành phố Hà Nội,,,,
77,Tỉnh Bình Định,,,2025-06-30,52
23575,Phường Pleiku,52,,,
00004,Phường Ba Đình,01,,,
21553,Phường Cũ,77,,2025-06-30,
"""


@pytest.fixture
def national_list(furnished, db, now: datetime) -> None:
    with central_context():
        services.import_codes(
            stream=io.BytesIO(LIST.encode()), key="units", file_name="units.csv", whole=True, by=SYSTEM, now=now,
            owner="Tổng cục Thống kê", accept_all=True,
        )  # fmt: skip
    forget_places()


def test_places_here_are_the_communes_of_this_province_alone(furnished, gia_lai, ha_noi):
    for tenant, code, province in ((gia_lai, "H21", "Tỉnh Gia Lai"), (ha_noi, "H26", "Thành phố Hà Nội")):
        with tenant_context(tenant):
            places = places_here()
        assert places.provinces == {code: province}
        assert f"{code}.101" in places.communes[code]
        assert "Phường Pleiku" in places.communes[code].values()


def test_places_here_are_the_national_list_with_the_own_province_first(national_list, gia_lai, ha_noi):
    with tenant_context(gia_lai):
        places = places_here()
        assert list(places.provinces.items()) == [("52", "Tỉnh Gia Lai"), ("01", "Thành phố Hà Nội")]
        assert places.communes == {"52": {"23575": "Phường Pleiku"}, "01": {"00004": "Phường Ba Đình"}}
        assert statements_of(places_here) == []
    with tenant_context(ha_noi):
        assert next(iter(places_here().provinces)) == "01"
