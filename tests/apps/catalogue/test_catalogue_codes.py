"""Shared lists of codes: owned outside, versioned, with successors; a code that contradicts the list waits."""

import csv
import io
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from apps.catalogue import selectors, services
from apps.catalogue.errors import AcceptAllTooLate, ChangeBlocked, ImportRefused, ListUnknown, OwnerNeeded
from apps.catalogue.models import Code, CodeList, CodeListVersion, ImportFinding, ImportRun, SourceChange
from apps.catalogue.selectors import Rule
from apps.catalogue.source_codes import COLUMNS
from tests.apps.catalogue.catalogue_lists import row as procedure
from tests.apps.catalogue.catalogue_lists import table
from tests.statements import statements_of

pytestmark = pytest.mark.usefixtures("central")
EXAMPLE = Path(__file__).resolve().parents[3] / "docs" / "examples" / "danh-muc-co-quan.csv"
OLD = {"valid_to": "2025-06-30", "successor": "H21"}


def code(code: str, name: str, **more: str) -> dict[str, str]:
    return {**dict.fromkeys(COLUMNS, ""), "code": code, "name": name, **more}


LIST = (
    code("G15", "Bộ Tư pháp"),
    code("H21", "UBND tỉnh Gia Lai", valid_from="2025-07-01"),
    code("H08", "UBND tỉnh Bình Định", **OLD),
)


@pytest.fixture
def load(operator, now):
    def run(*rows, whole: bool = True, key: str = "agencies", **options) -> ImportRun:
        stream = io.BytesIO(table(*rows, columns=COLUMNS))
        options = {"owner": "Văn phòng Chính phủ", "file_name": "co-quan.csv", **options}
        return services.import_codes(stream=stream, key=key, whole=whole, by=operator, now=now, **options)

    return run


def codes(**asked) -> list[str]:
    return [one.code for one in selectors.list_codes("agencies", **asked)]


def kinds() -> dict[str, str]:
    return {one.code: one.kind for one in ImportFinding.objects.filter(state="OPEN", scope="CODES:agencies")}


def test_import_codes_proposes_and_the_first_may_be_taken_at_once(load) -> None:
    run = load(*LIST)
    assert (run.scope, codes()) == ("CODES:agencies", [])
    load(*LIST, accept_all=True)
    assert codes() == ["G15", "H08", "H21"]
    assert (CodeListVersion.objects.get().number, CodeListVersion.objects.get().changes) == (1, 3)
    with pytest.raises(AcceptAllTooLate):
        load(*LIST, accept_all=True)


def test_every_acceptance_is_a_version_that_can_be_told_for_ever(load, operator, now) -> None:
    load(*LIST, accept_all=True)
    run = load(LIST[0], {**LIST[1], "name": "UBND tỉnh Gia Lai mới"}, code("H26", "UBND Thành phố Hà Nội"))
    for hour, kind in ((10, "CHANGED"), (11, "RETIRED")):
        services.accept_changes(run_id=run.id, rule=Rule(kind=kind), by=operator, now=now.replace(hour=hour))
    assert codes() == ["G15", "H21"]
    assert codes(version=2) == codes(version=1) == ["G15", "H08", "H21"]
    names = [selectors.list_codes("agencies", q="H21", version=number)[0].name for number in (1, 2, 3)]
    assert names == ["UBND tỉnh Gia Lai", "UBND tỉnh Gia Lai mới", "UBND tỉnh Gia Lai mới"]
    assert Code.objects.filter(code="H21").count() == 2
    assert [one.number for one in selectors.list_list_versions("agencies")] == [3, 2, 1]


def test_import_codes_again_changes_nothing(load) -> None:
    load(*LIST, accept_all=True)
    assert load(*LIST).unchanged == 3
    assert load(*[{**one, "valid_from": one["valid_from"].replace("-", "")} for one in LIST]).unchanged == 3


def test_lists_do_not_know_each_other(load) -> None:
    load(*LIST, accept_all=True)
    run = load(code("G15", "Một đơn vị"), key="units", accept_all=True)
    assert run.unchanged == 0
    assert [one.name for one in selectors.list_codes("units")] == ["Một đơn vị"]
    assert codes() == ["G15", "H08", "H21"]


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([code("A", "a", valid_to="2025-06-30", successor="X")], {"A": "SUCCESSOR_UNKNOWN"}),
        ([code("A", "a", parent="X")], {"A": "PARENT_UNKNOWN"}),
        ([code("A", "a", valid_to="2025-01-01", successor="B"), code("B", "b", valid_to="2025-01-01", successor="A")],
         {"A": "SUCCESSOR_CYCLE", "B": "SUCCESSOR_CYCLE"}),
        ([code("A", "a", valid_to="2025-01-01", successor="A")], {"A": "SUCCESSOR_CYCLE"}),
        ([code("A", "a", successor="B"), code("B", "b")], {"A": "SUCCESSOR_WITHOUT_END"}),
        ([code("A", "a", valid_from="2025-07-01", valid_to="2025-06-30")], {"A": "DATES_REVERSED"}),
        ([code("A", "a", valid_to="2025-07-31", successor="B"), code("B", "b", valid_from="2025-07-01")],
         {"A": "DATES_OVERLAP"}),
        (list(LIST), {}),
    ],
)  # fmt: skip
def test_import_codes_finds_what_contradicts_the_list(load, rows, found) -> None:
    load(*rows)
    assert kinds() == found


def test_a_code_that_contradicts_the_list_is_not_taken_until_somebody_has_answered(
    load, operator, now
) -> None:
    """Seen failing with ``CodeRegister.find_blocked`` answering nothing: H02 stood in the list with no successor."""
    run = load(
        *LIST, code("H02", "UBND tỉnh Bắc Giang", valid_to="2025-06-30", successor="H05"), accept_all=True
    )
    assert codes() == ["G15", "H08", "H21"]
    change = SourceChange.objects.get(run=run, state="PROPOSED")
    with pytest.raises(ChangeBlocked, match="Mã kế thừa không có"):
        services.accept_change(change_id=change.id, by=operator, now=now)
    decided = services.accept_changes(run_id=run.id, rule=Rule(kind="NEW"), by=operator, now=now)
    assert (decided.done, decided.blocked) == (0, ("H02",))
    finding = ImportFinding.objects.get()
    services.dismiss_finding(finding_id=finding.id, note="Bắc Ninh nhập sau", by=operator, now=now)
    services.accept_change(change_id=change.id, by=operator, now=now)
    assert codes() == ["G15", "H02", "H08", "H21"]


def test_a_part_is_held_against_the_whole_list(load) -> None:
    load(*LIST, accept_all=True)
    run = load(code("H08.1", "Sở Tư pháp Bình Định", parent="H08", **OLD), whole=False)
    assert (kinds(), run.unchanged) == ({}, 0)
    assert [one.kind for one in selectors.list_changes(run_id=run.id)] == ["NEW"]


def test_find_successor_follows_the_law_to_the_day(load) -> None:
    load(*LIST, accept_all=True)
    days = (date(2025, 6, 30), date(2025, 7, 1))
    assert [selectors.find_successor("agencies", "H08", on=day) for day in days] == ["H08", "H21"]
    assert selectors.find_successor("agencies", "X", on=days[0]) is None


def test_import_codes_refuses_a_spoiled_file_whole(load) -> None:
    rows = [*LIST, code("G15", "Lần nữa"), code("", "a"), code("B", "b", valid_from="1/7/2025")]
    with pytest.raises(ImportRefused) as refusal:
        load(*rows)
    assert [(one.place, one.code) for one in refusal.value.problems] == [
        ("dòng 5, cột code", "import.code_repeated"),
        ("dòng 6, cột code", "import.cell_blank"),
        ("dòng 7, cột valid_from", "import.not_a_day"),
    ]
    assert not CodeList.objects.exists()
    assert not ImportRun.objects.exists()


def test_import_codes_wants_a_known_list_with_an_owner(load) -> None:
    with pytest.raises(ListUnknown):
        load(*LIST, key="x")
    with pytest.raises(OwnerNeeded):
        load(*LIST, owner=" ")
    assert not CodeList.objects.exists()


def test_a_procedure_of_an_unknown_agency_is_found(load, operator, now) -> None:
    load(*LIST, accept_all=True)
    names = ("Bộ Tư pháp", "UBND TỈNH BÌNH ĐỊNH", "ubnd tinh gia lai")
    rows = [procedure(number, promulgator=name) for number, name in enumerate(names, start=1)]
    services.import_list(stream=io.BytesIO(table(*rows)), file_name="x.csv", whole=True, by=operator, now=now)
    found = ImportFinding.objects.filter(kind="PROMULGATOR_UNKNOWN")
    assert [one.code for one in found] == ["1.000002"]  # that agency ended on 30 June 2025


def test_a_list_is_whole_once_all_of_it_was_brought_in_and_decided(load, operator, now) -> None:
    def whole() -> bool:
        return selectors.is_whole_list("agencies")

    load(LIST[0], whole=False, accept_all=True)
    assert not whole()
    run = load(*LIST)
    assert not whole()  # two of it still wait
    (first, second) = selectors.list_changes(run_id=run.id)
    services.accept_change(change_id=first.id, by=operator, now=now)
    assert not whole()
    services.reject_change(change_id=second.id, reason="Chưa có quyết định", by=operator, now=now)
    assert whole()
    load(*LIST, code("X", "Cơ quan mới"))
    assert whole()  # what waits now does not undo what was whole
    assert not selectors.is_whole_list("units")


def test_a_run_that_was_replaced_before_anybody_decided_made_nothing_whole(load) -> None:
    """Seen failing with SUPERSEDED taken out of ``_whole_runs``."""
    load(*LIST)
    load(*LIST, whole=False)
    assert not selectors.is_whole_list("agencies")


def test_of_a_list_in_part_nobody_asks_for_what_may_stand_in_the_rest(load, operator, now, capsys) -> None:
    run = load(code("H21.1", "Sở Tư pháp", parent="H21"), whole=False)
    assert (kinds(), run.unchecked) == ({}, "agencies")
    assert load(code("H21.2", "Sở Y tế"), whole=False).unchecked == ""
    load(*LIST, accept_all=True)
    run = load(code("H21.1", "Sở Tư pháp", parent="H99"), whole=False)
    assert (kinds(), run.unchecked) == ({"H21.1": "PARENT_UNKNOWN"}, "")


def test_agencies_of_procedures_are_checked_against_a_whole_list_and_no_other(load, operator, now) -> None:
    """Twelve agencies that were not all there are made 3.837 findings of the real list."""

    def bring() -> tuple[str, list[str]]:
        rows = [procedure(1), procedure(2, promulgator="Bộ Y tế"), procedure(3, promulgator="Bộ Lạ")]
        stream = io.BytesIO(table(*rows))
        run = services.import_list(stream=stream, file_name="x.csv", whole=True, by=operator, now=now)
        found = ImportFinding.objects.filter(kind="PROMULGATOR_UNKNOWN", state="OPEN").order_by("code")
        return selectors.get_run(run.id).unchecked_words, [one.code for one in found]

    said = (
        "Chưa đối chiếu cơ quan công bố với danh mục “Cơ quan, đơn vị”: danh mục đó chưa được nhập toàn bộ."
    )
    assert bring() == (said, [])
    load(LIST[0], whole=False, accept_all=True)
    assert bring() == (said, [])
    run = load(LIST[0], code("G19", "Bộ Y tế"))
    assert bring() == (said, [])
    services.accept_changes(run_id=run.id, rule=Rule(kind="NEW"), by=operator, now=now)
    assert bring() == ("", ["1.000003"])


def test_import_codes_costs_the_same_at_one_row_and_three(load) -> None:
    load(code("A", "a"), key="fields")  # binds the connection
    one = len(statements_of(lambda: load(code("A", "a", parent="X"))))
    three = [code(name, "x", parent="X") for name in "BCD"]
    assert len(statements_of(lambda: load(*three, key="units"))) == one


def test_command_imports_the_example_lists_it_and_writes_it_out(capsys, tmp_path) -> None:
    with pytest.raises(CommandError, match="cơ quan chủ quản"):
        call_command("catalogue", "import", str(EXAMPLE), "--list", "agencies", "--whole")
    call_command(
        "catalogue", "import", str(EXAMPLE), "--list", "agencies", "--whole", "--accept-all",
        "--owner", "Văn phòng Chính phủ", "--source", "mẫu",
    )  # fmt: skip
    call_command("catalogue", "lists")
    assert "agencies  Cơ quan, đơn vị  12 mã (toàn bộ)" in capsys.readouterr().out
    assert not ImportFinding.objects.exists()
    call_command("catalogue", "export-list", "agencies")
    written = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    with EXAMPLE.open() as stream:
        assert written == sorted(csv.DictReader(stream), key=lambda one: one["code"])
    path = tmp_path / "x.json"
    path.write_text("{}")
    with pytest.raises(CommandError, match="chỉ dùng cho tệp CSV"):
        call_command("catalogue", "import", str(path), "--list", "agencies")


def test_what_is_written_out_never_runs_in_a_spreadsheet(load, capsys) -> None:
    """Codes that were taken in before formulas were refused."""
    load(code("A", "a"), code("B", "b"), accept_all=True)
    for name, text in (("A", "=1+1"), ("B", "@SUM(1)")):
        Code.objects.filter(code=name).update(name=text)
    call_command("catalogue", "export-list", "agencies")
    names = [one["name"] for one in csv.DictReader(io.StringIO(capsys.readouterr().out))]
    assert names == ["'=1+1", "'@SUM(1)"]
