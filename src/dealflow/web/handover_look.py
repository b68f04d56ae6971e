"""Everything that the page of one handover shows, read at one moment, as far as this person may see it."""

from dataclasses import dataclass

from dealflow.casework.unit_of_work import UnitOfWork
from dealflow.features.deals import queries as deals
from dealflow.features.documents import queries as documents
from dealflow.features.movein.queries import building as preparations
from dealflow.features.movein.queries import handover as queries
from dealflow.features.payments import queries as payments
from dealflow.features.staff.rules import Sight
from dealflow.features.units import queries as units
from dealflow.kernel.errors import NotFound
from dealflow.web.look import Steps, steps_of
from dealflow.web.visit import Visit, sight_of

COVENANT = "D-40"


@dataclass(frozen=True, slots=True)
class HandoverLook:
    """One handover, as one person sees it."""

    v: Visit
    row: queries.HandoverRow
    seen: Sight
    deal: deals.DealDetail
    steps: Steps
    taken: dict[int, queries.StepRow]
    waivers: tuple[queries.WaiverRow, ...]
    fees: tuple[queries.FeeRow, ...]
    inspections: tuple[queries.InspectedRow, ...]
    papers: tuple[documents.PaperRow, ...]
    signatures: tuple[documents.SignatureRow, ...]
    rates: dict[str, int]
    area_cm2: int  # of the home, by the contract
    missing_fen: int  # of the price, what the client has still to pay

    @property
    def covenant(self) -> documents.PaperRow | None:
        """The covenant that stands."""
        return next((p for p in self.papers if p.kind == COVENANT and p.state != "void"), None)

    @property
    def unsigned(self) -> tuple[deals.BuyerRow, ...]:
        """Owners who have not signed it yet."""
        paper = self.covenant
        signed = {s.position for s in self.signatures if paper and s.paper_id == paper.id}
        return tuple(b for b in self.deal.buyers if b.position not in signed)


def look_at(v: Visit, uow: UnitOfWork, handover: int) -> HandoverLook:
    """The handover by its id. Raises NotFound."""
    c = uow.connection
    row = queries.handover(c, uow.project_id, handover)
    detail = deals.one(c, uow.project_id, row.deal_id, deals.Reader(v.actor.id, all=True))
    if detail is None:
        raise NotFound("deal", row.deal_id)
    seen = sight_of(uow, v.actor)(detail.owner_id, detail.id)
    if seen == "masked":
        detail = deals.one(c, uow.project_id, row.deal_id, deals.Reader(0)) or detail
    unit = units.one(c, uow.project_id, detail.unit_id) if detail.unit_id else None
    return HandoverLook(
        v=v,
        row=row,
        seen=seen,
        deal=detail,
        steps=steps_of(v, uow, "handover", handover),
        taken={s.no: s for s in queries.steps_of(c, handover)},
        waivers=tuple(queries.waivers_of(c, handover)),
        fees=tuple(queries.fees_of(c, handover)),
        inspections=tuple(queries.inspections_of(c, handover)),
        papers=tuple(documents.papers_of(c, handover)),
        signatures=tuple(documents.signatures_of(c, handover)),
        rates=_rates(uow, unit),
        area_cm2=unit.area_cm2 if unit else 0,
        missing_fen=sum(x.fen - x.paid for x in payments.charges_of(c, detail.id) if not x.by_loan),
    )


def _rates(uow: UnitOfWork, unit: units.UnitRow | None) -> dict[str, int]:
    """The property company's rates for the home's building, as far as they are posted."""
    found = preparations.preparations_of(uow.connection, uow.project_id) if unit else ()
    mine = next((p.id for p in found if unit and p.building == unit.building_id), None)
    return preparations.rates_of(uow.connection, mine) if mine else {}
