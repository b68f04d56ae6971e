"""Roles and grants by name, who may give which, how long a session lasts and how long a guesser waits. Plain values only."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Final, Literal

from dealflow.kernel.actor import Actor
from dealflow.workflow.records import Label

ROLES: Final[Mapping[str, Label]] = {
    "front_desk_secretary": Label("前台秘书", "front-desk secretary"),
    "salesperson": Label("置业顾问", "salesperson"),
    "team_leader": Label("销售组长", "team leader"),
    "sales_manager": Label("案场经理", "sales manager"),
    "sales_assistant": Label("销售助理", "sales assistant"),
    "sales_director": Label("销售总监", "sales director"),
    "finance": Label("财务", "finance"),
    "mortgage_officer": Label("按揭专员", "mortgage officer"),
    "property_team": Label("物业", "property team"),
    "developer_clerk": Label("开发商经办", "developer's clerk"),
    "contract_clerk": Label("合同经办", "contract clerk"),
    "after_sales": Label("售后", "after-sales"),
    "administrator": Label("系统管理员", "administrator"),
    "auditor": Label("审计", "auditor"),
}
GRANTS: Final[Mapping[str, Label]] = {
    "on_duty": Label("当值", "on duty"),
    "designated_collector": Label("指定收款人", "designated collector"),
    "acting_manager": Label("代理经理", "acting manager"),
    "substitute": Label("代为跟进", "substitute"),
}

GRANTERS: Final[Mapping[str, tuple[str, ...]]] = {
    "on_duty": ("sales_manager", "administrator"),
    "designated_collector": ("sales_manager", "administrator"),
    "acting_manager": ("sales_director", "administrator"),
    "substitute": ("sales_manager", "administrator"),
}
OF_SOMEBODY: Final = frozenset({"substitute"})  # grants that hold for one salesperson's clients, or for one deal

OVERSEERS: Final = frozenset({"team_leader", "sales_manager", "sales_director", "auditor"})
BY_NAME: Final = frozenset(
    {
        "front_desk_secretary",
        "sales_assistant",
        "finance",
        "mortgage_officer",
        "property_team",
        "developer_clerk",
        "contract_clerk",
        "after_sales",
    }
)
PAPERS: Final[Mapping[str, frozenset[str]]] = {  # the papers that a role's own work is about
    "front_desk_secretary": frozenset({"D-01", "D-02", "D-04"}),
    "finance": frozenset({"D-14", "D-15", "D-16", "D-17", "D-18", "D-19", "D-23", "D-24", "D-25"}),
    "sales_assistant": frozenset({"D-18", "D-20", "D-25"}),
    "contract_clerk": frozenset({"D-18", "D-20", "D-21", "D-27", "D-28"}),
    "mortgage_officer": frozenset({"D-18", "D-21", "D-27", "D-30", "D-31", "D-32"}),
    "team_leader": frozenset({"D-27", "D-28", "D-29"}),
    "developer_clerk": frozenset({"D-18", "D-20", "D-27", "D-29"} | {f"D-{n}" for n in range(36, 44)}),
    "property_team": frozenset({"D-36", "D-39", "D-40", "D-41", "D-42", "D-44", "D-45"}),
}

COOKIE: Final = "dealflow"
SESSION: Final = timedelta(hours=12)
FREE_TRIES: Final = 5
FIRST_WAIT: Final = timedelta(seconds=30)
LONGEST_WAIT: Final = timedelta(hours=1)
FORGOTTEN: Final = timedelta(days=1)  # failures older than this no longer count
SHORTEST_PASSWORD: Final = 8
LONGEST_PASSWORD: Final = 128
LONGEST_LOGIN: Final = 64

Sight = Literal["whole", "name", "masked"]


def oversees(actor: Actor) -> bool:
    """Whether somebody answers for the work of all salespeople, or audits it."""
    return not actor.roles.isdisjoint(OVERSEERS) or "acting_manager" in actor.grants


def sight(actor: Actor, owner: int | None, *, stands_for: Collection[int] = (), deal: int = 0) -> Sight:
    """How much of a client somebody sees: all, his name without numbers, or a mask (design: 孙**).

    `stands_for` are the subjects of the substitute grants that he holds: salespeople or single deals."""
    if oversees(actor) or owner == actor.id or deal in stands_for or (owner is not None and owner in stands_for):
        return "whole"
    named = not actor.roles.isdisjoint(BY_NAME) or "designated_collector" in actor.grants
    return "name" if named else "masked"


def may_open_paper(actor: Actor, seen: Sight, kind: str) -> bool:
    """Whether somebody may open a paper, which names people in full: his client's, or one that his own work is about."""
    return seen == "whole" or any(kind in PAPERS.get(role, ()) for role in actor.roles)


def locked_until(failures: int, last: datetime) -> datetime:
    """Until when a login is closed: from the fifth failure on for 30 seconds, then twice as long each time, at most an hour."""
    if failures < FREE_TRIES:
        return last
    doubled: int = 2 ** min(failures - FREE_TRIES, 20)
    return last + min(FIRST_WAIT * doubled, LONGEST_WAIT)


def login_of(typed: str) -> str:
    """A login as it is stored: letters of one size, no blanks around it."""
    return typed.strip().lower()


def password_fits(password: str, login: str) -> bool:
    """Long enough to be worth guessing, and not the login itself."""
    return SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD and password.lower() != login
