"""Every code of a malformed input has its sentences, and every sentence its code."""

import ast
from collections.abc import Iterator
from typing import get_args

import pytest

from dealflow.kernel import words
from dealflow.kernel.errors import Invalid
from dealflow.kernel.identity import DocumentKind
from dealflow.workflow.records import PolicyType
from tests.architecture.source import dealflow

pytestmark = pytest.mark.once

# Codes put together in the source, and what may stand in their place.
PLACES = {"identity.": get_args(DocumentKind), "policy.not_a_": get_args(PolicyType)}
READ_OTHERWISE = {"identity.id_card", "identity.residence_permit", "identity.credit_code"}  # kinds with a reader of their own


def raised() -> Iterator[str]:
    for module in (m for m in dealflow() if not m.is_in("dealflow.cli")):  # the command line words its own
        for node in ast.walk(module.tree):
            raised = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Invalid" and node.args
            if raised and not {"zh", "en"} <= {keyword.arg for keyword in node.keywords}:  # else the room's own texts come along
                yield from codes(node.args[0])


def codes(code: ast.expr) -> Iterator[str]:
    if isinstance(code, ast.Constant):
        yield str(code.value)
    elif isinstance(code, ast.JoinedStr):
        start = code.values[0]
        assert isinstance(start, ast.Constant)
        yield from (f"{start.value}{end}" for end in PLACES[str(start.value)])
    elif isinstance(code, ast.IfExp):
        yield from (*codes(code.body), *codes(code.orelse))
    else:
        raise AssertionError(f"a code that cannot be read from the source: {ast.dump(code)}")


def test_every_code_has_sentences_in_both_languages() -> None:
    assert sorted(set(raised()) - READ_OTHERWISE - words.WORDS.keys()) == []


def test_every_sentence_belongs_to_a_code() -> None:
    assert sorted(words.WORDS.keys() - set(raised())) == []


@pytest.mark.parametrize("code", words.WORDS)
def test_a_sentence_is_chinese_and_english(code: str) -> None:
    zh, en = words.WORDS[code]
    assert any("\u4e00" <= c <= "\u9fff" for c in zh)
    assert not any("\u4e00" <= c <= "\u9fff" for c in en)


def test_a_sentence_names_the_value_that_was_wrong() -> None:
    assert words.of(Invalid("policy.not_a_money", "hold.fee", text="abc")) == (
        "“abc”不是金额；例如 500.00",
        "“abc” is no amount; write 500.00",
    )


def test_sentences_that_come_along_are_told_as_they_are() -> None:
    assert words.of(Invalid("documents.file_kind", "file", zh="只收 PDF", en="PDF only")) == ("只收 PDF", "PDF only")


def test_faults_of_a_form_are_told_by_field() -> None:
    both = Invalid("input.malformed", faults={"amount": "a plain amount / 请填写金额", "deal": "Field required / 请填写此项"})
    assert list(words.faults(both)) == [("amount", "请填写金额", "a plain amount"), ("deal", "请填写此项", "Field required")]


@pytest.mark.parametrize(
    ("kind", "limits", "told"),
    [
        ("missing", {}, "said / 请填写此项"),
        ("less_than_equal", {"le": 9}, "said / 不能大于 9"),
        ("something_new", {}, "said / 此项填写有误"),
    ],
)
def test_a_check_of_a_type_is_told_in_both_languages(kind: str, limits: dict[str, object], told: str) -> None:
    assert words.fault(kind, "said", limits) == told


def test_a_check_that_speaks_both_languages_keeps_its_words() -> None:
    assert words.fault("value_error", "Value error, a plain amount / 请填写金额", {}) == "a plain amount / 请填写金额"
