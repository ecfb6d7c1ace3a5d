"""Search in the national list: without marks, by code, forgiving one slip of the hand a word, in keyset pages."""

import io

import pytest

from apps.catalogue import selectors, services
from apps.catalogue.mistyping import meanings_of, slips_of, words_of
from apps.catalogue.selectors import ProcedureFilter
from tests.apps.catalogue.catalogue_lists import row, table
from tests.statements import statements_of

pytestmark = pytest.mark.usefixtures("central")
NAMES = (
    "Cấp giấy phép xây dựng mới đối với nhà ở riêng lẻ",
    "Thủ tục đăng ký khai sinh",
    "Thủ tục đăng ký khai tử",
    "Đăng ký kết hôn có yếu tố nước ngoài",
    "Cấp đổi giấy phép lái xe quốc tế",
)


@pytest.fixture
def known(operator, now) -> None:
    rows = [row(number, name=name) for number, name in enumerate(NAMES, start=1)]
    rows[4]["promulgator"], rows[4]["type"] = "Bộ Công an", "SPECIFIC"
    services.import_list(
        stream=io.BytesIO(table(*rows)),
        file_name="x.csv",
        whole=True,
        accept_all=True,
        by=operator,
        now=now,
    )


def found(q: str = "", **more: str) -> list[str]:
    return [one.name for one in selectors.search_procedures(ProcedureFilter(q=q, **more)).rows]


@pytest.mark.parametrize("q", ["khai sinh", "KHAI SINH", "Khai Sinh đăng", "ký sinh", "1.000002", "000002"])
def test_search_procedures_finds_all_words_without_marks_in_any_order(known, q: str) -> None:
    assert found(q) == [NAMES[1]]


@pytest.mark.parametrize(
    ("q", "name"),
    [
        ("khai sihn", NAMES[1]),  # two letters the wrong way round
        ("khai sin", NAMES[1]),  # one left out (held by "sinh" as it stands)
        ("giấy phep xay dunng", NAMES[0]),  # one too many
        ("kết hin", NAMES[3]),  # another one
        ("kahi tử", NAMES[2]),
        ("gaiy pehp lai xe quoc te", NAMES[4]),
    ],
)
def test_search_procedures_forgives_a_slip(known, q: str, name: str) -> None:
    assert found(q)[0] == name


def test_search_procedures_says_when_it_only_guesses(known) -> None:
    assert not selectors.search_procedures(ProcedureFilter(q="khai sinh")).guessed
    assert selectors.search_procedures(ProcedureFilter(q="kahi sinh")).guessed
    nothing = selectors.search_procedures(ProcedureFilter(q="zzzz qqqq"))
    assert (nothing.rows, nothing.next) == ((), "")


def test_search_procedures_filters(known) -> None:
    assert found("cấp", promulgator="Bộ Công an") == [NAMES[4]]
    assert found(type="SPECIFIC") == [NAMES[4]]
    assert found("khai sihn", promulgator="Bộ Công an") == []
    assert found(standing="retired") == []
    assert len(found(standing="")) == 5


@pytest.mark.parametrize("q", ["dang ky", "dnag kyy"])
def test_search_procedures_gives_keyset_pages(known, q: str) -> None:
    """Of what holds the words and of what comes closest alike, each row once."""
    wanted, rows, after = ProcedureFilter(q=q), [], ""
    while True:
        page = selectors.search_procedures(wanted, after=after, limit=2)
        rows += [one.name for one in page.rows]
        if not page.next:
            break
        after = page.next
    assert sorted(rows) == sorted(NAMES[1:4])


def test_search_procedures_lives_with_any_address(known) -> None:
    for after in ("~", "x~y", "9" * 200, "~~", "100~"):
        selectors.search_procedures(ProcedureFilter(q="khia sihn"), after=after)


def test_search_procedures_costs_the_same_at_one_row_and_three(known) -> None:
    assert (len(found("sinh")), len(found("đăng ký"))) == (1, 3)
    assert (len(found("khai sihn")), len(found("dnag kyy"))) == (1, 3)
    for one, three in (("sinh", "đăng ký"), ("khai sihn", "dnag kyy")):
        costs = [len(statements_of(lambda q=q: found(q))) for q in (one, three)]
        assert costs[0] == costs[1]


def test_slips_of_are_those_of_one_hand() -> None:
    assert {"sinh", "sih", "snhi"} <= slips_of("sihn") | slips_of("snih")
    assert "sihn" not in slips_of("sihn")
    assert slips_of("2024") == slips_of("a") == set()


def test_meanings_of_trusts_what_is_known() -> None:
    known = {"khai", "thai", "sinh"}
    slips = {word: slips_of(word) for word in ("khai", "sihn", "zzz")}
    assert meanings_of(slips, known, trusting=True) == [["khai"], ["sinh"]]
    assert meanings_of(slips, known, trusting=False) == [["khai", "thai"], ["sinh"]]
    assert words_of("1.001193 dang ky, dang-ky") == ["1", "001193", "dang", "ky"]
