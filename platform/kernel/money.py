"""Amounts in đồng: whole numbers, written the Vietnamese way."""

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_GROUPS = ("", "nghìn", "triệu", "tỷ")


def format_vnd(amount: int) -> str:
    """``8000`` → ``8.000 đ``."""
    return f"{amount:,}".replace(",", ".") + " đ"


def _three_digits(number: int, *, full: bool) -> list[str]:
    hundreds, rest = divmod(number, 100)
    tens, units = divmod(rest, 10)
    words: list[str] = []
    if hundreds or full:
        words += [_DIGITS[hundreds], "trăm"]
    if tens == 0 and units and words:
        words.append("linh")
    elif tens == 1:
        words.append("mười")
    elif tens > 1:
        words += [_DIGITS[tens], "mươi"]
    if units == 1 and tens > 1:
        words.append("mốt")
    elif units == 5 and tens > 0:
        words.append("lăm")
    elif units:
        words.append(_DIGITS[units])
    return words


def vnd_in_words(amount: int) -> str:
    """``8000`` → ``tám nghìn đồng``; for amounts from 0 up to 999.999.999.999."""
    if not 0 <= amount < 10**12:
        raise ValueError(f"amount out of range: {amount}")
    if amount == 0:
        return "không đồng"
    words: list[str] = []
    for power in (3, 2, 1, 0):
        group = amount // 1000**power % 1000
        if group:
            words += _three_digits(group, full=bool(words))
            if _GROUPS[power]:
                words.append(_GROUPS[power])
    return " ".join(words) + " đồng"
