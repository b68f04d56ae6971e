"""`dealflow do` and `dealflow deal`: any use case, and the steps of a deal, refused in the words of the pages."""

import json as codec
import secrets
from typing import Annotated, Any

import typer

from dealflow.bootstrap import Dealflow
from dealflow.casework import story
from dealflow.casework.advance import preview, why_not
from dealflow.casework.command import CaseRef, Command
from dealflow.casework.judging import Choice
from dealflow.casework.plan import Line
from dealflow.cli.opening import opened, person
from dealflow.cli.telling import give, plain, reason_lines, say, table
from dealflow.features.deals import queries
from dealflow.features.documents import queries as documents
from dealflow.features.payments import queries as payments
from dealflow.features.units import queries as units
from dealflow.kernel import money
from dealflow.kernel.errors import Invalid, NotFound
from dealflow.kernel.money import Fen

deals = typer.Typer(help="交易 · Deals.", no_args_is_help=True)
PEOPLE = frozenset({"owner", "person"})  # fields that name somebody of the office
ALL = queries.Reader(0, all=True)

Deal = Annotated[int, typer.Argument(help="交易编号 · the deal's number")]
By = Annotated[str, typer.Option("--by", help="办理人的登录名 · the login of whoever does it")]
With = Annotated[list[str] | None, typer.Option("--with", help="字段=内容，可重复 · field=value, may be repeated")]
Key = Annotated[str, typer.Option("--key", help="提交编号，重复提交时相同 · the key of the request")]
AsJson = Annotated[bool, typer.Option("--json", help="输出 JSON · print JSON")]


def offer(app: typer.Typer) -> None:
    """Its command."""
    app.command("do")(do)


def do(
    use_case: Annotated[str, typer.Argument(help="用例，如 payments.take_hold_fee · a use case")],
    by: By,
    given: With = None,
    key: Key = "",
    json: AsJson = False,
) -> None:
    """办理任一用例 · Do any use case; units go by their code, people by login."""
    with opened() as dealflow:
        command = Command(key or secrets.token_hex(16), person(dealflow, by))
        fields = {name: found(dealflow, name, value) for name, value in fields_of(given).items()}
        with dealflow.unit_of_work(several=use_case.startswith(("staff.", "policies."))) as uow:
            answer = dealflow.book.do(uow, command, use_case, fields)
    give(answer) if json else say(f"✓ {codec.dumps(plain(answer), ensure_ascii=False)}", "green")


@deals.command("list")
def list_(
    words: Annotated[str, typer.Argument(help="姓名、电话尾号或房号 · name, end of phone, room")] = "", json: AsJson = False
) -> None:
    """查找交易 · Find deals."""
    with opened() as dealflow, dealflow.reading() as uow:
        rows = queries.search(uow.connection, uow.project_id, ALL, words=words)
    heads = ("id", "state", "client", "owner", "unit", "due_at", "moved_at")
    give(rows) if json else table(heads, [tuple(getattr(row, head) for head in heads) for row in rows])


@deals.command("show")
def show(deal: Deal, json: AsJson = False) -> None:
    """交易详情 · A deal: what was agreed, its money, papers, tasks and story."""
    with opened() as dealflow, dealflow.reading() as uow:
        detail = queries.one(uow.connection, uow.project_id, deal, ALL)
        if detail is None:
            raise NotFound("deal", deal)
        whole = {
            "deal": detail,
            "balance": payments.balance_of(uow.connection, deal),
            "receipts": payments.receipts_of(uow.connection, deal),
            "papers": documents.papers_of(uow.connection, deal),
            "tasks": story.tasks_of(uow.connection, deal),
            "story": story.events_of(uow.connection, uow.house, deal),
        }
    give(whole) if json else tell_deal(whole)


def tell_deal(whole: dict[str, Any]) -> None:
    """A deal for people."""
    deal, balance = whole["deal"], whole["balance"]
    say(f"{deal.client}  {deal.phone}  {deal.unit}  {deal.state}  {deal.owner}", "bold")
    paid = f"定金 deposit {yuan(balance.deposit)} / {yuan(deal.agreed_deposit_fen)}"
    say(f"封号费 hold {yuan(balance.hold)}  {paid}  待退 refunding {yuan(balance.refunding)}")
    table(("kind", "number", "state", "issued_at"), [(p.kind, p.number, p.state, p.issued_at) for p in whole["papers"]])
    table(("task", "role", "due_at"), [(t.topic, t.role, t.due_at) for t in whole["tasks"]])
    events: list[tuple[object, ...]] = [
        (e.seq, e.at, e.by.zh, e.label.zh, e.label.en, f"{e.source} → {e.target}") for e in whole["story"]
    ]
    table(("", "at", "by", "step", "", "state"), events)


@deals.command("steps")
def steps(deal: Deal, by: By, json: AsJson = False) -> None:
    """可办步骤与未满足条件 · Every step of the deal's state, with all that stands in its way."""
    with opened() as dealflow:
        actor = person(dealflow, by)
        with dealflow.reading() as uow:
            story.kind_of(uow.connection, deal)
            dossier, choices = why_not(uow, Command("", actor), CaseRef("deal", deal))
    if json:
        give({"state": dossier.case.state, "version": dossier.case.version, "steps": [choice_told(c) for c in choices]})
        return
    for choice in choices:
        mark = "✓" if choice.open else "✗"
        say(f"{mark} {choice.step.label.zh} / {choice.step.label.en}  {choice.step.event}", "green" if choice.open else "bold")
        if not choice.permitted:
            say(f"  由 / by: {', '.join(choice.step.permit)}", "dim")
        for want in choice.wants:
            for line, style in reason_lines(want.unmet):
                say(f"  {line}", style)


def choice_told(choice: Choice) -> dict[str, Any]:
    """A step as JSON values."""
    step = choice.step
    wants = [{"asked": want.asked, **plain(want.unmet)} for want in choice.wants]
    told = {"event": step.event, "label": plain(step.label), "open": choice.open, "permitted": choice.permitted}
    return {**told, "use_case": step.raised_by or None, "rules": list(step.rules), "wants": wants}


@deals.command("step")
def step(
    deal: Deal,
    event: Annotated[str, typer.Argument(help="步骤 · the event")],
    by: By,
    given: With = None,
    key: Key = "",
    version: Annotated[int | None, typer.Option(help="所见版本 · the version that was seen")] = None,
    dry: Annotated[bool, typer.Option("--preview", help="只预览 · say what it would do")] = False,
    json: AsJson = False,
) -> None:
    """办理步骤 · Take a step of the deal, or hear everything that stands in its way."""
    with opened() as dealflow:
        command = Command(key or secrets.token_hex(16), person(dealflow, by), version)
        answers = {name: found(dealflow, name, value) for name, value in fields_of(given).items()}
        if dry:
            with dealflow.reading() as uow:
                lines = preview(uow, command, CaseRef("deal", deal), event, answers).lines
            tell_lines(lines, as_json=json)
            return
        with dealflow.unit_of_work() as uow:
            asked = {"deal": deal, "event": event, "answers": answers}
            answer = dealflow.book.do(uow, command, "deals.take_step", asked)
    give(answer) if json else say(f"✓ {answer.state}  v{answer.version}", "green")


def tell_lines(lines: tuple[Line, ...], *, as_json: bool) -> None:
    """What a step would do."""
    if as_json:
        give(lines)
    else:
        for line in lines:
            say(f"· {line.zh} / {line.en}")


def fields_of(given: list[str] | None) -> dict[str, object]:
    """field=value pairs; what they mean, the field's type says. Raises Invalid."""
    fields: dict[str, object] = {}
    for one in given or []:
        name, equals, text = one.partition("=")
        if not equals:
            raise Invalid("input.malformed", name)
        fields[name] = read(text)
    return fields


def read(text: str) -> object:
    """A value as typed; one that is a list or a map is read as JSON. Money stays text: 500.00 is never a fraction."""
    if text[:1] not in ("{", "["):
        return text
    try:
        return codec.loads(text, parse_float=str)
    except ValueError:
        return text


def found(dealflow: Dealflow, name: str, value: object) -> object:
    """A unit by its code and a person by login, where a field names one."""
    if not isinstance(value, str):
        return value
    if name == "unit":
        with dealflow.reading() as uow:
            return units.find(uow.connection, uow.project_id, value) or value
    return person(dealflow, value).id if name in PEOPLE and not value.isdigit() else value


def yuan(fen: int | None) -> str:
    """Money for people."""
    return money.shown(Fen(fen)) if fen is not None else "–"
