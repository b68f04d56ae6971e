"""Policies: typed, bounded, with defaults, and spelled as people write them."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealflow.kernel.duration import Duration
from dealflow.kernel.errors import Invalid
from dealflow.workflow.policies import Policies, load

FILE = Path(__file__).parent / "healthy" / "policies.yaml"
POLICIES = load(FILE)


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("hold.fee", "500.00", 50_000),
        ("hold.fee", "0.01", 1),
        ("hold.fee", "1000", 100_000),
        ("hold.period", "72h", Duration(72, "h")),
        ("hold.period", "30d", Duration(30, "d")),
        ("hold.period", "5wd", Duration(5, "wd")),
        ("hold.times", "9", 9),
        ("hold.mode", "refund", "refund"),
        ("hold.early", "false", False),
        ("desk.signer", "clerk", "clerk"),
        ("desk.greeting", "早上好", "早上好"),
    ],
)
def test_a_value_is_read_with_its_type(key: str, text: str, value: object) -> None:
    found = POLICIES.parse(key, text)
    assert (found, type(found)) == (value, type(value))
    assert POLICIES.parse(key, POLICIES.text(key, found)) == found


@pytest.mark.parametrize(
    ("key", "text", "code"),
    [
        ("hold.fee", "five", "policy.not_a_money"),
        ("hold.fee", "1e3", "policy.not_a_money"),
        ("hold.fee", "500.001", "policy.not_a_money"),
        ("hold.fee", "0.00", "policy.out_of_bounds"),
        ("hold.fee", "1000.01", "policy.out_of_bounds"),
        ("hold.period", "3 days", "policy.not_a_duration"),
        ("hold.period", "59m", "policy.out_of_bounds"),
        ("hold.period", "31wd", "policy.out_of_bounds"),
        ("hold.times", "2.0", "policy.not_a_number"),
        ("hold.times", "-1", "policy.out_of_bounds"),
        ("hold.mode", "gift", "policy.not_a_choice"),
        ("hold.early", "yes", "policy.not_a_truth"),
        ("desk.greeting", "好" * 21, "policy.out_of_bounds"),
        ("desk.gretting", "x", "policy.unknown"),
    ],
)
def test_a_value_of_the_wrong_type_or_out_of_bounds_is_refused(key: str, text: str, code: str) -> None:
    with pytest.raises(Invalid) as no:
        POLICIES.parse(key, text)
    assert (no.value.code, no.value.field) == (code, key)


def test_defaults_are_typed_and_stand_in_file_order() -> None:
    assert list(POLICIES.defaults().items()) == [
        ("hold.fee", 50_000),
        ("hold.period", Duration(72, "h")),
        ("hold.times", 2),
        ("hold.mode", "credit"),
        ("hold.early", True),
        ("desk.signer", "manager"),
        ("desk.greeting", "您好"),
    ]


def test_a_key_knows_its_rule_bounds_and_line() -> None:
    fee = POLICIES.keys["hold.fee"]
    assert (fee.rule, fee.minimum, fee.maximum, fee.line) == ("R-1", 1, 100_000, 2)


def test_one_broken_key_leaves_the_others_readable(tmp_path: Path) -> None:
    path = tmp_path / "policies.yaml"
    path.write_text(FILE.read_text().replace("default: 500.00", "default: five"))
    found = load(path)
    assert [(fault.code, fault.line) for fault in found.faults] == [("policy.default", 2)]
    assert found.parse("hold.times", "3") == 3
    assert found.broken == {"hold.fee"}


@pytest.mark.parametrize("text", ["- a\n", "policy: {}\n", "policies: 3\n"])
def test_a_file_of_another_shape_is_a_fault_and_no_crash(text: str, tmp_path: Path) -> None:
    (tmp_path / "policies.yaml").write_text(text)
    found = load(tmp_path / "policies.yaml")
    assert found.faults
    assert found.keys == Policies({}).keys


@given(st.integers(1, 100_000))
def test_money_is_spelled_so_that_it_reads_back(fen: int) -> None:
    assert POLICIES.parse("hold.fee", POLICIES.text("hold.fee", fen)) == fen
