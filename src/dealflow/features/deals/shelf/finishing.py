"""After the signature: errors found at proofreading, the proofread contract, the developer's stamp, who keeps the originals."""

from collections.abc import Iterator

from dealflow.casework.changes import Add, Change, Say, Send
from dealflow.casework.dossier import Dossier
from dealflow.db.tables.deals import contract_errors, originals
from dealflow.features.deals.parts import DEAL
from dealflow.features.deals.parts.contract import CONTRACT, ORIGINALS, Contract
from dealflow.features.deals.rules import LOANS, PLANS, PLANS_EN
from dealflow.features.deals.rules import contract as rules
from dealflow.features.deals.shelf.board import shelf
from dealflow.features.deals.shelf.checking import noting
from dealflow.kernel.errors import Unmet


# ---- proofreading
@shelf.relation(DEAL)
def may_proofread(d: Dossier) -> bool:
    """A team leader, never the deal's own salesperson (R-CTR-06)."""
    deal = d.one(DEAL)
    return "team_leader" in d.actor.roles and deal is not None and deal.owner_id != d.actor.id


@shelf.guard()
def errors_named(d: Dossier) -> Iterator[Unmet]:
    """Every place filled in wrongly is named, and in which copy."""
    found = rules.errors_of(d.answers.get("errors"))
    if not found:
        yield Unmet("deals.errors_missing")
    if any(one.copy not in rules.COPIES for one in found):
        yield Unmet("deals.copy_unknown", {"known": "、".join(rules.COPIES)})


@shelf.fact(truth=True)
def filed_data_wrong(d: Dossier) -> bool:
    """The team leader says that data of the filed contract are wrong: the filing is opened again."""
    return d.answers.get("filed_data") is True


@shelf.effect(CONTRACT, DEAL)
def note_errors(d: Dossier) -> Iterator[Change]:
    """The places, each copy counted, and the fine for the manager to see (R-CTR-20, C-50, E-122)."""
    found, deal = rules.errors_of(d.answers.get("errors")), d.chosen(DEAL)
    for position, one in enumerate(found, start=1):
        row = {"id": d.fresh(f"error/{position}"), "case_id": d.case.id, "seq": d.case.seq + 1, "position": position}
        yield Add(
            contract_errors, {**row, "copy": one.copy, "place": one.place, "wrong_text": one.wrong, "right_text": one.right}
        )
    counted = ((d.one(CONTRACT) or Contract(d.case.id)).error_places or 0) + len(found)
    yield noting(
        d, Say("deals.will_note_errors", {"places": len(found)}), error_places=counted, proofread_by=None, proofread_at=None
    )
    yield Send("contract_error_fine", "sales_manager", {"places": len(found), "owner": deal.owner_id})


@shelf.effect(CONTRACT)
def note_proofread(d: Dossier) -> Iterator[Change]:
    """Who read it through and found it right."""
    yield noting(d, Say("deals.will_proofread"), proofread_by=d.actor.id, proofread_at=d.now)


# ---- stamp
@shelf.effect(CONTRACT)
def note_stamp(d: Dossier) -> Iterator[Change]:
    """The line of the seal register (R-CTR-07)."""
    yield noting(d, Say("deals.will_stamp"), stamped_by=d.actor.id, stamped_at=d.now)


# ---- originals
@shelf.guard()
def keepers_named(d: Dossier) -> Iterator[Unmet]:
    """Who keeps which copy: client and developer always (R-CTR-09)."""
    for code, evidence in rules.keeper_faults(rules.keepers_of(d.answers.get("keepers"))):
        yield Unmet(code, evidence)


@shelf.guard(DEAL)
def bank_keeps_with_loan(d: Dossier) -> Iterator[Unmet]:
    """The bank keeps an original only of a sale with a loan (R-CTR-09, E-118)."""
    deal = d.one(DEAL)
    named = {one.keeper for one in rules.keepers_of(d.answers.get("keepers"))}
    if deal and "bank" in named and deal.plan not in LOANS:
        plan = deal.plan or ""
        yield Unmet("deals.bank_without_loan", {"plan": PLANS.get(plan, plan), "plan_en": PLANS_EN.get(plan, plan)})


@shelf.guard(ORIGINALS)
def originals_out(d: Dossier) -> Iterator[Unmet]:
    """The originals are with their keepers; a sale with a loan waits for it before that (R-CTR-09)."""
    if not any(one.keeper == "client" for one in d[ORIGINALS]):
        yield Unmet("deals.originals_here")


@shelf.effect()
def note_originals(d: Dossier) -> Iterator[Change]:
    """Who keeps what from now on."""
    for position, one in enumerate(rules.keepers_of(d.answers.get("keepers")), start=1):
        row = {"id": d.fresh(f"original/{position}"), "case_id": d.case.id, "seq": d.case.seq + 1, "position": position}
        kept = {"copy": one.copy, "keeper": one.keeper, "number": one.number, "received_by": one.received_by, "at": d.now}
        zh, en = rules.KEEPERS[one.keeper]
        yield Add(
            originals, {**row, **kept}, says=Say("deals.will_keep", {"keeper": zh, "keeper_en": en, "name": one.received_by})
        )
