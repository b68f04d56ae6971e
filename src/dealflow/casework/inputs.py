"""The field types of use cases' inputs: how text from a form, JSON or a scenario becomes a value.

Used by every room's service.
"""

import dataclasses
from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any, TypeVar, dataclass_transform, get_args, get_origin, get_type_hints

from pydantic import BeforeValidator, ConfigDict, Field, TypeAdapter, ValidationError, WithJsonSchema

from dealflow.kernel import money, words
from dealflow.kernel.clock import read_moment
from dealflow.kernel.errors import Invalid

T = TypeVar("T")


class _Personal:
    """Marks a field whose value the chained history holds as a commitment only."""


PERSONAL = _Personal()


def _fen(value: object) -> object:
    """Yuan as text to fen. Numbers are refused: 500 could mean yuan or fen, and 0.1 is no exact sum."""
    if not isinstance(value, str):
        raise ValueError("money is written as text in yuan, such as 500.00 / 金额以文本书写，单位元，例如 500.00")
    try:
        return int(money.from_text(value))
    except Invalid as error:
        raise ValueError("a plain amount in yuan with at most two decimals / 请填写以元为单位、最多两位小数的金额") from error


def _moment(value: object) -> object:
    """A moment as ISO text; without an offset it is the project's local time."""
    try:
        return read_moment(value)
    except ValueError as error:
        raise ValueError("a moment such as 2025-03-03 09:00 / 请填写时间，例如 2025-03-03 09:00") from error


def _text(value: object) -> object:
    if isinstance(value, str) and ("\x00" in value or len(value) > 4000):
        raise ValueError("text without control characters, at most 4000 characters / 文本过长或含控制字符")
    return value


def _secret_rows(value: object) -> object:
    return [value] if isinstance(value, Mapping) else value


Yuan = Annotated[
    int,
    BeforeValidator(_fen),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": r"^\d{1,14}(\.\d{1,2})?$",
            "description": "yuan, exact decimal text",
            "examples": ["500.00"],
        }
    ),
]
Local = Annotated[datetime, BeforeValidator(_moment)]
Words = Annotated[str, BeforeValidator(_text)]
Secret = Annotated[str, BeforeValidator(_text), PERSONAL]
Key = Annotated[int, Field(ge=1, le=2**53 - 1)]


@dataclass_transform(frozen_default=True, kw_only_default=True)
def asked(cls: type[T]) -> type[T]:
    """The typed input of a use case: frozen, by keyword. A field that it does not know is a fault, not a silence."""
    made = dataclasses.dataclass(frozen=True, slots=True, kw_only=True)(cls)
    made.__pydantic_config__ = ConfigDict(extra="forbid")  # type: ignore[attr-defined]
    return made


def personal_fields(kind: type) -> frozenset[str]:
    """The fields of an input that are marked as personal, themselves or anywhere inside."""
    hints = get_type_hints(kind, include_extras=True)
    return frozenset(name for name, hint in hints.items() if _is_personal(hint))


def _is_personal(hint: object) -> bool:
    if get_origin(hint) is Annotated and any(isinstance(m, _Personal) for m in get_args(hint)[1:]):
        return True
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return bool(personal_fields(hint))
    return any(_is_personal(inner) for inner in get_args(hint))


def answers_of(value: Any, *leave_out: str) -> dict[str, object]:
    """The answers of a step: the input's fields as JSON values, without what was not given and what is named here."""
    return {
        f.name: _plain(getattr(value, f.name))
        for f in dataclasses.fields(value)
        if f.name not in leave_out and getattr(value, f.name) is not None
    }


def _plain(value: Any) -> object:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return answers_of(value)
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    if isinstance(value, Mapping):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    return value


def read_input(adapter: TypeAdapter[T], fields: Mapping[str, object]) -> T:
    """An input from plain fields. Raises Invalid naming the first faulty field and telling every one."""
    try:
        return adapter.validate_python(dict(fields))
    except ValidationError as error:
        faults = {".".join(map(str, e["loc"])): words.fault(e["type"], e["msg"], e.get("ctx", {})) for e in error.errors()}
        raise Invalid("input.malformed", field=next(iter(faults), ""), faults=faults) from error
