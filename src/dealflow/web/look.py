"""Everything that the page of one deal shows and asks, read at one moment, as far as this person may see it."""

from collections.abc import Mapping
from dataclasses import dataclass

from dealflow.casework import story
from dealflow.casework.advance import why_not
from dealflow.casework.command import CaseRef, Command
from dealflow.casework.dossier import Dossier
from dealflow.casework.judging import Choice
from dealflow.casework.running import Clock, clocks_of
from dealflow.casework.unit_of_work import UnitOfWork
from dealflow.features.deals import queries as deals
from dealflow.features.documents import queries as documents
from dealflow.features.followup import queries as followup
from dealflow.features.movein.queries import handover as movein
from dealflow.features.payments import queries as payments
from dealflow.features.staff import queries as staff
from dealflow.features.staff.rules import Sight
from dealflow.features.units import queries as units
from dealflow.kernel.errors import NotFound
from dealflow.web.visit import Visit, sight_of
from dealflow.workflow.records import Workflow


@dataclass(frozen=True, slots=True)
class Steps:
    """The steps of a case for whoever looks, with the version they were read at."""

    version: int
    choices: Mapping[str, Choice]


@dataclass(frozen=True, slots=True)
class Look:
    """One deal, as one person sees it."""

    v: Visit
    deal: deals.DealDetail
    seen: Sight
    workflow: Workflow
    dossier: Dossier
    choices: Mapping[str, Choice]
    clocks: tuple[Clock, ...]
    events: tuple[story.Event, ...]
    contacts: tuple[followup.RecordedContact, ...]
    balance: payments.Balance
    ledger: tuple[payments.LedgerLine, ...]
    receipts: tuple[payments.ReceiptLine, ...]
    charges: tuple[payments.ChargeLine, ...]
    refunds: tuple[payments.RefundLine, ...]
    refund_steps: Mapping[int, Steps]
    notes: deals.ContractNotes
    objections: tuple[deals.ObjectionRow, ...]
    originals: tuple[deals.OriginalRow, ...]
    filing: deals.FilingRow | None
    filing_steps: Steps | None
    handover: movein.HandoverRow | None
    papers: tuple[documents.PaperRow, ...]
    signatures: tuple[documents.SignatureRow, ...]
    stock: tuple[units.UnitRow, ...]
    people: tuple[staff.Person, ...]

    @property
    def id(self) -> int:
        """The deal's id."""
        return self.deal.id

    @property
    def unit(self) -> units.UnitRow | None:
        """The unit of the deal."""
        return next((u for u in self.stock if u.id == self.deal.unit_id), None)

    @property
    def agreement(self) -> documents.PaperRow | None:
        """The subscription agreement that stands."""
        return next((p for p in self.papers if p.kind == "D-18" and p.state != "void"), None)

    def may(self, event: str) -> bool:
        """Whether the step is among those of the state and this person may take it."""
        return event in self.choices and self.choices[event].permitted

    def policy(self, key: str) -> object:
        """A value of the project."""
        return self.dossier.policy[key]


def look(v: Visit, uow: UnitOfWork, deal: int) -> Look:
    """The deal by its id. Raises NotFound."""
    c = uow.connection
    detail = deals.one(c, uow.project_id, deal, deals.Reader(v.actor.id, all=True))
    if detail is None:
        raise NotFound("deal", deal)
    seen = sight_of(uow, v.actor)(detail.owner_id, deal)
    if seen == "masked":
        detail = deals.one(c, uow.project_id, deal, deals.Reader(0)) or detail
    dossier, choices = why_not(uow, Command("", v.actor), CaseRef("deal", deal))
    refunds, filing = payments.refunds_of(c, deal), deals.filing_of(c, deal)
    return Look(
        v=v,
        deal=detail,
        seen=seen,
        workflow=uow.house.of("deal", dossier.case.workflow).workflow,
        dossier=dossier,
        choices={choice.step.event: choice for choice in choices},
        clocks=clocks_of(c, (deal,)).get(deal, ()),
        events=story.events_of(c, uow.house, deal),
        contacts=tuple(followup.of_deal(c, deal, limit=500)) if seen == "whole" else (),
        balance=payments.balance_of(c, deal),
        ledger=payments.ledger_of(c, deal),
        receipts=payments.receipts_of(c, deal),
        charges=payments.charges_of(c, deal),
        refunds=refunds,
        refund_steps={r.id: steps_of(v, uow, "refund", r.id) for r in refunds},
        notes=deals.notes_of(c, deal),
        objections=tuple(deals.objections_of(c, deal)),
        originals=tuple(deals.originals_of(c, deal)),
        filing=filing,
        filing_steps=steps_of(v, uow, "filing", filing.id) if filing else None,
        handover=movein.handover_of(c, deal),
        papers=tuple(documents.papers_of(c, deal)),
        signatures=tuple(documents.signatures_of(c, deal)),
        stock=tuple(units.grid(c, uow.project_id)),
        people=tuple(staff.people(c, uow.project_id)),
    )


def steps_of(v: Visit, uow: UnitOfWork, kind: str, case: int) -> Steps:
    """The steps of a smaller case: a refund, a unit."""
    dossier, choices = why_not(uow, Command("", v.actor), CaseRef(kind, case))
    return Steps(dossier.case.version, {choice.step.event: choice for choice in choices})
