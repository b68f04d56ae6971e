"""What a scenario may look at of a building on its way to move-in and of a handover."""

from dealflow.cli.play.views import View, local
from dealflow.features.movein.queries import building, handover
from dealflow.kernel import money
from dealflow.kernel.money import Fen


def registered(v: View) -> object:
    """kinds of the papers of other bodies that are registered, a list: [D-37, D-38, survey]"""
    with v.stage.dealflow.reading() as uow:
        return [one.kind for one in building.papers_of_building(uow.connection, v.id)]


def rates(v: View) -> object:
    """the property company's rates in yuan by item: {management_fee: 2.80}"""
    with v.stage.dealflow.reading() as uow:
        found = building.rates_of(uow.connection, v.id)
    return {item: money.plain(Fen(fen)) for item, fen in found.items()}


def appointment(v: View) -> object:
    """when the client is to come"""
    with v.stage.dealflow.reading() as uow:
        return local(handover.handover(uow.connection, uow.project_id, v.id).slot_at)


def waived(v: View) -> object:
    """what was left out on record, and why: {parking_rent: 无车}; {} says: nothing"""
    with v.stage.dealflow.reading() as uow:
        return {one.item: one.reason for one in handover.waivers_of(uow.connection, v.id)}


def fees(v: View) -> object:
    """fees in the order of payment, each as "972.72 management_fee quarter", with "uncleared", "void", "returned"; a list"""
    with v.stage.dealflow.reading() as uow:
        found = handover.fees_of(uow.connection, v.id)
    return [_fee(one) for one in found]


def _fee(one: handover.FeeRow) -> str:
    gone = one.void or one.returned
    marks = (("uncleared", not one.cleared and not gone), ("void", one.void), ("returned", one.returned))
    words = (money.plain(Fen(one.fen)), one.item, one.period, *(mark for mark, holds in marks if holds))
    return " ".join(word for word in words if word)


def inspected(v: View) -> object:
    """results of the inspections, the first one first; a list"""
    with v.stage.dealflow.reading() as uow:
        found = handover.inspections_of(uow.connection, v.id)
    return list({one.inspection: one.result for one in reversed(found)}.values())
