"""What a person sees and presses, by the words on the page. Kept small: a story reads without it."""

import base64
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader

from infra.seed.staff import DEMO_PASSWORD

GIA_LAI, HA_NOI, OPERATORS = "gialai.localhost", "hanoi.localhost", "localhost"


@dataclass(frozen=True)
class Receipt:
    code: str
    secret: str
    text: str


class Desk:
    """One browser at the desk of one tenant; people sign in and out of it."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address

    def sign_in(self, username: str) -> None:
        self.page.goto(f"{self.address}/sign-in/?next=/desk/")
        self.page.get_by_label("Tên đăng nhập").fill(username)
        self.page.get_by_label("Mật khẩu").fill(DEMO_PASSWORD)
        self.page.get_by_role("button", name="Đăng nhập").click()
        expect(self.page.get_by_role("navigation", name="Bàn làm việc")).to_be_visible()

    def sign_out(self) -> None:
        self.page.locator("details.menu summary").click()
        self.page.get_by_role("button", name="Đăng xuất").click()
        expect(self.page.get_by_role("heading", name="Đăng nhập Một Cửa")).to_be_visible()

    def instead_comes(self, username: str) -> None:
        self.sign_out()
        self.sign_in(username)

    def open(self, code: str) -> None:
        """By the search in the bar, as one does with a receipt in the hand."""
        self.page.locator("#desk-search").fill(code)
        self.page.locator("#desk-search").press("Enter")
        self.page.get_by_role("link", name=code).click()
        expect(self.header.get_by_text(code)).to_be_visible()

    @property
    def header(self) -> Locator:
        return self.page.locator("header.record-head")

    @property
    def status(self) -> Locator:
        return self.header.locator(".status").first

    @property
    def offers(self) -> Locator:
        return self.page.get_by_role("complementary", name="Việc có thể làm")

    @property
    def notice(self) -> Locator:
        return self.page.locator(".notice-done")

    def choose(self, offer: str) -> None:
        """One of the moves open to this person."""
        self.offers.get_by_role("link", name=offer).click()

    def press(self, button: str) -> None:
        self.page.get_by_role("main").get_by_role("button", name=button, exact=True).click()

    def tab(self, name: str) -> None:
        self.page.get_by_role("navigation", name="Các phần của hồ sơ").get_by_role("link", name=name).click()

    def do_step(self, step: str, *, decision: str = "", note: str = "") -> None:
        self.choose(f"Làm bước: {step}")
        if decision:
            self.page.get_by_label(decision, exact=True).check()
        if note:
            self.page.get_by_label("Ý kiến").fill(note)
        self.press("Hoàn thành bước")
        expect(self.notice).to_contain_text("Đã hoàn thành bước")

    def choose_procedure(self, typed: str, name: str) -> None:
        self.page.get_by_role("navigation", name="Bàn làm việc").get_by_role(
            "link", name="Tiếp nhận tại quầy"
        ).click()
        self.page.get_by_label("Thủ tục nào?").press_sequentially(typed)
        self.page.locator("#procedures").get_by_role("link", name=name, exact=True).click()
        expect(self.page.get_by_role("heading", name=name, level=1)).to_be_visible()

    def fill(self, typed: Mapping[str, str]) -> None:
        """By the names of the fields; a choice is chosen by its words."""
        for name, value in typed.items():
            field = self.page.locator(f'#intake [name="{name}"], main form [name="{name}"]').first
            if field.evaluate("field => field.tagName") == "SELECT":
                field.select_option(label=value)
            else:
                field.fill(value)
                if field.input_value() != value:  # the form was drawn anew between the marking and the typing
                    field.fill(value)

    def print_receipt(self) -> Receipt:
        """Form 01 as it comes out of the printer: its text, and what it tells the citizen to keep."""
        text = self.read_pdf(self.page.get_by_role("link", name="In mẫu 01"))
        code = self.header.locator(".mono").inner_text()
        secret = re.search(r"Mã tra cứu:\s*([A-Z0-9\s-]+?)(?:\n|Giữ)", text)
        assert secret is not None, text
        return Receipt(code, re.sub(r"\s", "", secret[1]), text)

    def read_pdf(self, link: Locator) -> str:
        content = fetch(self.page, link.get_attribute("href") or "")
        assert content.startswith(b"%PDF-")
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


class Setup:
    """The setup room, entered by an administrator who is signed in at the desk."""

    def __init__(self, desk: Desk) -> None:
        self.page, self.address = desk.page, desk.address

    def add_person(self, username: str, name: str, unit: str) -> None:
        self.page.goto(f"{self.address}/setup/staff/new/")
        self.page.get_by_label("Họ và tên").fill(name)
        self._choose("Đơn vị công tác", unit)
        self.page.get_by_label("Tên đăng nhập").fill(username)
        self.page.get_by_label("Mật khẩu đầu tiên").fill(DEMO_PASSWORD)
        self.page.get_by_role("button", name="Thêm người dùng").click()
        expect(self.page.get_by_role("heading", name=name, level=1)).to_be_visible()

    def give_duty(self, duty: str, *, over: str, procedure: str) -> None:
        self._choose("Nhiệm vụ", duty)
        self._choose("Trong phạm vi đơn vị", over)
        self.page.get_by_label("Chỉ với thủ tục").select_option(procedure)
        self.page.get_by_role("button", name="Giao nhiệm vụ").click()
        expect(self.page.get_by_role("region", name="Nhiệm vụ đang giữ")).to_contain_text(duty)

    def _choose(self, field: str, words: str) -> None:
        """Units stand below each other, indented by dashes."""
        choice = self.page.get_by_role("combobox", name=field)
        lines = choice.get_by_role("option").all_inner_texts()
        choice.select_option(index=[line.lstrip("– ") for line in lines].index(words))


class Citizen:
    """Somebody at home with a receipt and no account."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address

    def ask(self, code: str, secret: str) -> None:
        self.page.goto(f"{self.address}/tra-cuu")
        self.page.get_by_label("Mã hồ sơ").fill(code)
        self.page.get_by_label("Mã tra cứu").fill(secret)
        self.page.get_by_role("button", name="Xem hồ sơ").click()

    def looks_again(self) -> None:
        self.page.goto(f"{self.address}/tra-cuu/ho-so")

    @property
    def status(self) -> Locator:
        return self.page.locator("article.tracking header .status")

    def part(self, title: str) -> Locator:
        return self.page.get_by_role("region", name=title)

    def is_told(self, status: str, now: str, then: str) -> None:
        """The three sentences that every citizen gets."""
        self.looks_again()
        expect(self.status).to_have_text(status)
        expect(self.part("Bây giờ")).to_contain_text(now)
        expect(self.part("Tiếp theo")).to_contain_text(then)


def fetch(page: Page, path: str) -> bytes:
    """What this browser gets at an address, with its own session."""
    script = """async path => {
        const bytes = new Uint8Array(await (await fetch(path)).arrayBuffer());
        return btoa(Array.from(bytes, byte => String.fromCharCode(byte)).join(""));
    }"""
    return base64.b64decode(page.evaluate(script, path))
