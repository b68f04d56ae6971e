"""What a scenario may look at with `see`, by name: written as people write it. Each observable is a function with its meaning."""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Final

from dealflow.casework import story
from dealflow.cli.play.observe_movein import appointment, fees, inspected, rates, registered, waived
from dealflow.cli.play.resolve import Unknown, reference
from dealflow.cli.play.stage import Stage
from dealflow.cli.play.views import View, local
from dealflow.features.deals import queries as deals
from dealflow.features.deals.parts import DEAL
from dealflow.features.documents import queries as documents
from dealflow.features.payments import queries as payments
from dealflow.features.units.parts import CLAIMED
from dealflow.features.units.parts import UNIT as WHOLE_UNIT
from dealflow.kernel import money
from dealflow.kernel.money import Fen

UNIT: Final = re.compile(r"unit (\S+)")


def state(v: View) -> object:
    """the state of the case"""
    return v.dossier.case.state


def stage(v: View) -> object:
    """the stage to which the state belongs"""
    head = v.dossier.case
    return v.stage.dealflow.house.of(head.kind, head.workflow).workflow.states[head.state].stage


def version(v: View) -> object:
    """how many steps the case has taken"""
    return v.dossier.case.version


def clocks(v: View) -> object:
    """running deadlines and when they are due, {hold: 2025-03-06 15:20}; one that does not run is null; {} says: none runs"""
    return {name: local(one.due_at) for name, one in v.dossier.clocks.items() if one.open and one.running}


def waiting(v: View) -> object:
    """deadlines that wait for the end of a hold, as `clocks`"""
    return {name: local(one.due_at) for name, one in v.dossier.clocks.items() if one.open and not one.running}


def tasks(v: View) -> object:
    """topics of open tasks, a list"""
    with v.stage.dealflow.reading() as uow:
        return [task.topic for task in story.tasks_of(uow.connection, v.id)]


def papers(v: View) -> object:
    """papers by kind with their states in the order of issue: {D-18: "void, issued"}; a kind that is not there is null"""
    found: dict[str, list[str]] = defaultdict(list)
    for one in v.papers:
        found[one.kind].append(one.state)
    return {kind: ", ".join(states) for kind, states in found.items()}


def owner(v: View) -> object:
    """the letter of the salesperson to whom the client belongs; null when to nobody"""
    deal = v.dossier.one(DEAL)
    return v.letter(deal.owner_id) if deal else None


def claim(v: View) -> object:
    """the code of the unit that the deal claims; null when it claims none"""
    claimed = v.dossier.one(CLAIMED)
    return claimed.code if claimed else None


def claimed(v: View) -> object:
    """whether a deal claims the unit"""
    unit = v.dossier.one(WHOLE_UNIT)
    return bool(unit and unit.claimed_by)


def blocked(v: View) -> object:
    """why the unit is blocked; null when it is not"""
    unit = v.dossier.one(WHOLE_UNIT)
    return unit.blocked if unit else None


def earlier(v: View) -> object:
    """the lapsed deal of the same client that this one follows; null when there is none"""
    with v.stage.dealflow.reading() as uow:
        found = deals.one(uow.connection, uow.project_id, v.id, deals.Reader(0, all=True))
    return found.earlier_deal if found else None


def visited(v: View) -> object:
    """whether the client has been here"""
    deal = v.dossier.one(DEAL)
    return bool(deal and deal.visited)


def balance(v: View) -> object:
    """what stands in each account in yuan: {hold, deposit, price_deposit, price, prepayment, refunding}, also with _uncleared"""
    with v.stage.dealflow.reading() as uow:
        found = payments.balance_of(uow.connection, v.id)
    return {name: money.plain(Fen(getattr(found, name))) for name in payments.Balance.__dataclass_fields__}


def deposit_paid(v: View) -> object:
    """the deposit that counts, in yuan: what the bank has confirmed, the hold fee moved into it included"""
    with v.stage.dealflow.reading() as uow:
        return money.plain(Fen(payments.balance_of(uow.connection, v.id).deposit))


def receipts(v: View) -> object:
    """receipts in the order of payment, each as "500.00 cash", with "uncleared" and "void" where that is so; a list"""
    with v.stage.dealflow.reading() as uow:
        found = payments.receipts_of(uow.connection, v.id)
    return [_receipt(one) for one in sorted(found, key=lambda one: (one.paid_at, one.number))]


def _receipt(one: payments.ReceiptLine) -> str:
    marks = (("uncleared", not one.cleared and not one.void), ("void", one.void))
    return " ".join((money.plain(Fen(one.fen)), one.method, *(mark for mark, holds in marks if holds)))


def charges(v: View) -> object:
    """what the signed slip charges, in order, each as "首付款 449080.00 paid 100000.00", with "waiting 50.00" where that is so"""
    with v.stage.dealflow.reading() as uow:
        return [_charge(one) for one in payments.charges_of(uow.connection, v.id)]


def _charge(one: payments.ChargeLine) -> str:
    waiting = f" waiting {money.plain(Fen(one.waiting))}" if one.waiting else ""
    return f"{one.label} {money.plain(Fen(one.fen))} paid {money.plain(Fen(one.paid))}{waiting}"


def refunds(v: View) -> object:
    """refunds of the deal in the order of opening, each as "500.00 approved"; a list"""
    with v.stage.dealflow.reading() as uow:
        found = payments.refunds_of(uow.connection, v.id)
    return [f"{money.plain(Fen(one.fen))} {one.state}" for one in sorted(found, key=lambda one: (one.opened_at, one.id))]


def amount(v: View) -> object:
    """what is paid back, in yuan"""
    with v.stage.dealflow.reading() as uow:
        return money.plain(Fen(payments.refund_of(uow.connection, v.id).fen))


def number(v: View) -> object:
    """the paper's number"""
    with v.stage.dealflow.reading() as uow:
        found = documents.one(uow.connection, uow.project_id, v.id)
    return found.number if found else None


def void_reason(v: View) -> object:
    """why the paper is void; null when it is not"""
    with v.stage.dealflow.reading() as uow:
        found = documents.one(uow.connection, uow.project_id, v.id)
    return found.void_reason if found else None


Look = Callable[[View], object]
EVERY: Final[tuple[Look, ...]] = (state, stage, version, clocks, waiting, tasks)
OBSERVABLES: Final[Mapping[str, Mapping[str, Look]]] = {
    kind: {look.__name__: look for look in (*EVERY, *more)}
    for kind, more in {
        "deal": (owner, claim, visited, earlier, balance, deposit_paid, receipts, charges, refunds, papers),
        "unit": (claimed, blocked),
        "filing": (papers,),
        "building": (registered, rates, papers),
        "handover": (appointment, waived, fees, inspected, papers),
        "refund": (amount, papers),
        "paper": (number, void_reason),
    }.items()
}


def view(on: Stage, thing: str) -> View:
    """The case that a scenario names: `unit 1-1201`, `$visit.deal`. Raises Unknown for anything else."""
    if found := UNIT.fullmatch(thing):
        return View(on, "unit", on.world.unit(found[1]))
    case = reference(on, thing) if thing.startswith("$") else None
    if not isinstance(case, int):
        raise Unknown(thing, ("unit 1-1201", *(f"${name}" for name in on.named)))
    with on.dealflow.reading() as uow:
        return View(on, story.kind_of(uow.connection, case), case)


def look(v: View, name: str) -> object:
    """One observable of a case. Raises Unknown for a name that its kind does not have."""
    known = OBSERVABLES.get(v.kind, {})
    if name not in known:
        raise Unknown(name, known)
    return known[name](v)


def differs(wanted: object, found: object) -> bool:
    """Whether what is seen is not what was written. Of a map only the keys written are compared; an empty map says: nothing."""
    if isinstance(wanted, dict) and isinstance(found, dict):
        return bool(found) if not wanted else any(differs(value, found.get(key)) for key, value in wanted.items())
    return plain(wanted) != plain(found)


def plain(value: object) -> object:
    """Values as they compare: lists without regard to type, whole numbers as their text."""
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value
