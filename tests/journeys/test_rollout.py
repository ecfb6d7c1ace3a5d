"""The operator rolls a release out: a gate stops it when the pilot goes bad, a reason takes it on, the rest follow."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from playwright.sync_api import Page, expect

from infra.seed.staff import DEMO_PASSWORD
from tests.journeys.house import House, own_services
from tests.journeys.rooms import GIA_LAI, OPERATORS, Desk

RELEASE = "2026.12.1"
_MINUTE = 60_000
_REASON = "Đã xem: bảng nháp bị khóa quyền khi bảo trì, nay đã trả lại"


def test_the_operator_rolls_out_what_waits(running_house: House, new_context) -> None:
    province = Desk(new_context().new_page(), running_house.address(GIA_LAI))
    province.sign_in("quantri")
    province.page.goto(f"{province.address}/setup/upgrade/")
    expect(province.page.get_by_role("main")).to_contain_text(RELEASE)  # the province knows what comes

    page = new_context().new_page()
    console = running_house.address(OPERATORS)
    _sign_in(page, console)
    page.goto(f"{console}/rollouts/")
    expect(page.get_by_role("main")).to_contain_text("3 bộ, tỉnh phải cập nhật")
    page.get_by_label("Theo dõi sau mỗi vòng").fill("10")
    page.get_by_role("button", name=f"Bắt đầu triển khai bản {RELEASE}").click()
    expect(_line(page, "H21")).to_contain_text("Đã xong", timeout=_MINUTE)
    with _broken_pilot(running_house):  # while the pilot is being watched
        why = page.locator(".board-why")
        expect(why).to_contain_text("Cửa sau vòng Thí điểm", timeout=_MINUTE)
        expect(why).to_contain_text("Tỉnh Gia Lai")
        expect(_line(page, "H21")).to_contain_text("Đã xong")
        expect(_line(page, "H26")).to_contain_text("Chờ tới lượt")  # nobody behind the gate was touched

    page.get_by_role("button", name="Đi tiếp qua cửa đã chặn").click()
    expect(page.locator(".error-summary")).to_contain_text("lý do")
    page.get_by_label("Vì sao vẫn đi tiếp").fill(_REASON)
    page.get_by_role("button", name="Đi tiếp qua cửa đã chặn").click()
    expect(page.locator("#board [role=status]").first).to_contain_text("Đã xong", timeout=_MINUTE)
    for code in ("H21", "H26", "G15"):
        expect(_line(page, code)).to_contain_text(RELEASE)
    expect(page.get_by_role("region", name="Ai đã làm gì")).to_contain_text(_REASON)

    province.page.goto(f"{province.address}/setup/upgrade/")
    expect(province.page.get_by_role("main")).to_contain_text(re.compile(f"{re.escape(RELEASE)}"))
    province.instead_comes("tiepnhan")  # and the people work on
    expect(province.page.get_by_role("navigation", name="Bàn làm việc")).to_be_visible()


def _sign_in(page: Page, address: str) -> None:
    page.goto(f"{address}/sign-in/")
    page.get_by_label("Tên đăng nhập").fill("vanhanh")
    page.get_by_label("Mật khẩu").fill(DEMO_PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    page.wait_for_url(re.compile("^(?!.*sign-in)"))


def _line(page: Page, code: str):
    return page.locator("#board tbody tr").filter(has=page.get_by_role("cell", name=code, exact=True)).first


@contextmanager
def _broken_pilot(house: House) -> Iterator[None]:
    """While it lasts, Gia Lai cannot hand a dossier in: its role may not write the table of dossiers."""
    database, _redis = own_services()
    role = f"{database.rpartition('/')[2]}__h21"
    with psycopg.connect(database, autocommit=True) as owner:
        owner.execute(f"REVOKE INSERT ON h21.dossiers_dossier FROM {role}")
        try:
            yield
        finally:
            owner.execute(f"GRANT INSERT ON h21.dossiers_dossier TO {role}")
