"""What stands on the paper. Whether it is beautiful is for eyes: text extraction does not see a wrong shape."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from apps.documents import rendering
from apps.documents.rendering import FontsMissing, render
from tests.apps.documents.sheets import DATA, read, sheet, words

VIETNAMESE = (
    "aàảãáạ ăằẳẵắặ âầẩẫấậ eèẻẽéẹ êềểễếệ iìỉĩíị oòỏõóọ ôồổỗốộ ơờởỡớợ uùủũúụ ưừửữứự yỳỷỹýỵ đ "
    "AÀẢÃÁẠ ĂẰẲẴẮẶ ÂẦẨẪẤẬ EÈẺẼÉẸ ÊỀỂỄẾỆ IÌỈĨÍỊ OÒỎÕÓỌ ÔỒỔỖỐỘ ƠỜỞỠỚỢ UÙỦŨÚỤ ƯỪỬỮỨỰ YỲỶỸÝỴ Đ"
)
HOSTILE = [
    '#import "@preview/cetz:0.3.0": *',
    '#read("/etc/passwd")',
    '#panic[x] #eval("1+1")',
    "*đậm* _nghiêng_ `mã` $x^2$ @nhan <nhan> [ngoặc] {khối} \\ ~ -- ---",
    "= Đề mục",
    "- mục / mục + mục 1. mục",
    "// chú thích /* khối */",
    '"]); #text(red)[',
    "https://example.vn/?a=1&b=2#c",
]


@pytest.mark.parametrize("paper", ["A4", "A5"])
@pytest.mark.parametrize("form", sorted(DATA))
def test_every_form_is_one_sheet_of_pdf_a_2b(form, paper):
    pdf = read(render(sheet(form, paper=paper)))
    (page,) = pdf.pages
    assert round(page.mediabox.width) == {"A4": 595, "A5": 420}[paper]
    meta = pdf.xmp_metadata.rdf_root.toxml()
    assert "<pdfaid:part>2</pdfaid:part>" in meta
    assert "<pdfaid:conformance>B</pdfaid:conformance>" in meta
    assert pdf.trailer["/Root"]["/Lang"].startswith("vi")
    assert pdf.metadata.author == DATA[form]["centre"]
    fonts = {font["/BaseFont"].partition("+")[2] for font in _fonts(page)}
    assert fonts <= {"Tinos-Regular", "Tinos-Bold", "Tinos-Italic"}


def _fonts(page):
    return [font.get_object() for font in page["/Resources"]["/Font"].values()]


def test_the_receipt_says_what_was_received_and_when_it_is_due():
    said = words(render(sheet("01")))
    for expected in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập – Tự do – Hạnh phúc",
        "ỦY BAN NHÂN DÂN PHƯỜNG PLEIKU",
        "Số: 01/TTPVHCC",
        "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
        "Mã hồ sơ: H21.101.01-261123-0001",
        "Tiếp nhận hồ sơ của: Nguyễn Thị Ngọc Ánh",
        "Chủ hồ sơ: Trần Nguyễn Bảo Khánh",
        "Thời gian nhận hồ sơ: 09 giờ 05 phút, ngày 23 tháng 11 năm 2026",
        "17 giờ 00 phút, ngày 24 tháng 11 năm 2026",
        "8.000 đồng (tám nghìn đồng)",
        "NGƯỜI NỘP HỒ SƠ",
        "NGƯỜI TIẾP NHẬN HỒ SƠ",
        "Rơ Châm H'Yến",
    ):
        assert expected in said
    assert "K7M2QX" in said.replace(" ", "")  # spaced out on the paper, to be read aloud


def test_a_receipt_without_fee_says_nothing_of_money():
    said = words(render(sheet("01", fees=[], fee_total=0)))
    assert "Phí, lệ phí" not in said
    assert "đồng" not in said


@pytest.mark.parametrize(
    ("channel", "expected"),
    [
        ("DIRECT", "Trung tâm Phục vụ hành chính công phường Pleiku, 01 Trần Hưng Đạo"),
        ("POSTAL", "bưu chính công ích, gửi đến 12/4 Hùng Vương"),
        ("ONLINE", "bản điện tử"),
    ],
)
def test_the_receipt_says_where_the_result_is_returned(channel, expected):
    assert expected in words(render(sheet("01", result_channel=channel)))


@pytest.mark.parametrize("text", HOSTILE)
def test_what_a_person_typed_is_never_read_as_markup(text):
    who = DATA["03"]["submitter"] | {"name": text, "address": text}
    said = words(render(sheet("03", reason=text, submitter=who)))
    assert said.count(" ".join(text.split())) >= 2


def test_every_vietnamese_letter_arrives_composed_or_not():
    # Twice: as typed, and taken apart into letters and marks as some keyboards send it.
    import unicodedata

    said = words(render(sheet("03", reason=VIETNAMESE)))
    assert VIETNAMESE in said
    assert words(render(sheet("03", reason=unicodedata.normalize("NFD", VIETNAMESE)))) == said
    assert "\ufffd" not in said


@pytest.mark.parametrize(
    "text", ["Xin 😀 chào", "阮 Nguyễn", "ខ្មែរ", "a\x00b", "a\ud800b", "✓ →", "a\u202eb", ""]
)
def test_a_letter_without_a_shape_costs_nobody_the_paper(text):
    who = DATA["01"]["submitter"] | {"name": text}
    assert "Mã hồ sơ" in words(render(sheet("01", submitter=who)))


def test_a_very_long_word_stays_on_the_sheet():
    long = "Ẵ" * 900
    pdf = read(render(sheet("03", reason=long, submitter=DATA["03"]["submitter"] | {"name": "x" * 120})))
    places = []
    for page in pdf.pages:
        page.extract_text(visitor_text=lambda text, _cm, tm, *_: places.append((tm[4], len(text.strip()))))
    assert max(x for x, length in places if length) < 595


def test_many_papers_run_over_to_more_pages_under_the_same_head():
    many = [{"name": f"Giấy tờ số {number}", "originals": 1, "copies": 0} for number in range(90)]
    pdf = read(render(sheet("01", components=many)))
    assert len(pdf.pages) > 1
    assert all("Tên giấy tờ" in page.extract_text() for page in pdf.pages[:2])
    assert f"Trang 1/{len(pdf.pages)}" in pdf.pages[0].extract_text()


def test_the_same_document_gives_the_same_bytes():
    assert render(sheet("01")) == render(sheet("01"))


def test_without_a_tracking_address_there_is_no_code_to_photograph():
    assert len(render(sheet("01", tracking_address=""))) < len(render(sheet("01")))


def test_threads_get_their_own_papers():
    codes = [f"H21.101.01-261123-{number:04d}" for number in range(24)]
    with ThreadPoolExecutor(6) as pool:
        papers = list(pool.map(lambda code: render(sheet("01", code=code)), codes))
    assert all(code in words(paper) for code, paper in zip(codes, papers, strict=True))


def test_without_the_fonts_nothing_is_printed(settings, tmp_path: Path):
    settings.DOCUMENT_FONTS = tmp_path
    rendering._fonts.cache_clear()
    try:
        with pytest.raises(FontsMissing):
            rendering._fonts()
    finally:
        rendering._fonts.cache_clear()
