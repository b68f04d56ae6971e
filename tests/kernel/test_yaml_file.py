"""Reading YAML 1.2: what is a number, a truth, a text; which line a thing is named on; what is refused, and where."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealflow.kernel.errors import BadWorkflow
from dealflow.kernel.yaml_file import LIMIT, parse, plain, read


def faults(text: str) -> list[tuple[str, int]]:
    with pytest.raises(BadWorkflow) as bad:
        parse(text, "f.yaml")
    return [(fault.code, fault.line) for fault in bad.value.faults]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("500", 500),
        ("-5", -5),
        ("0", 0),
        ("500.00", "500.00"),
        ("1e3", "1e3"),
        ("0x1F", "0x1F"),
        ("007", "007"),
        ("1_000", "1_000"),
        ("true", True),
        ("false", False),
        ("yes", "yes"),
        ("on", "on"),
        ("null", None),
        ("~", None),
        ('"500"', "500"),
        ('"true"', "true"),
        ('""', ""),
        ("2025-03-03 09:00", "2025-03-03 09:00"),
        ("$hold.fee", "$hold.fee"),
        ("72h 1s", "72h 1s"),
    ],
)
def test_a_scalar_has_the_value_that_yaml_1_2_and_money_need(written: str, value: object) -> None:
    found = plain(parse(f"a: {written}", "f.yaml"))
    assert isinstance(found, dict)
    assert (found["a"], type(found["a"])) == (value, type(value))


def test_a_number_keeps_the_text_it_was_written_with() -> None:
    amount = parse("amount: 500.00", "f.yaml").must_have("amount")
    assert (amount.text, amount.value) == ("500.00", "500.00")


def test_a_value_is_named_on_the_line_of_its_key_and_an_entry_on_its_own() -> None:
    root = parse("# note\nstates:\n  reserved:\n    stage: x\n  b: [one,\n    two]\n", "f.yaml")
    states = root.must_have("states")
    assert states.line == 2
    assert states.must_have("reserved").line == 3
    assert [entry.line for entry in states.must_have("b").must_be_list()] == [5, 6]


def test_keys_keep_the_order_of_the_file() -> None:
    assert [key for key, _ in parse("z: 1\na: 2\nm: 3", "f.yaml").items()] == ["z", "a", "m"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a: 1\nb:\n  c: 1\n  c: 2\n", [("yaml.duplicate_key", 4)]),
        ("a: &x 1\nb: *x\n", [("yaml.anchor", 1), ("yaml.anchor", 2)]),
        ("a: 1\nb: !!str 3\n", [("yaml.tag", 2)]),
        ("a: 1\nb: !python/object:os.system x\n", [("yaml.tag", 2)]),
        ("a: 1\n---\nb: 2\n", [("yaml.several", 2)]),
        ("%YAML 1.1\n---\na: 1\n", [("yaml.directive", 2)]),
        ("? [1, 2]\n: 3\n", [("yaml.key", 1)]),
        ("a: 1\nb: [1,\n  2\nc: 3\n", [("yaml.syntax", 4)]),
        ("a: 1\nb: [@owner]\n", [("yaml.syntax", 2)]),
        ("a: 1\nb: \x01\n", [("yaml.syntax", 2)]),
        ("", [("yaml.empty", 1)]),
        ("# only a note\n", [("yaml.empty", 1)]),
        ("a:\n  " + "[" * 60 + "]" * 60, [("yaml.too_deep", 2)]),
    ],
)
def test_what_is_not_plain_data_is_refused_with_its_line(text: str, found: list[tuple[str, int]]) -> None:
    assert faults(text) == found


def test_all_faults_of_the_form_are_told_at_once() -> None:
    assert faults("a: 1\na: 2\nb: &x 3\nc: !t 4\n") == [("yaml.duplicate_key", 2), ("yaml.anchor", 3), ("yaml.tag", 4)]


def test_a_file_beyond_the_limit_is_refused_unread(tmp_path: Path) -> None:
    (tmp_path / "big.yaml").write_text("a: " + "x" * LIMIT)
    with pytest.raises(BadWorkflow, match=r"yaml\.too_large"):
        read(tmp_path / "big.yaml")


def test_a_file_of_another_encoding_is_refused_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "gbk.yaml").write_bytes("a: 1\nb: 封号\n".encode("gbk"))
    with pytest.raises(BadWorkflow, match=r"gbk\.yaml:2: yaml\.not_utf8"):
        read(tmp_path / "gbk.yaml")


def test_a_missing_file_is_a_fault_and_no_crash(tmp_path: Path) -> None:
    with pytest.raises(BadWorkflow, match=r"yaml\.unreadable"):
        read(tmp_path / "none.yaml")


def test_unknown_keys_are_told_all_at_once() -> None:
    root = parse("a: 1\nbb: 2\nc: 3\ndd: 4\n", "f.yaml")
    with pytest.raises(BadWorkflow) as bad:
        root.must_be_map(("a", "c"))
    assert [(fault.code, fault.line) for fault in bad.value.faults] == [("yaml.unknown_key", 2), ("yaml.unknown_key", 4)]


@pytest.mark.parametrize("accessor", ["must_be_list", "must_be_map", "must_be_int", "must_be_truth"])
def test_a_node_of_the_wrong_shape_is_a_fault_at_its_line(accessor: str) -> None:
    node = parse("a: 1\nb: word\n", "f.yaml").must_have("b")
    with pytest.raises(BadWorkflow, match=r"f\.yaml:2: yaml\.shape"):
        getattr(node, accessor)()


def test_a_truth_is_not_taken_for_a_number() -> None:
    node = parse("a: true", "f.yaml").must_have("a")
    with pytest.raises(BadWorkflow):
        node.must_be_int()


@given(st.text(max_size=40) | st.text("ab:-[]{}&*!%?|>\"'#\n\t ,1@`", max_size=40))
def test_any_text_is_read_or_refused_as_a_bad_file_and_never_crashes(text: str) -> None:
    lines: list[int] = []
    try:
        plain(parse(text, "f.yaml"))
    except BadWorkflow as bad:
        lines = [fault.line for fault in bad.faults]
    assert all(0 < line <= text.count("\n") + 2 for line in lines)
