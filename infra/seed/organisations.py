"""The trees of agencies of the demo: Gia Lai, Hà Nội, Bộ Tư pháp.

Names are those of the two-tier government since 1/7/2025, as far as we know
them; codes follow the shapes of QĐ 20/2020/QĐ-TTg (three digits for communes)
but are ours, except the few that the domain page has seen.
"""

# ruff: noqa: E501 - the lists read as tables

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from apps.organisations.codes import propose_qcvn102
from apps.organisations.selectors import list_units
from apps.organisations.services import create_unit
from kernel.actors import SYSTEM

FIRST_DAY = date(2025, 7, 1)  # of the two-tier government


@dataclass(frozen=True, slots=True)
class Seed:
    code: str
    name: str
    short: str
    kind: str
    parent: str | None
    receives: bool = False
    address: str = ""
    phone: str = ""


_OFFICES = {
    "Sở Nội vụ": ("Văn phòng Sở", "Phòng Việc làm và An toàn lao động", "Phòng Công chức, viên chức", "Phòng Người có công"),
    "Sở Tư pháp": ("Văn phòng Sở", "Phòng Hành chính tư pháp", "Phòng Bổ trợ tư pháp", "Phòng Văn bản và Quản lý xử lý vi phạm hành chính"),
    "Sở Tài chính": ("Văn phòng Sở", "Phòng Đăng ký kinh doanh", "Phòng Quản lý ngân sách", "Phòng Quản lý giá và công sản"),
    "Sở Công Thương": ("Văn phòng Sở", "Phòng Quản lý thương mại", "Phòng Quản lý năng lượng", "Chi cục Quản lý thị trường"),
    "Sở Nông nghiệp và Môi trường": ("Văn phòng Sở", "Phòng Quản lý đất đai", "Phòng Môi trường", "Văn phòng Đăng ký đất đai", "Chi cục Kiểm lâm"),
    "Sở Xây dựng": ("Văn phòng Sở", "Phòng Quản lý hoạt động xây dựng", "Phòng Quy hoạch – Kiến trúc", "Phòng Quản lý vận tải và phương tiện"),
    "Sở Văn hóa, Thể thao và Du lịch": ("Văn phòng Sở", "Phòng Quản lý văn hóa", "Phòng Quản lý du lịch", "Phòng Báo chí – Xuất bản"),
    "Sở Khoa học và Công nghệ": ("Văn phòng Sở", "Phòng Quản lý khoa học", "Phòng Bưu chính, Viễn thông", "Phòng Chuyển đổi số"),
    "Sở Giáo dục và Đào tạo": ("Văn phòng Sở", "Phòng Giáo dục phổ thông", "Phòng Quản lý chất lượng", "Phòng Tổ chức cán bộ"),
    "Sở Y tế": ("Văn phòng Sở", "Phòng Nghiệp vụ Y", "Phòng Nghiệp vụ Dược", "Phòng Bảo trợ xã hội và Trẻ em"),
    "Sở Dân tộc và Tôn giáo": ("Văn phòng Sở", "Phòng Chính sách dân tộc", "Phòng Tôn giáo"),
    "Sở Ngoại vụ": ("Văn phòng Sở", "Phòng Lãnh sự – Lễ tân"),
    "Thanh tra tỉnh": ("Văn phòng", "Phòng Tiếp công dân và xử lý đơn"),
    "Công an tỉnh": ("Phòng Quản lý hành chính về trật tự xã hội", "Phòng Quản lý xuất nhập cảnh", "Phòng Cảnh sát giao thông"),
    "Ban Quản lý Khu kinh tế tỉnh": ("Văn phòng", "Phòng Quản lý đầu tư", "Phòng Quản lý quy hoạch và xây dựng"),
}  # fmt: skip

GIA_LAI_COMMUNES = (
    ("121", "phường Pleiku", "Số 2 đường Trần Hưng Đạo, phường Pleiku, tỉnh Gia Lai"),
    ("122", "phường Hội Phú", ""), ("123", "phường Thống Nhất", ""), ("124", "phường Diên Hồng", ""),
    ("101", "phường Quy Nhơn", "Số 30 đường Nguyễn Huệ, phường Quy Nhơn, tỉnh Gia Lai"),
    ("102", "phường Quy Nhơn Nam", ""), ("103", "phường Bình Định", ""), ("104", "phường Bồng Sơn", ""),
    ("105", "phường Hoài Nhơn", ""), ("106", "xã Tuy Phước", "Thôn Trung Tín 1, xã Tuy Phước, tỉnh Gia Lai"),
    ("107", "xã Phù Cát", ""), ("108", "xã Phù Mỹ", ""), ("109", "xã Tây Sơn", ""), ("110", "xã Vân Canh", ""),
    ("131", "phường An Khê", "Số 379 đường Quang Trung, phường An Khê, tỉnh Gia Lai"),
    ("132", "phường Ayun Pa", ""), ("133", "xã Chư Sê", ""), ("134", "xã Đak Đoa", ""),
    ("135", "xã Ia Grai", ""), ("136", "xã Chư Prông", ""), ("137", "xã Đức Cơ", ""), ("138", "xã Kbang", ""),
)  # fmt: skip
HA_NOI_COMMUNES = (
    ("201", "phường Hoàn Kiếm", "Số 124 phố Hàng Trống, phường Hoàn Kiếm, thành phố Hà Nội"),
    ("202", "phường Cửa Nam", ""), ("203", "phường Ba Đình", ""), ("204", "phường Ngọc Hà", ""),
    ("205", "phường Hai Bà Trưng", ""), ("206", "phường Đống Đa", ""), ("207", "phường Cầu Giấy", ""),
    ("208", "phường Nghĩa Đô", ""), ("209", "phường Thanh Xuân", ""), ("210", "phường Tây Hồ", ""),
    ("211", "phường Long Biên", ""), ("212", "phường Hà Đông", ""), ("213", "phường Hoàng Mai", ""),
    ("214", "phường Sơn Tây", ""), ("215", "xã Đông Anh", ""), ("216", "xã Sóc Sơn", ""),
    ("217", "xã Gia Lâm", ""), ("218", "xã Thanh Trì", ""), ("219", "xã Ba Vì", ""), ("220", "xã Thạch Thất", ""),
)  # fmt: skip
_MINISTRY = {
    "Văn phòng Bộ": ("Phòng Kiểm soát thủ tục hành chính", "Phòng Tổng hợp"),
    "Cục Hành chính tư pháp": ("Phòng Hộ tịch", "Phòng Quốc tịch", "Phòng Lý lịch tư pháp và Chứng thực"),
    "Cục Bổ trợ tư pháp": ("Phòng Luật sư, tư vấn pháp luật", "Phòng Công chứng, Thừa phát lại", "Phòng Trọng tài, hòa giải thương mại"),
    "Cục Đăng ký giao dịch bảo đảm và Bồi thường nhà nước": ("Phòng Đăng ký giao dịch bảo đảm", "Trung tâm Đăng ký giao dịch, tài sản tại Hà Nội"),
    "Cục Phổ biến, giáo dục pháp luật và Trợ giúp pháp lý": ("Phòng Trợ giúp pháp lý", "Phòng Phổ biến pháp luật"),
    "Cục Quản lý thi hành án dân sự": ("Ban Nghiệp vụ", "Văn phòng Cục"),
    "Cục Kiểm tra văn bản và Quản lý xử lý vi phạm hành chính": ("Phòng Kiểm tra văn bản", "Phòng Xử lý vi phạm hành chính"),
    "Cục Kế hoạch – Tài chính": ("Phòng Kế hoạch", "Phòng Ngân sách"),
    "Cục Công nghệ thông tin": ("Phòng Hạ tầng và An toàn thông tin", "Phòng Phát triển phần mềm"),
    "Vụ Pháp luật dân sự – kinh tế": (),
    "Vụ Pháp luật hình sự – hành chính": (),
    "Vụ Pháp luật quốc tế": (),
    "Vụ Hợp tác quốc tế": (),
    "Vụ Tổ chức cán bộ": (),
}  # fmt: skip
_COMMUNE_DIVISIONS = (
    ("02", "Phòng Kinh tế, Hạ tầng và Đô thị", "Phòng Kinh tế"),
    ("03", "Phòng Văn hóa – Xã hội", "Phòng Văn hóa – Xã hội"),
    ("04", "Văn phòng HĐND và UBND", "Văn phòng HĐND và UBND"),
    ("05", "Công an phường", "Công an xã"),
)


def _departments(root: str, place: str, phone: str, first: int) -> Iterator[Seed]:
    for number, (name, offices) in enumerate(_OFFICES.items(), start=first):
        code = f"{root}.{number:02d}"
        own = name.replace("tỉnh", "thành phố") if place.startswith("thành phố") else name
        full = f"{own.removesuffix(place.rsplit(' ', 2)[0]).strip()} {place}"
        yield Seed(code, full, own, "DEPARTMENT", root, phone=f"{phone} 38{number:02d} 100")
        for index, office in enumerate(offices, start=1):
            yield Seed(f"{code}.{index:02d}", f"{office} – {own}", office, "DIVISION", code)


def _commune(root: str, suffix: str, name: str, address: str, phone: str, centre: Seed) -> Iterator[Seed]:
    code = f"{root}.{suffix}"
    yield Seed(code, f"Ủy ban nhân dân {name}", f"UBND {name}", "COMMUNE", root, address=address, phone=phone)
    yield centre
    for index, in_a_ward, in_a_commune in _COMMUNE_DIVISIONS:
        office = in_a_ward if name.startswith("phường") else in_a_commune
        called = f"Công an {name}" if index == "05" else f"{office} {name}"
        yield Seed(f"{code}.{index}", called, office, "DIVISION", code)


def gia_lai() -> Iterator[Seed]:
    yield Seed("H21", "Ủy ban nhân dân tỉnh Gia Lai", "UBND tỉnh", "PROVINCE", None)
    yield Seed(
        "H21.24", "Trung tâm Phục vụ hành chính công tỉnh Gia Lai", "Trung tâm PVHCC tỉnh", "CENTRE", "H21",
        True, "Số 17 đường Trần Phú, phường Quy Nhơn, tỉnh Gia Lai", "0256 3831 022",
    )  # fmt: skip
    yield Seed("H21.24.01", "Chi nhánh Trung tâm Phục vụ hành chính công tỉnh tại Pleiku", "Chi nhánh Pleiku",
               "CENTRE", "H21.24", True, "Số 69 đường Hùng Vương, phường Pleiku, tỉnh Gia Lai", "0269 3821 111")  # fmt: skip
    yield from _departments("H21", "tỉnh Gia Lai", "0256", 2)
    for number, (suffix, name, address) in enumerate(GIA_LAI_COMMUNES):
        phone = f"0269 38{number:02d} 200"
        centre = Seed(
            f"H21.{suffix}.01", f"Trung tâm Phục vụ hành chính công {name}", f"Trung tâm {name}", "CENTRE",
            f"H21.{suffix}", True, address or f"Trụ sở Ủy ban nhân dân {name}, tỉnh Gia Lai", phone,
        )  # fmt: skip
        yield from _commune("H21", suffix, name, address, phone, centre)


def ha_noi() -> Iterator[Seed]:
    yield Seed("H26", "Ủy ban nhân dân thành phố Hà Nội", "UBND thành phố", "PROVINCE", None)
    yield Seed(
        "H26.103", "Trung tâm Phục vụ hành chính công thành phố Hà Nội", "Trung tâm PVHCC thành phố", "CENTRE",
        "H26", True, "Số 258 đường Võ Chí Công, phường Tây Hồ, thành phố Hà Nội", "024 1022",
    )  # fmt: skip
    yield from _departments("H26", "thành phố Hà Nội", "024", 2)
    for branch in range(1, 6):
        yield Seed(f"H26.103.{branch:02d}", f"Chi nhánh số {branch} – Trung tâm Phục vụ hành chính công thành phố Hà Nội",
                   f"Chi nhánh số {branch}", "CENTRE", "H26.103", True, "", f"024 37{branch:02d} 1022")  # fmt: skip
    for number, (suffix, name, address) in enumerate(HA_NOI_COMMUNES):
        branch, point = number // 4 + 1, number % 4 + 1
        phone = f"024 38{number:02d} 1022"
        # The point stands in the ward and is run by a branch of the city's centre: its code is the branch's.
        centre = Seed(
            f"H26.103.{branch:02d}.{point}", f"Điểm Phục vụ hành chính công {name} – Chi nhánh số {branch}",
            f"Điểm {name}", "CENTRE", f"H26.{suffix}", True,
            address or f"Trụ sở Ủy ban nhân dân {name}, thành phố Hà Nội", phone,
        )  # fmt: skip
        yield from _commune("H26", suffix, name, address, phone, centre)


def justice() -> Iterator[Seed]:
    yield Seed("G15", "Bộ Tư pháp", "Bộ Tư pháp", "MINISTRY", None)
    yield Seed("G15.20", "Bộ phận Một cửa Bộ Tư pháp", "Bộ phận Một cửa", "CENTRE", "G15", True,
               "Số 60 đường Trần Phú, phường Ba Đình, thành phố Hà Nội", "024 6273 9718")  # fmt: skip
    for number, (name, offices) in enumerate(_MINISTRY.items(), start=1):
        code = f"G15.{number:02d}"
        yield Seed(code, name, name, "DEPARTMENT", "G15")
        for index, office in enumerate(offices, start=1):
            yield Seed(f"{code}.{index:02d}", f"{office} – {name}", office, "DIVISION", code)


TREES = {"H21": gia_lai, "H26": ha_noi, "G15": justice}


def seed_units(tenant_code: str, now: datetime) -> int:
    """In the tenant's context; what is there already is left alone. Returns how many were created."""
    keys = {unit.code: unit.id for unit in list_units()}
    created = 0
    for seed in TREES[tenant_code]():
        if seed.code in keys:
            continue
        old_style = propose_qcvn102(seed.code)
        unit = create_unit(
            code=seed.code,
            name=seed.name,
            short_name=seed.short,
            kind=seed.kind,
            parent_id=keys[seed.parent] if seed.parent else None,
            address=seed.address,
            phone=seed.phone,
            receives=seed.receives,
            valid_from=FIRST_DAY,
            aliases=[("QCVN102", old_style)] if old_style else [],
            by=SYSTEM,
            now=now,
        )
        keys[seed.code] = unit.id
        created += 1
    return created
