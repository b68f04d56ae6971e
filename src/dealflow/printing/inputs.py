"""What a paper must be told: named inputs with types, and what a frozen value must look like to fill one.

Called by `papers` when a template is read and when a paper is issued. A missing value is an unmet need, never a blank on paper.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

Facts = Mapping[str, object]
DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
PERSON: Final = ("name", "id_kind", "id_number")


@dataclass(frozen=True, slots=True)
class Input:
    """One field of a paper: its type, the fact that fills it, its labels, and what it may look like at its longest."""

    name: str
    type: str
    fact: str
    zh: str
    en: str
    line: int
    longest: int = 0
    may_be_empty: bool = False
    needed_with: str = ""
    at_least: int = 0
    columns: tuple["Input", ...] = ()


@dataclass(frozen=True, slots=True)
class Need:
    """An input that a record does not fill: `code` is missing, wrong_type or not_an_input."""

    code: str
    input: str
    fact: str
    zh: str
    en: str


def is_empty(value: object) -> bool:
    """Nothing was said: no value, or a text of blanks."""
    return value is None or (isinstance(value, str) and not value.strip())


def needs(inputs: Sequence[Input], facts: Facts, within: str = "") -> list[Need]:
    """Everything in which the facts fall short of the inputs, all at once."""
    found = [need for wanted in inputs for need in _need(wanted, facts, within)]
    known = {wanted.name for wanted in inputs}
    for name in facts:
        if name not in known:
            found.append(
                Need(
                    "not_an_input",
                    within + str(name),
                    "",
                    f"“{within}{name}”不是该单据的内容",
                    f'"{within}{name}" is not an input',
                )
            )
    return found


def _need(wanted: Input, facts: Facts, within: str) -> Iterator[Need]:
    value = facts.get(wanted.name)
    label_zh, label_en = f"{wanted.zh}（{within}{wanted.name}）", f"{wanted.en} ({within}{wanted.name})"
    if wanted.name not in facts or (is_empty(value) and _must_stand(wanted, facts)):
        yield Need("missing", within + wanted.name, wanted.fact, f"缺少{label_zh}", f"{label_en} is missing")
    elif is_empty(value):
        if value is not None and wanted.type != "text":
            yield _wrong(wanted, within, label_zh, label_en)
    elif not FITS[wanted.type](value):
        yield _wrong(wanted, within, label_zh, label_en)
    elif wanted.type == "rows":
        yield from _rows(wanted, value, within)


def _must_stand(wanted: Input, facts: Facts) -> bool:
    return not wanted.may_be_empty or (bool(wanted.needed_with) and not is_empty(facts.get(wanted.needed_with)))


def _wrong(wanted: Input, within: str, zh: str, en: str) -> Need:
    return Need(
        "wrong_type", within + wanted.name, wanted.fact, f"{zh}不是{wanted.type}类型", f"{en} is not of type {wanted.type}"
    )


def _rows(wanted: Input, value: object, within: str) -> Iterator[Need]:
    assert isinstance(value, Sequence)
    if len(value) < wanted.at_least:
        zh, en = f"{wanted.zh}至少应有 {wanted.at_least} 行", f"{wanted.en} needs at least {wanted.at_least} row(s)"
        yield Need("missing", within + wanted.name, wanted.fact, zh, en)
    for place, row in enumerate(value):
        yield from needs(wanted.columns, row, f"{within}{wanted.name}[{place}].")


def _text(value: object) -> bool:
    return isinstance(value, str)


def _whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _area(value: object) -> bool:
    return _whole(value) and value != 0


def _date(value: object) -> bool:
    return isinstance(value, str) and DAY.fullmatch(value) is not None and _reads(date.fromisoformat, value)


def _moment(value: object) -> bool:
    return isinstance(value, str) and _reads(_aware, value)


def _aware(text: str) -> None:
    if datetime.fromisoformat(text).utcoffset() is None:
        raise ValueError(text)


def _reads(reader: Callable[[str], object], text: str) -> bool:
    try:
        reader(text)
    except ValueError:
        return False
    return True


def _person(value: object) -> bool:
    return (
        isinstance(value, Mapping)
        and set(value) == set(PERSON)
        and all(_text(part) and not is_empty(part) for part in value.values())
    )


def _list_of_rows(value: object) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str | bytes) and all(isinstance(row, Mapping) for row in value)


FITS: Final[Mapping[str, Callable[[object], bool]]] = {
    "text": _text,
    "money": _whole,
    "number": _whole,
    "area": _area,
    "date": _date,
    "moment": _moment,
    "flag": lambda value: isinstance(value, bool),
    "person": _person,
    "rows": _list_of_rows,
}
"""The types an input may have, each with its test of a frozen (JSON) value. Money never prints below zero."""


def texts(value: object) -> Iterator[str]:
    """Every text inside a frozen value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from texts(part)
    elif isinstance(value, Sequence):
        for part in value:
            yield from texts(part)
