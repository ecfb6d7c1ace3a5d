"""The steward's pages: the national list, imports and their changes, findings."""

import io
import json

import pytest
from django.test import Client

from apps.catalogue import services
from apps.catalogue.models import ImportFinding, ImportRun, SourceChange, SourceProcedure, TemplateVersion
from kernel.actors import SYSTEM
from tenants.registry.context import central_context
from tests.apps.catalogue.catalogue_lists import row, table
from tests.apps.catalogue.catalogue_records import record
from tests.statements import statements_of


def load(now, *rows, **options) -> ImportRun:
    with central_context():
        return services.import_list(
            stream=io.BytesIO(table(*rows)),
            file_name="danh-muc.csv",
            whole=True,
            by=SYSTEM,
            now=now,
            **options,
        )


def accepted() -> set[str]:
    with central_context():
        return set(SourceProcedure.objects.filter(retired_at=None).values_list("code", flat=True))


def page(client: Client, address: str, data: dict | None = None) -> str:
    answer = client.get(address, data or {})
    assert answer.status_code == 200
    return answer.content.decode()


def test_procedures_are_found_with_a_slip_of_the_hand(operator, now):
    load(
        now, row(1, name="Thủ tục đăng ký khai sinh"), row(2, name="Cấp giấy phép xây dựng"), accept_all=True
    )
    assert "1.000001" in page(operator, "/catalogue/", {"q": "khai sinh"})
    guessed = page(operator, "/catalogue/", {"q": "kahi sinh"})
    assert "những tên gần nhất" in guessed
    assert "1.000001" in guessed
    assert "1.000002" not in guessed
    assert "Không có thủ tục nào khớp" in page(operator, "/catalogue/", {"q": "zzzz"})
    assert "Bộ Tư pháp" in page(operator, "/catalogue/procedures/1.000001/")
    assert operator.get("/catalogue/procedures/9.999999/").status_code == 404


def test_changes_are_accepted_one_by_one_and_by_rule(operator, now):
    load(now, row(1), row(2), row(3), accept_all=True)
    run = load(now, row(1, executing="Sở Tư pháp"), row(2, executing="Sở Tư pháp", type="SPECIFIC"), row(4))
    address = f"/catalogue/imports/{run.id}/"
    shown = page(operator, address)
    assert "<del>Ủy ban nhân dân cấp xã</del> → <ins>Sở Tư pháp</ins>" in shown
    assert "Chưa đối chiếu cơ quan công bố" in shown
    assert "4 thay đổi" in page(operator, "/catalogue/imports/")
    only = page(operator, address, {"only_field": "executing"})
    assert "1.000001" in only
    assert "1.000002" not in only
    assert (
        operator.post(f"{address}decide/", {"only_field": "executing", "word": "accept"}).status_code == 302
    )
    with central_context():
        assert SourceProcedure.objects.get(code="1.000001").executing == "Sở Tư pháp"
        assert SourceProcedure.objects.get(code="1.000002").type == "STANDARD"
        new = SourceChange.objects.get(run=run, kind="NEW")
        assert SourceChange.objects.get(run=run, code="1.000001").decided_by == "Nguyễn Vận Hành"
    answer = operator.post(f"{address}decide/", {"change": new.id, "word": "accept"}, follow=True)
    assert "Đã nhận 1 thay đổi." in answer.content.decode()
    assert accepted() == {"1.000001", "1.000002", "1.000003", "1.000004"}
    assert page(operator, address, {"state": "ACCEPTED"}).count("Nguyễn Vận Hành, ") == 2


def test_a_rejection_needs_its_reason(operator, now):
    load(now, row(1), row(2), accept_all=True)
    run = load(now, row(1))
    address = f"/catalogue/imports/{run.id}/decide/"
    assert operator.post(address, {"kind": "RETIRED", "word": "reject", "reason": " "}).status_code == 422
    assert operator.post(address, {"word": "accept"}).status_code == 422
    with central_context():
        assert not SourceChange.objects.exclude(state__in=["PROPOSED", "ACCEPTED"]).exists()
    operator.post(address, {"kind": "RETIRED", "word": "reject", "reason": "Chưa có quyết định"})
    assert accepted() == {"1.000001", "1.000002"}
    assert "Chưa có quyết định" in page(operator, f"/catalogue/imports/{run.id}/", {"state": "REJECTED"})


def test_a_stale_change_is_refused_in_words(operator, now):
    load(now, row(1), accept_all=True)
    run = load(now, row(1, executing="Sở Tư pháp"))
    with central_context():
        SourceProcedure.objects.update(sha256="0" * 64)
        change = SourceChange.objects.get(run=run)
    answer = operator.post(f"/catalogue/imports/{run.id}/decide/", {"change": change.id, "word": "accept"})
    assert answer.status_code == 409
    assert "hãy nhập lại tệp" in answer.content.decode()


def test_findings_are_given_to_somebody_and_answered(operator, now):
    load(now, row(1, executing=""), row(2, subjects="nhóm 1"), row(3, code="1.0000031"), accept_all=True)
    shown = page(operator, "/catalogue/findings/")
    assert shown.count('name="finding"') == 3
    blocking = page(operator, "/catalogue/findings/", {"severity": "BLOCKING"})
    assert "1.0000031" in blocking
    assert blocking.count('name="finding"') == 1
    with central_context():
        blank = ImportFinding.objects.get(kind="EXECUTING_MISSING")
        strange = ImportFinding.objects.get(kind="SUBJECTS_UNCLEAR")
    operator.post("/catalogue/findings/assign/", {"finding": [blank.id], "owner": "Nguyễn Vận Hành"})
    assert page(operator, "/catalogue/findings/", {"owner": "Nguyễn Vận Hành"}).count('name="finding"') == 1
    assert page(operator, "/catalogue/findings/", {"owner": "-"}).count('name="finding"') == 2
    address = f"/catalogue/findings/{blank.id}/"
    refused = operator.post(address, {"word": "answered", "note": ""})
    assert refused.status_code == 422
    assert "Hãy ghi rõ kết luận" in refused.content.decode()
    assert operator.post(address, {"word": "answered", "note": "Bộ đã bổ sung"}).status_code == 302
    operator.post(f"/catalogue/findings/{strange.id}/", {"word": "dismissed", "note": "Đúng như vậy"})
    assert "Bộ đã bổ sung" in page(operator, address)
    with central_context():
        blank.refresh_from_db()
        strange.refresh_from_db()
    assert (blank.state, blank.confirmed_by) == ("RESOLVED", "Nguyễn Vận Hành")
    assert (strange.state, strange.note) == ("DISMISSED", "Đúng như vậy")
    assert operator.get("/catalogue/findings/0/").status_code == 404
    assert operator.get("/catalogue/imports/0/").status_code == 404


def test_a_limit_is_answered_with_what_the_law_says(operator, now):
    with central_context():
        stream = io.BytesIO(json.dumps([record()]).encode())
        services.import_catalogue(stream=stream, by=SYSTEM, now=now)
        finding = ImportFinding.objects.get()
    assert "Thời hạn chưa được xác nhận" in page(operator, "/templates/1.000001/")
    address = f"/catalogue/findings/{finding.id}/"
    limit = {
        "amount": "3",
        "unit": "WORKING_DAY",
        "start": "NEXT_DAY",
        "cutoff": "",
        "legal_ground": "Luật Hộ tịch",
    }
    for wrong in ({"amount": "ba"}, {"legal_ground": ""}, {"unit": "X"}):
        assert operator.post(address, {"word": "answered", "note": "", **limit, **wrong}).status_code == 422
    assert (
        "Luật Hộ tịch" in operator.post(address, {"word": "answered", **limit, "amount": ""}).content.decode()
    )
    assert operator.post(address, {"word": "answered", "note": "", **limit}).status_code == 302
    with central_context():
        finding.refresh_from_db()
        case = TemplateVersion.objects.get(template__code="1.000001").content["cases"][0]
    assert (finding.state, case["limit"]["confirmed"], case["limit"]["amount"]) == ("RESOLVED", True, 3)


def test_shared_lists_tell_their_owner_and_their_versions(operator, now):
    columns = ("code", "name", "parent", "valid_from", "valid_to", "successor")
    blank = dict.fromkeys(columns, "")
    rows = [{**blank, "code": f"H{number:02d}", "name": f"Tỉnh {number}"} for number in (1, 2, 3)]
    rows[0] |= {"valid_to": "2025-06-30", "successor": "H02"}
    assert "chưa nhập" in page(operator, "/catalogue/lists/")
    with central_context():
        services.import_codes(
            stream=io.BytesIO(table(*rows, columns=columns)), key="units", file_name="x.csv", whole=True,
            by=SYSTEM, now=now, owner="Bộ Nội vụ", accept_all=True,
        )  # fmt: skip
    address = "/catalogue/lists/units/"
    assert "Bộ Nội vụ" in page(operator, "/catalogue/lists/")
    shown = page(operator, address)
    assert shown.count('<tr data-row="H') == 3
    assert "đến 30/06/2025" in shown
    assert "toàn bộ danh mục" in shown
    assert "toàn bộ" in page(operator, "/catalogue/lists/")
    assert 'data-row="H02"' not in page(operator, address, {"q": "tinh 3", "version": "1"})
    assert operator.get("/catalogue/lists/x/").status_code == 404
    costs = [len(statements_of(lambda q=q: page(operator, address, {"q": q}))) for q in ("tinh 3", "tinh")]
    assert costs[0] == costs[1]


@pytest.mark.parametrize(
    ("address", "wanted"),
    [
        ("/catalogue/?q={}", ("một", "cả")),
        ("/catalogue/findings/?kind={}", ("SUBJECTS_UNCLEAR", "EXECUTING_MISSING")),
        ("/catalogue/imports/{}", ("", "")),
        ("/catalogue/imports/RUN/?kind={}", ("RETIRED", "CHANGED")),
    ],
)
def test_lists_cost_the_same_at_one_row_and_three(operator, now, address, wanted):
    rows = [row(number, executing="", name=f"cả thứ {number}") for number in (1, 2, 3)]
    load(now, *rows, row(4, name="cả một", subjects="nhóm 1"), accept_all=True)
    if address.endswith("imports/{}"):
        one = len(statements_of(lambda: page(operator, "/catalogue/imports/")))
        load(now, *rows)
        load(now, *rows)
        assert len(statements_of(lambda: page(operator, "/catalogue/imports/"))) == one
        return
    run = load(now, *[{**one, "type": "SPECIFIC"} for one in rows])
    address = address.replace("RUN", str(run.id))
    addresses = [address.format(word) for word in wanted]
    one, three = (len(statements_of(lambda a=one: page(operator, a))) for one in addresses)
    assert one == three
