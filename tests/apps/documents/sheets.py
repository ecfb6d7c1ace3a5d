"""Forms as the desk issues them, and a reader of the PDF that comes out."""

from datetime import UTC, datetime
from io import BytesIO

from pypdf import PdfReader

from apps.documents.rendering import Sheet

HEAD = {
    "authority": "Ủy ban nhân dân phường Pleiku",
    "centre": "Trung tâm Phục vụ hành chính công phường Pleiku",
    "centre_address": "01 Trần Hưng Đạo, phường Pleiku, tỉnh Gia Lai",
    "centre_phone": "0269 3824 404",
    "code": "H21.101.01-261123-0001",
    "procedure_code": "1.001193",
    "procedure": "Thủ tục đăng ký khai sinh",
    "submitter": {
        "name": "Nguyễn Thị Ngọc Ánh",
        "identity_number": "064190001234",
        "address": "12/4 Hùng Vương, phường Pleiku",
        "phone": "0905 123 456",
        "email": "ngoc.anh@example.vn",
    },
    "owner": {"name": "Trần Nguyễn Bảo Khánh", "address": "Phường Quy Nhơn"},
    "officer": "Rơ Châm H'Yến",
    "tracking_address": "http://gialai.localhost:8000/tra-cuu",
}
DATA = {
    "01": HEAD
    | {
        "components": [
            {"name": "Tờ khai đăng ký khai sinh", "originals": 1, "copies": 0},
            {"name": "Giấy chứng sinh", "originals": 0, "copies": 2},
        ],
        "sets": 1,
        "limit": "01 ngày làm việc",
        "received_at": "2026-11-23T09:05:00+07:00",
        "due_at": "2026-11-24T17:00:00+07:00",
        "result_channel": "DIRECT",
        "fees": [{"name": "Lệ phí", "amount": 8000}],
        "fee_total": 8000,
        "secret": "K7M2QX",
    },
    "02": HEAD
    | {"items": ["Giấy chứng sinh bản chính"], "reason": "Bản chụp mờ", "ground": "Điều 16 Luật Hộ tịch"},
    "03": HEAD | {"reason": "Đã đăng ký khai sinh tại phường Quy Nhơn"},
    "05": HEAD | {"reason": "Người nộp đề nghị dừng", "ground": "Điều 17"},
}
ISSUED_AT = datetime(2026, 11, 23, 2, 5, tzinfo=UTC)


def sheet(form: str, *, paper: str = "A4", **changed) -> Sheet:
    return Sheet(
        form=form,
        template="tt-03-2025-tt-vpcp",
        paper=paper,
        number="01/TTPVHCC",
        issued_at=ISSUED_AT,
        data=DATA[form] | changed,
    )


def read(pdf: bytes) -> PdfReader:
    return PdfReader(BytesIO(pdf))


def words(pdf: bytes) -> str:
    """All text with single spaces, without the marks of where a long word may break."""
    text = " ".join(page.extract_text() for page in read(pdf).pages)
    return " ".join(text.replace("\u200b", "").split())
