"""What the terminal is told: tables and lines for people, JSON for programmes, and every refusal with all its reasons."""

import dataclasses
import json
import sys
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

import msgspec
from rich.console import Console
from rich.table import Table
from rich.text import Text

from dealflow.kernel import words
from dealflow.kernel.calendar import CalendarMissing
from dealflow.kernel.clock import PROJECT_ZONE, iso
from dealflow.kernel.errors import BadWorkflow, Conflict, DealflowError, Invalid, NotFound, Refused, Unmet

EXIT: Final[Mapping[str, int]] = {  # the one table of this door: kind of error -> exit code
    "not_found": 3,
    "conflict": 4,
    "refused": 5,
    "forbidden": 6,
    "invalid": 7,
    "bad_workflow": 8,
}
FAILED: Final = 1

WIDE: Final = 240  # columns where nobody looks at a screen: nothing is cut off

out = Console(soft_wrap=True, highlight=False, width=None if sys.stdout.isatty() else WIDE)
err = Console(stderr=True, soft_wrap=True, highlight=False)


def say(text: str, style: str = "") -> None:
    """A line for people. The text is data: nothing in it is markup."""
    out.print(Text(text, style=style))


def table(heads: tuple[str, ...], rows: list[tuple[object, ...]]) -> None:
    """Rows for people."""
    shown = Table(box=None, pad_edge=False, header_style="bold")
    for head in heads:
        shown.add_column(head, overflow="fold")
    for row in rows:
        shown.add_row(*(Text(local(cell)) for cell in row))
    out.print(shown)


def local(value: object) -> str:
    """A value as people read it: moments in the project's zone, nothing for what is not known."""
    if isinstance(value, datetime):
        return f"{value.astimezone(PROJECT_ZONE):%Y-%m-%d %H:%M}"
    return "" if value is None else str(value)


def give(value: object) -> None:
    """A value for programmes, as JSON."""
    out.print(Text(json.dumps(plain(value), ensure_ascii=False, indent=2)))


def plain(value: Any) -> Any:
    """Records as JSON values."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, msgspec.Struct):
        return plain(msgspec.structs.asdict(value))
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(one) for one in value]
    if isinstance(value, datetime):
        return iso(value)
    return value if isinstance(value, str | int | bool | None) else str(value)


def explain(error: DealflowError, *, as_json: bool) -> int:
    """Tell an error with everything it knows; give its exit code."""
    if as_json:
        give(told(error))
    else:
        for line, style in lines(error):
            err.print(Text(line, style=style))
    return EXIT.get(error.kind, FAILED)


def told(error: DealflowError) -> dict[str, Any]:
    """An error as JSON values."""
    base: dict[str, Any] = {"error": error.kind, "message": str(error)}
    match error:
        case Refused(reasons=reasons):
            base["reasons"] = [plain(reason) for reason in reasons]
        case Conflict(code=code, zh=zh, en=en):
            base |= {"code": code, "zh": zh, "en": en}
        case Invalid():
            zh, en = words.of(error)
            base |= {"code": error.code, "field": error.field, "zh": zh, "en": en, "evidence": plain(error.evidence)}
        case BadWorkflow(faults=faults):
            base["faults"] = [plain(fault) for fault in faults]
    return base


def lines(error: DealflowError) -> list[tuple[str, str]]:
    """An error for people: Chinese, then English, then who and how."""
    match error:
        case Refused(reasons=reasons):
            head = "无权办理 / not yours to do" if error.kind == "forbidden" else "不能办理 / refused"
            return [(head, "bold red"), *(line for reason in reasons for line in reason_lines(reason))]
        case Conflict(zh=zh, en=en) | CalendarMissing(zh=zh, en=en):
            return [(zh, "bold red"), (en, "red")]
        case Invalid():
            zh, en = words.of(error)
            return [(zh, "bold red"), (en, "red"), *((f"  {field}: {a} / {b}", "") for field, a, b in words.faults(error))]
        case NotFound():
            return [(f"没有找到 {error}", "bold red"), (f"There is no {error}", "red")]
    return [(str(error), "bold red")]


def reason_lines(reason: Unmet) -> list[tuple[str, str]]:
    """One reason with its rule, who can clear it and how."""
    rule = f"  [{reason.rule}]" if reason.rule else ""
    found = [(f"• {reason.zh}{rule}", "red"), (f"  {reason.en}", "")]
    if reason.who:
        found.append((f"  谁 / who: {', '.join(reason.who)}", "dim"))
    if reason.how:
        found.append((f"  怎样 / how: {reason.how.use_case}", "dim"))
    return found
