from apps.fees.assessment import assess

FEE = {
    "key": "le-phi",
    "code": "LP01",
    "name": "Lệ phí",
    "kind": "FEE",
    "channel": None,
    "case": None,
    "amount": 8000,
    "per": "DOSSIER",
    "due": "INTAKE",
    "legal_ground": "Nghị quyết của HĐND tỉnh",
}
COPY = FEE | {"key": "ban-sao", "name": "Bản sao", "per": "COPY", "amount": 3000, "due": "RETURN"}


def total(fees, *, channel="DIRECT", case="A", copies=1, exempt_group=None):
    return sum(
        line.total
        for line in assess(fees=fees, channel=channel, case=case, copies=copies, exempt_group=exempt_group)
    )


def test_assess_multiplies_only_what_is_counted_per_copy():
    lines = assess(fees=[FEE, COPY], channel="DIRECT", case="A", copies=3)
    assert [(line.key, line.quantity, line.total, line.due) for line in lines] == [
        ("le-phi", 1, 8000, "INTAKE"),
        ("ban-sao", 3, 9000, "RETURN"),
    ]


def test_assess_takes_the_rules_of_the_channel_and_the_case():
    fees = [FEE | {"channel": "ONLINE", "amount": 4000}, FEE | {"channel": "DIRECT"}, COPY | {"case": "B"}]
    assert total(fees) == 8000
    assert total(fees, channel="ONLINE") == 4000
    assert total(fees, channel="POSTAL") == 0
    assert total(fees, case="B") == 11000


def test_assess_makes_no_line_of_a_rule_without_an_amount():
    assert assess(fees=[FEE | {"amount": 0}], channel="DIRECT", case=None, copies=5) == []


def test_assess_waives_for_the_group_and_keeps_the_ground():
    waived = FEE | {
        "exempt_groups": [{"key": "ho-ngheo", "name": "Hộ nghèo", "legal_ground": "Điều 11 Luật Hộ tịch"}]
    }
    (line,) = assess(fees=[waived], channel="DIRECT", case=None, copies=1, exempt_group="ho-ngheo")
    assert (line.unit_amount, line.total, line.exempt_ground) == (8000, 0, "Điều 11 Luật Hộ tịch")
    assert total([waived], exempt_group="nguoi-co-cong") == 8000
