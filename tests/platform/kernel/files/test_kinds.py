from io import BytesIO

import pytest

from kernel.files import kinds
from tests.platform.kernel.files import uploads


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (uploads.PDF, kinds.PDF),
        (uploads.PNG, kinds.PNG),
        (uploads.JPEG, kinds.JPEG),
        (uploads.DOCX, kinds.DOCX),
        (uploads.XLSX, kinds.XLSX),
        (uploads.WITH_MACROS, None),
        (uploads.archive("readme.txt"), None),
        (uploads.DOCX[:40], None),
        (uploads.HTML, None),
        (uploads.EXE, None),
        (b"GIF89a\x01\x00\x01\x00", None),
        (b"", None),
        (b"\n" + uploads.PDF, None),
    ],
)
def test_real_type_goes_by_the_bytes(content, expected):
    stream = BytesIO(content)
    assert kinds.real_type(stream) == expected
    assert stream.tell() == 0


@pytest.mark.parametrize(
    ("name", "cleaned"),
    [
        ("tờ khai.pdf", "tờ khai.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\Lan\\ảnh.png", "ảnh.png"),
        ("a\r\nContent-Type: x.pdf", "aContent-Type: x.pdf"),
        ("hóa\u202efdp.exe", "hóafdp.exe"),
        ("  .pdf", "pdf"),
        ("", "tep"),
    ],
)
def test_clean_name_keeps_no_path_and_no_control_character(name, cleaned):
    assert kinds.clean_name(name) == cleaned


def test_clean_name_keeps_the_ending_of_a_long_name():
    cleaned = kinds.clean_name("ă" * 300 + ".pdf")
    assert len(cleaned) == 150
    assert cleaned.endswith(".pdf")
