"""What surrounds every page: the project, the person's own navigation with what waits, search, theme and language."""

from typing import Final

from dealflow.casework.unit_of_work import UnitOfWork
from dealflow.features.deals import queries as deals
from dealflow.features.staff.rules import ROLES
from dealflow.features.units import queries as units
from dealflow.kernel.actor import Actor
from dealflow.web.views import Action, Frame, NavItem
from dealflow.web.visit import Visit
from dealflow.web.waiting import waiting
from dealflow.web.words import ENDED

DESK: Final = ("front_desk_secretary", "on_duty")


def frame_of(v: Visit, uow: UnitOfWork, title: str, current: str, crumbs: tuple[Action, ...] = ()) -> Frame:
    """The frame of a page, with the counts of this moment."""
    project = units.project(uow.connection, uow.project_id)
    stock = units.grid(uow.connection, uow.project_id)
    free = sum(u.state == "for_sale" for u in stock)
    return Frame(
        title=title,
        project=project.name if project else "dealflow",
        project_note=v.say(f"{len(stock)} 套，可售 {free} 套", f"{len(stock)} units, {free} for sale"),
        person=v.actor.name,
        role=role_of(v, v.actor),
        nav=navigation(v, uow),
        current=current,
        csrf=v.csrf,
        now=v.now,
        here=v.here,
        locale=v.locale,
        theme=v.theme,
        crumbs=crumbs,
        action=Action(v.say("登记新访", "Register a visit"), href="/register", icon="plus") if v.holds(*DESK) else None,
    )


def role_of(v: Visit, actor: Actor) -> str:
    """The person's roles in words, the first ones of the list first."""
    return v.say("、", ", ").join(v.word(label) for name, label in ROLES.items() if name in actor.roles)


def navigation(v: Visit, uow: UnitOfWork) -> tuple[NavItem, ...]:
    """At most seven entries, by role."""
    due = waiting(v, uow)
    owner = v.actor.id if v.holds("salesperson") and not v.holds("team_leader") else None
    live = sum(n for state, n in deals.counts(uow.connection, uow.project_id, owner=owner).items() if state not in ENDED)
    items = [NavItem("today", v.say("今天", "Today"), "/", "today", len(due), hot=any(task.hot for task in due))]
    if v.holds(*DESK):
        items.append(NavItem("register", v.say("到访登记", "Register"), "/register", "plus"))
    units_ = NavItem("units", v.say("销控表", "Unit control"), "/units", "grid")
    money = NavItem("money", v.say("收款", "Money"), "/money", "yuan")
    movein = v.holds("property_team", "developer_clerk")
    if movein:
        items.append(NavItem("handovers", v.say("入住办理", "Handovers"), "/handovers", "key"))
        items.append(NavItem("buildings", v.say("楼栋", "Buildings"), "/buildings", "home"))
    if v.holds("finance"):
        items.append(money)
    items.append(NavItem("deals", v.say("交易", "Deals"), "/deals", "deal", live))
    papers = NavItem("papers", v.say("单据", "Papers"), "/papers", "file")
    items += [papers, units_] if movein else [units_, papers]  # a phone shows the first five
    if v.holds("sales_manager", "sales_director", "auditor") and not v.holds("finance"):
        items.append(money)
    if v.holds("administrator", "sales_manager"):
        items.append(NavItem("policies", v.say("项目参数", "Policies"), "/policies", "filter"))
    return tuple(items)
