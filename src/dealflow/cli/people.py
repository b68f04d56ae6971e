"""`dealflow user`: who works here; a new colleague. Whoever may use this machine acts as administrator here."""

import secrets
from typing import Annotated

import typer

from dealflow.casework.command import Command
from dealflow.cli.opening import opened
from dealflow.cli.play.worlds import OPERATOR
from dealflow.cli.telling import give, say, table
from dealflow.features.staff import queries

group = typer.Typer(help="人员 · The people of the office.", no_args_is_help=True)


@group.command("list")
def list_(json: Annotated[bool, typer.Option("--json", help="输出 JSON · print JSON")] = False) -> None:
    """列出人员 · Everybody with roles."""
    with opened() as dealflow, dealflow.reading() as uow:
        found = queries.people(uow.connection, uow.project_id)
    if json:
        give([{"id": p.id, "login": p.login, "name": p.name, "active": p.active, "roles": p.roles} for p in found])
    else:
        table(
            ("login", "name", "roles", "active"), [(p.login, p.name, ", ".join(p.roles), "✓" if p.active else "–") for p in found]
        )


@group.command("add")
def add(
    login: Annotated[str, typer.Argument(help="登录名 · login")],
    name: Annotated[str, typer.Argument(help="姓名 · name")],
    role: Annotated[list[str] | None, typer.Option(help="岗位，可重复 · role, may be repeated")] = None,
    phone: Annotated[str, typer.Option(help="电话 · phone")] = "",
    json: Annotated[bool, typer.Option("--json", help="输出 JSON · print JSON")] = False,
) -> None:
    """新增人员；密码只显示一次 · Add somebody; the password is shown once."""
    password = secrets.token_urlsafe(12)
    fields = {"login": login, "name": name, "phone": phone, "roles": tuple(role or ()), "password": password}
    with opened() as dealflow, dealflow.unit_of_work(several=True) as uow:
        person = dealflow.book.do(uow, Command(secrets.token_hex(16), OPERATOR), "staff.add_person", fields)
    if json:
        give({"id": person, "login": login, "password": password})
    else:
        say(f"{login} {name}  {password}", "green")
