"""What went wrong, as application/problem+json (RFC 9457): the one table from kind to status of this door, and its handlers."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final

import msgspec
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException

from dealflow.casework.house import House
from dealflow.kernel import identity, words
from dealflow.kernel.calendar import CalendarMissing
from dealflow.kernel.errors import Conflict, DealflowError, Invalid, Refused, Unmet

MEDIA_TYPE: Final = "application/problem+json"
STATUS: Final[Mapping[str, int]] = {
    "unsigned": 401,
    "forbidden": 403,
    "not_found": 404,
    "conflict": 409,
    "refused": 409,
    "calendar_missing": 409,
    "invalid": 422,
    "not_upgraded": 503,
    "bad_workflow": 503,
    "no_fonts": 503,
    "not_ready": 503,
}
TITLES: Final[Mapping[int, tuple[str, str]]] = {
    400: ("请求无法读取", "The request cannot be read"),
    401: ("请先登录", "Sign in first"),
    403: ("这一步不由你办理", "Not yours to do"),
    404: ("没有找到", "Not found"),
    405: ("此处不接受这种请求", "This is not how this place is asked"),
    409: ("现在不能办理", "Not possible now"),
    413: ("内容过大", "Too large"),
    415: ("不接受这种格式", "This format is not taken"),
    422: ("填写的内容有误", "What was sent is malformed"),
    503: ("服务暂时不可用", "The service is not available"),
}
BROKEN: Final = ("服务出错，请告知管理员错误编号", "The service failed; tell the administrator the error number")


class Unsigned(DealflowError):
    """Nobody is signed in, or the session has ended."""

    kind = "unsigned"


class HowOut(BaseModel):
    """The way out: a use case, and the arguments already known."""

    use_case: str
    arguments: dict[str, Any] = {}


class Reason(BaseModel):
    """One thing that stands in the way. `code` is stable; `who` are roles, grants or relations that can clear it."""

    code: str
    rule: str
    zh: str
    en: str
    who: list[str]
    how: HowOut | None
    since: datetime | None
    evidence: dict[str, Any]


class FieldFault(BaseModel):
    """A place of the input that is wrong."""

    field: str
    zh: str
    en: str


class Problem(BaseModel):
    """RFC 9457, with the reasons of a refusal or the faults of an input; `number` finds a failure in the log."""

    model_config = ConfigDict(populate_by_name=True)

    type: str = Field(examples=["urn:dealflow:problem:refused"])
    title: str
    status: int
    detail: str
    title_en: str
    detail_en: str
    kind: str
    reasons: list[Reason] | None = None
    faults: list[FieldFault] | None = None
    number: str | None = None


def mask_names(names: str) -> str:
    """Several names in one text, each masked: 陈静、孙小明 → 陈*、孙**."""
    return "、".join(identity.mask_name(name) for name in names.split("、"))


PERSONAL: Final = {  # evidence that names a client: shown masked to everybody, whoever asks
    "name": identity.mask_name,
    "client": identity.mask_name,
    "payer": identity.mask_name,
    "buyer": identity.mask_name,
    "buyers": mask_names,
    "phone": identity.mask_phone,
    "document": identity.mask_id,
}


def reason(house: House, unmet: Unmet) -> Reason:
    """A reason as JSON. A sentence that would name a client is told again with the name masked."""
    evidence = {name: _masked(name, value) for name, value in unmet.evidence.items()}
    if evidence != dict(unmet.evidence) and unmet.code in house.texts:
        unmet = house.tell(Unmet(unmet.code, evidence, unmet.rule, unmet.who, unmet.how, unmet.since))
    how = HowOut(use_case=unmet.how.use_case, arguments=_plain(unmet.how.arguments)) if unmet.how else None
    return Reason(
        code=unmet.code,
        rule=unmet.rule,
        zh=unmet.zh,
        en=unmet.en,
        who=list(unmet.who),
        how=how,
        since=unmet.since,
        evidence=_plain(evidence),
    )


def _masked(name: str, value: object) -> object:
    return PERSONAL[name](value) if name in PERSONAL and isinstance(value, str) else value


def _plain(value: Mapping[str, object]) -> dict[str, Any]:
    plain: dict[str, Any] = msgspec.to_builtins(dict(value), enc_hook=str)
    return plain


def problem_of(house: House, error: DealflowError) -> Problem:
    """What an error says, for its status."""
    status = STATUS.get(error.kind, 500)
    code, zh, en = _told(error)
    title, title_en = TITLES.get(status, BROKEN)
    problem = Problem(
        type=f"urn:dealflow:problem:{code}",
        title=title,
        title_en=title_en,
        status=status,
        kind=error.kind,
        detail=zh or title,
        detail_en=en or title_en,
    )
    if isinstance(error, Refused):
        reasons = [reason(house, unmet) for unmet in error.reasons]
        detail, detail_en = "；".join(r.zh for r in reasons), "; ".join(r.en for r in reasons)
        return problem.model_copy(update={"reasons": reasons, "detail": detail, "detail_en": detail_en})
    if isinstance(error, Invalid):
        found = [FieldFault(field=field, zh=zh, en=en) for field, zh, en in words.faults(error)]
        return problem.model_copy(update={"faults": found})
    return problem


def _told(error: DealflowError) -> tuple[str, str, str]:
    if isinstance(error, Conflict | CalendarMissing):
        return error.code, error.zh, error.en
    if isinstance(error, Invalid):
        return error.code, *words.of(error)
    return error.kind, "", ""


def answer(problem: Problem, headers: Mapping[str, str] | None = None) -> Response:
    """The problem as a response."""
    absent = {name for name in ("reasons", "faults", "number") if getattr(problem, name) is None}
    return Response(problem.model_dump_json(exclude=absent), problem.status, media_type=MEDIA_TYPE, headers=dict(headers or {}))


def plain_problem(status: int, code: str, *, number: str = "", headers: Mapping[str, str] | None = None) -> Response:
    """A problem of the transport: no domain error stands behind it."""
    title, title_en = TITLES.get(status, BROKEN)
    kind = f"urn:dealflow:problem:{code}"
    told = Problem(
        type=kind,
        title=title,
        title_en=title_en,
        detail=title,
        detail_en=title_en,
        status=status,
        kind=code,
        number=number or None,
    )
    return answer(told, headers)


def faults_of(errors: Iterable[Any]) -> dict[str, str]:
    """The faults that the input's types found, by field, in both languages."""
    found: dict[str, str] = {}
    for error in errors:
        where, *path = error["loc"]
        name = ".".join(map(str, path if path and error["type"] != "json_invalid" else [where]))
        found.setdefault(name, words.fault(error["type"], error["msg"], error.get("ctx", {})))
    return found


def handle_errors(app: FastAPI, house: House) -> None:
    """Every error of this door becomes a problem; what nobody can explain is left to the net of `asgi`."""

    @app.exception_handler(DealflowError)
    def told(request: Request, error: DealflowError) -> Response:
        if error.kind not in STATUS:
            raise error
        headers = {"WWW-Authenticate": "Bearer"} if error.kind == "unsigned" else None
        return answer(problem_of(house, error), headers)

    @app.exception_handler(RequestValidationError)
    def malformed(request: Request, error: RequestValidationError) -> Response:
        return answer(problem_of(house, Invalid("input.malformed", faults=faults_of(error.errors()))))

    @app.exception_handler(HTTPException)
    def refused(request: Request, error: HTTPException) -> Response:
        codes = {400: "unreadable", 404: "not_found", 405: "method", 413: "too_large", 415: "media_type"}
        return plain_problem(error.status_code, codes.get(error.status_code, "http"), headers=error.headers)
