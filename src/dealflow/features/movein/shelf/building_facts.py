"""Facts of a building for papers (D-36 to D-38, D-41, D-43) and what the property company asks for."""

from datetime import date

from dealflow.casework.dossier import Dossier
from dealflow.features.movein import rules
from dealflow.features.movein.parts.building import BUILDING_PAPERS, LAYOUTS, PREPARATION, RATES, BuildingPaper
from dealflow.features.movein.parts.deal import HOME, PAID, SALE
from dealflow.features.movein.parts.handover import STEPS
from dealflow.features.movein.shelf.board import shelf, shown
from dealflow.features.movein.shelf.entering import missing_price
from dealflow.features.movein.texts import BUILDING_STEPS, ITEMS, PER
from dealflow.kernel.clock import PROJECT_ZONE

CERTIFICATE, MANUAL = "D-37", "D-38"
QUARTER_OR_YEAR, ONCE = "按季或按年", "一次"
FUND_ACCOUNT = "维修资金专户"


def _paper(d: Dossier, kind: str) -> BuildingPaper | None:
    return next((p for p in d[BUILDING_PAPERS] if p.kind == kind), None)


@shelf.fact(PREPARATION)
def building_name(d: Dossier) -> str | None:
    """What the building is called."""
    found = d.one(PREPARATION)
    return found.building if found else None


@shelf.fact(PREPARATION)
def building_units(d: Dossier) -> int | None:
    """How many homes it has."""
    found = d.one(PREPARATION)
    return found.homes if found else None


@shelf.fact(LAYOUTS)
def building_layouts(d: Dossier) -> str:
    """The layouts of its homes."""
    return "、".join(sorted(x.layout for x in d[LAYOUTS]))


@shelf.fact(STEPS, BUILDING_PAPERS, PREPARATION)
def building_steps(d: Dossier) -> list[dict[str, object]]:
    """The five steps before the notices go out, the last without a day while none has (R-MVD-01)."""
    taken, certificate, found = {s.no: s for s in d[STEPS]}, _paper(d, CERTIFICATE), d.one(PREPARATION)
    steps: list[dict[str, object]] = []
    for no, name in enumerate(BUILDING_STEPS, 1):
        step = taken.get(no)
        number = certificate.number if no == 3 and certificate else step.note if step else ""
        row = {"done_on": step.day if step else None, "by": step.by_name if step else "", "certificate": number}
        steps.append({"no": no, "name": name, **row})
    if found and found.noticed_at:
        steps[-1]["done_on"] = found.noticed_at.astimezone(PROJECT_ZONE).date()
    return steps


@shelf.fact(BUILDING_PAPERS)
def certificate_number(d: Dossier) -> str | None:
    """The number of the quality certificate."""
    paper = _paper(d, CERTIFICATE)
    return paper.number if paper else None


@shelf.fact(BUILDING_PAPERS)
def certificate_body(d: Dossier) -> str | None:
    """Who issued it."""
    paper = _paper(d, CERTIFICATE)
    return paper.body if paper else None


@shelf.fact(BUILDING_PAPERS)
def certificate_on(d: Dossier) -> date | None:
    """When it was issued."""
    paper = _paper(d, CERTIFICATE)
    return paper.dated_on if paper else None


@shelf.fact(BUILDING_PAPERS)
def certificate_result(d: Dossier) -> str | None:
    """What it says."""
    paper = _paper(d, CERTIFICATE)
    return paper.result if paper else None


@shelf.fact(BUILDING_PAPERS)
def certificate_file(d: Dossier) -> str | None:
    """The hash of its scan."""
    paper = _paper(d, CERTIFICATE)
    return paper.file if paper else None


@shelf.fact(BUILDING_PAPERS)
def manual_title(d: Dossier) -> str | None:
    """The title of the house manual."""
    paper = _paper(d, MANUAL)
    return paper.title if paper else None


@shelf.fact(BUILDING_PAPERS)
def manual_on(d: Dossier) -> date | None:
    """Its day."""
    paper = _paper(d, MANUAL)
    return paper.dated_on if paper else None


@shelf.fact(BUILDING_PAPERS)
def manual_file(d: Dossier) -> str | None:
    """The hash of its scan."""
    paper = _paper(d, MANUAL)
    return paper.file if paper else None


@shelf.fact()
def registered_by(d: Dossier) -> str:
    """Who registers the paper of this step."""
    return d.actor.name


@shelf.fact()
def released_by(d: Dossier) -> str:
    """Who says that the building is ready."""
    return d.actor.name


# ---- the property company
@shelf.fact(policy=("movein.property_company",))
def property_company(d: Dossier) -> str:
    """The property company; where none is named, the seller manages the homes himself."""
    return str(d.policy["movein.property_company"]).strip() or d.project.developer


@shelf.fact(policy=("movein.fee_rate",))
def fee_rate(d: Dossier) -> int:
    """The management fee promised in the contract, by square metre and month."""
    return int(d.policy["movein.fee_rate"])


@shelf.fact(PREPARATION)
def rates_from(d: Dossier) -> date | None:
    """Since when the schedule holds."""
    found = d.one(PREPARATION)
    return found.rates_from if found else None


@shelf.fact(RATES, policy=("movein.fees_block_keys",))
def rates(d: Dossier) -> list[dict[str, object]]:
    """The schedule, item by item (R-MVC-06)."""
    return [
        {
            "name": ITEMS[item][0],
            "rate": rate,
            "per": PER[item],
            "period": QUARTER_OR_YEAR if item in rules.PERIODIC else ONCE,
            "must": _must(d, item),
        }
        for item, rate in _rates(d).items()
    ]


@shelf.fact(RATES, HOME, SALE, PAID, policy=("movein.fees_block_keys", "movein.property_company"))
def fees(d: Dossier) -> list[dict[str, object]]:
    """What the notice asks the client to bring: the rest of the price and the property company's fees (R-MVC-01)."""
    company, home = property_company(d), d.one(HOME)
    price = {"name": "房款余额", "basis": "按买卖合同", "payee": d.project.developer, "must": True, "amount": missing_price(d)}
    found: list[dict[str, object]] = [price]
    for item, rate in _rates(d).items():
        basis = f"{shown(rate).removeprefix('¥')} {PER[item]}" + (f"，{QUARTER_OR_YEAR}" if item in rules.PERIODIC else "")
        payee = FUND_ACCOUNT if item == rules.FUND else company
        sum_ = rules.scheduled(item, "", rate, home.area_cm2) if home and item not in rules.PERIODIC else None
        found.append({"name": ITEMS[item][0], "basis": basis, "payee": payee, "must": _must(d, item), "amount": sum_})
    return found


def _rates(d: Dossier) -> dict[str, int]:
    """The schedule in the order in which people know it."""
    known = {r.item: r.rate_fen for r in d[RATES]}
    return {item: known[item] for item in rules.ITEMS if item in known}


def _must(d: Dossier, item: str) -> bool:
    """Whether keys wait for it. Where the law forbids to insist, papers only remind (domain-facts 6.1)."""
    return item == rules.FUND or (item == rules.MANAGEMENT and bool(d.policy["movein.fees_block_keys"]))
