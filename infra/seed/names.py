"""Names as people have them in the places of the demo."""

# ruff: noqa: E501 - the lists read as tables

import random

FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Đinh", "Trương", "Huỳnh", "Lý", "Mai", "Tạ")  # fmt: skip
HIGHLAND = ("Rơ Châm", "Ksor", "Siu", "Kpă", "Rah Lan", "Nay")
MIDDLE = {"f": ("Thị", "Thị Kim", "Thị Ngọc", "Thị Thanh", "Ngọc", "Bảo", "Thị Hồng"), "m": ("Văn", "Minh", "Quang", "Đức", "Hữu", "Anh", "Quốc", "Thanh", "Xuân")}  # fmt: skip
GIVEN = {
    "f": ("Hoa", "Lan", "Hương", "Thảo", "Trang", "Ngân", "Linh", "Phương", "Yến", "Hạnh", "Thủy", "Nhung", "Vy", "Quỳnh", "Diệp", "Ánh", "Tuyết", "Loan"),
    "m": ("Hùng", "Dũng", "Tuấn", "Nam", "Long", "Sơn", "Hải", "Khoa", "Phúc", "Thành", "Trung", "Việt", "Bình", "Cường", "Đạt", "Khánh", "Nghĩa", "Tài"),
}  # fmt: skip


def make_name(chance: random.Random, sex: str, *, highland: bool) -> str:
    """``sex`` is "f" or "m"; ``highland``: now and then a name of the peoples of the Central Highlands."""
    if highland and chance.random() < 0.12:
        return f"{chance.choice(HIGHLAND)} {'H’' if sex == 'f' else ''}{chance.choice(GIVEN[sex])}"
    return f"{chance.choice(FAMILY)} {chance.choice(MIDDLE[sex])} {chance.choice(GIVEN[sex])}"
