"""The machine of forms: what was typed becomes a use case's fields, comes back with its faults, or asks to be confirmed.

A form is asked in two rounds: the first shows what will happen, by the decision itself; the second does it.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from secrets import token_urlsafe
from typing import Any, Final

from fastapi.datastructures import FormData

from dealflow.casework.command import Command
from dealflow.casework.unit_of_work import UnitOfWork
from dealflow.web.views import Difference, Field, Form, Problem
from dealflow.web.visit import Visit

Values = Mapping[str, str]
Run = Callable[[UnitOfWork, Command, Mapping[str, object]], Any]
Shape = Callable[[dict[str, object]], dict[str, object]]
KEY: Final = re.compile(r"[A-Za-z0-9_-]{8,80}")
ROW: Final = "__n__"
KEPT: Final = ".kept"  # a file of an earlier round: its hash
NAMED: Final = ".named"  # and its name


@dataclass(frozen=True, slots=True)
class Asking:
    """A form before it is shown: what it asks, where it goes, which use case it feeds with what besides."""

    id: str
    url: str
    label: str
    fields: tuple[Field, ...]
    use_case: str
    fixed: Mapping[str, object] = field(default_factory=dict)
    version: int | None = None
    shape: Shape | None = None
    answers: bool = False  # the fields go into `answers` of a generic step
    confirmed: bool = True  # asks to be confirmed before it acts
    danger: bool = False
    in_place: bool = True
    intro: str = ""
    lines: tuple[str, ...] = ()  # what will happen, where it is known without any field
    run: Run | None = None  # instead of the use case: a step of a case that has none of its own

    @property
    def rounds(self) -> bool:
        """What will happen depends on what is typed: it is shown after the first round."""
        return self.confirmed and not self.lines

    def read(self, values: Values) -> dict[str, object]:
        """The use case's fields as plain values. Blank ones are left out."""
        found = nested(read_fields(self.fields, values))
        shaped = self.shape(found) if self.shape else found
        return {**self.fixed, "answers": shaped} if self.answers else {**self.fixed, **shaped}


@dataclass(frozen=True, slots=True)
class Returned:
    """A form that comes back: with a fault, after a clash, or with what will happen, to be confirmed."""

    id: str
    key: str
    values: Values
    status: int = 200
    summary: str = ""
    reasons: tuple[tuple[str, str, str], ...] = ()  # code, field or "", sentence
    lines: tuple[str, ...] = ()
    clash: tuple[Difference, ...] = ()

    @property
    def confirming(self) -> bool:
        """It only asks to go on."""
        return self.status == 200 and bool(self.lines)


def show(v: Visit, asking: Asking, back: Returned | None = None, id: str = "") -> Form:
    """The form as it is shown, as new or as it came back."""
    shown = id or asking.id
    mine = back if back and back.id == shown else None
    sent = Field("shown", "", "hidden", shown, required=False)
    plain = Form(
        shown,
        asking.url,
        (*(filled(mine.values, asking.fields, v) if mine else asking.fields), sent),
        v.say("核对", "Check") if asking.rounds else asking.label,
        key=mine.key if mine else token_urlsafe(12),
        version="" if asking.version is None else str(asking.version),
        danger=asking.danger,
        confirm=asking.lines,
        intro=asking.intro,
        in_place=asking.in_place,
    )
    if mine is None:
        return plain
    if mine.confirming:
        return confirmation(v, asking, plain, mine)
    errors = {name: text for _, name, text in mine.reasons if name}
    fields = tuple(faulted(plain.fields, errors))
    known = {f.name for f in fields} | {c.name for f in fields for row in f.rows for c in row}
    places = tuple((name if name in known else "", text) for _, name, text in mine.reasons)
    problem = Problem(mine.summary, places, tuple(code for code, _, _ in mine.reasons)) if mine.summary else None
    return replace(plain, fields=fields, problem=problem, clash=mine.clash, opened=True)


def confirmation(v: Visit, asking: Asking, plain: Form, mine: Returned) -> Form:
    """The same values, to be sent again as they are: what stands there is what was decided."""
    hidden = [f for f in plain.fields if f.kind == "hidden"]
    for name, value in mine.values.items():
        if all(f.name != name for f in hidden):
            hidden.append(Field(name, "", "hidden", value, required=False))
    hidden.append(Field("confirmed", "", "hidden", "yes", required=False))
    return replace(
        plain,
        fields=tuple(hidden),
        submit_label=v.say(f"确认{asking.label}", f"Confirm: {asking.label}"),
        confirm=mine.lines,
        summary=tuple(summary(v, asking.fields, mine.values)),
        back_label=v.say("返回修改", "Change"),
        confirming=True,
    )


def values_of(fields: Iterable[Field], form: FormData) -> dict[str, str]:
    """What was typed, by name: only what the form asks for. Files are kept by the caller first."""
    names = {f.name for f in fields}
    rows = {f.name for f in fields if f.kind == "rows"}
    found: dict[str, str] = {}
    for name, value in form.multi_items():
        base = name.removesuffix(KEPT).removesuffix(NAMED)
        asked = base in names or any(name.startswith(f"{row}.") for row in rows)
        if asked and isinstance(value, str) and value.strip():
            found[name] = value.strip()
    return found


def key_of(form: FormData) -> str:
    """The form's key; a form without one gets its own, so that it acts once at least."""
    given = form.get("key", "")
    return given if isinstance(given, str) and KEY.fullmatch(given) else token_urlsafe(12)


# ---- from text to values
def read_fields(fields: Iterable[Field], values: Values) -> Iterator[tuple[str, object]]:
    """Each field's value under its name."""
    for f in fields:
        if f.kind == "rows":
            yield f.name, [nested(read_fields(row, values)) for row in rows_of(f, values)]
        elif f.kind == "checkbox":
            yield f.name, bool(values.get(f.name))
        elif f.kind == "file":
            yield f.name, values.get(f.name + KEPT)
        else:
            yield f.name, plain(f, values.get(f.name, ""))


def plain(f: Field, text: str) -> object:
    """A typed text as the use case takes it; None when there is none. Whole numbers stay text: their type reads them."""
    text = text.strip()
    if f.kind == "money":
        text = text.replace(",", "").replace("，", "").replace(" ", "")
    return text or None


def nested(pairs: Iterable[tuple[str, object]]) -> dict[str, object]:
    """Dotted names as objects within objects; what was not given is left out. A row's own prefix is taken off."""
    found: dict[str, object] = {}
    for name, value in pairs:
        if value is None or value == []:
            continue
        *path, last = re.sub(r"^\w+\.\d+\.", "", name).split(".")
        place = found
        for step in path:
            inner = place.setdefault(step, {})
            assert isinstance(inner, dict)  # names of one form do not clash
            place = inner
        place[last] = value
    return found


def rows_of(f: Field, values: Values) -> tuple[tuple[Field, ...], ...]:
    """The rows that were sent, numbers of the form kept, gaps and all; rows without any value are none."""
    pattern = re.compile(rf"{re.escape(f.name)}\.(\d{{1,3}})\.")
    numbers = sorted({int(m[1]) for name in values if (m := pattern.match(name))})
    return tuple(tuple(replace(c, name=c.name.replace(ROW, str(n))) for c in f.blank) for n in numbers)


# ---- and back
def filled(values: Values, fields: Iterable[Field], v: Visit) -> Iterator[Field]:
    """The fields with what was typed in them."""
    for f in fields:
        if f.kind == "rows":
            rows = tuple(tuple(filled(values, row, v)) for row in rows_of(f, values))
            yield replace(f, rows=rows or f.rows)
        elif f.kind == "file":
            yield from _kept(f, values, v)
        else:
            yield replace(f, value=values.get(f.name, ""))


def _kept(f: Field, values: Values, v: Visit) -> Iterator[Field]:
    """A file that was taken in an earlier round is not asked for again."""
    digest, name = values.get(f.name + KEPT, ""), values.get(f.name + NAMED, "")
    if not digest:
        yield f
        return
    yield Field(f.name + KEPT, "", "hidden", digest, required=False)
    yield Field(f.name + NAMED, "", "hidden", name, required=False)
    yield replace(f, required=False, hint=v.say(f"已上传 {name}；再选会替换它", f"{name} is here; choosing another replaces it"))


def faulted(fields: Iterable[Field], errors: Mapping[str, str]) -> Iterator[Field]:
    """The fields with what is wrong with each."""
    for f in fields:
        rows = tuple(tuple(faulted(row, errors)) for row in f.rows)
        yield replace(f, error=errors.get(f.name, ""), rows=rows)


def summary(v: Visit, fields: Iterable[Field], values: Values) -> Iterator[tuple[str, str]]:
    """What was typed, in words, to be read once more."""
    for f in fields:
        if f.kind == "rows":
            for n, row in enumerate(rows_of(f, values), start=1):
                yield f"{f.label} {n}", " · ".join(text for _, text in summary(v, row, values))
        elif text := _words(v, f, values):
            yield f.label, text


def _words(v: Visit, f: Field, values: Values) -> str:
    value = values.get(f.name, "")
    if f.kind == "hidden":
        return ""
    if f.kind == "file":
        return values.get(f.name + NAMED, "")
    if f.kind == "checkbox":
        return v.say("是", "yes") if value else ""
    if f.kind == "money" and value:
        return v.say(f"{value} 元", f"CNY {value}")
    if f.kind == "datetime":
        return value.replace("T", " ")
    return next((o.label for o in f.options if o.value == value), value)
