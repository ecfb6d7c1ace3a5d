"""Proposals from one style of code to the other; facts: domain page 5.2."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.organisations.codes import is_qcvn102, is_qd20, propose_qcvn102, propose_qd20


@pytest.mark.parametrize(
    ("new", "old"),
    [
        ("H29", "000.00.00.H29"),
        ("H38.20.03", "000.03.20.H38"),
        ("H21.24.01.02", "002.01.24.H21"),
        ("H21.24", "000.00.24.H21"),
    ],
)
def test_both_ways_where_there_is_room(new, old):
    assert propose_qcvn102(new) == old
    assert propose_qd20(old) == new


@pytest.mark.parametrize(
    "code", ["H18.101.02", "H26.103.25.7", "G12.18.122", "H21.24.01.02.05", "h21", "", "H21..1", "H21.0"]
)
def test_a_code_without_room_has_no_proposal(code):
    assert propose_qcvn102(code) is None


@pytest.mark.parametrize("code", ["000.03.00.H38", "H21.24", "00.00.98.G12", ""])
def test_a_gap_or_a_foreign_shape_has_no_proposal(code):
    assert propose_qd20(code) is None


def test_the_longest_code_has_35_characters():
    assert is_qd20("H21" + ".101" * 8)
    assert not is_qd20("H21" + ".101" * 9)
    assert not is_qd20("H21.24\n")
    assert not is_qcvn102("000.00.00.H29 ")


@given(st.lists(st.integers(1, 99), max_size=3), st.sampled_from("GH"), st.integers(1, 99))
def test_a_proposal_leads_back(levels, letter, root):
    code = ".".join([f"{letter}{root:02d}", *(f"{level:02d}" for level in levels)])
    old = propose_qcvn102(code)
    assert old is not None
    assert propose_qd20(old) == code
