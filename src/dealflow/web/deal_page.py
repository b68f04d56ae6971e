"""The page of one deal, put together from what was read. Answers every look at a deal and every form of it that comes back."""

from dataclasses import replace

from fastapi import Response

from dealflow.features.deals.rules import due_words
from dealflow.kernel import money
from dealflow.kernel.identity import mask_id
from dealflow.kernel.money import Fen
from dealflow.web import deal_story as story
from dealflow.web.asks_client import follow_up
from dealflow.web.asks_sale import percent
from dealflow.web.case_steps import forms_of
from dealflow.web.deal_contract import contract, handover, objections
from dealflow.web.deal_filing import filing_of
from dealflow.web.deal_money import money_of
from dealflow.web.deal_papers import papers_of
from dealflow.web.deal_steps import steps_of
from dealflow.web.forms import Returned, show
from dealflow.web.frame import frame_of
from dealflow.web.look import Look, look
from dealflow.web.pages import moment
from dealflow.web.views import Action, Banner, DealPage, Difference, Facts, Form, Need
from dealflow.web.visit import Visit
from dealflow.web.words import CHANNELS, PLANS, STAGES, client_phone, clock_bar
from dealflow.workflow.records import Label


def answer(v: Visit, deal: int, *, shown: str = "all", done: int = 0, back: Returned | None = None) -> Response:
    """The page as it stands, with what came back. Raises NotFound."""
    with v.dealflow.reading() as uow:
        k = look(v, uow, deal)
        page = page_of(k, shown, back, story.said(k, done) if done else "")
        crumbs = (Action(v.say("交易", "Deals"), href="/deals"), Action(_stage(k), href=f"/deals?state={k.dossier.case.state}"))
        frame = frame_of(v, uow, page.name, "deals", crumbs)
    return v.page("deal.html", frame, page, back.status if back else 200)


def _stage(k: Look) -> str:
    state = k.workflow.states[k.dossier.case.state]
    return k.v.word(STAGES.get(state.stage, state.label))


def page_of(k: Look, shown: str, back: Returned | None, notice: str = "") -> DealPage:
    """All of it."""
    steps, money_ = steps_of(k, back), money_of(k, back)
    composer = show(k.v, follow_up(k), back) if k.may("follow_up") else None
    page = DealPage(
        id=str(k.id),
        name=k.deal.client,
        number="",
        facts=facts(k),
        stages=story.stages(k),
        steps=steps,
        timeline=story.timeline(k, shown),
        money=money_,
        papers=papers_of(k),
        clocks=tuple(clock_bar(k.v, k.workflow, c, k.dossier.case.state) for c in k.clocks),
        badge=story.badge(k),
        banner=story.banner(k) or _of_another(k),
        details=details(k),
        composer=composer,
        timeline_tabs=story.tabs(k, shown),
        actions=_actions(k),
        phone=k.deal.phone if k.seen == "whole" else "",
        notice=notice,
        sections=tuple(s for s in (filing_of(k, back), handover(k), objections(k)) if s),
    )
    return page if back is None or back.confirming or _stands(page, back) else _refused(page, back)


def _of_another(k: Look) -> Banner | None:
    """Whoever may not see the client is told so, and whom to ask (R-ROLE-13)."""
    if k.seen != "masked":
        return None
    text = k.v.say(
        "这里只显示阶段和归属；跟踪记录、款项和单据须由案场经理打开。",
        "Only stage and owner are shown; records, money and papers are the sales manager's to open.",
    )
    return Banner(k.v.say("他人的客户", "Another's client"), text, "", "lock")


def _stands(page: DealPage, back: Returned) -> bool:
    """Whether the form that came back is on the page, where it tells its reasons itself."""
    forms: list[Form | None] = [page.composer]
    for step in page.steps:
        forms += [step.form, *(n.how.form for n in step.needs if n.how)]
    if page.money:
        forms += [a.form for r in page.money.receipts for a in r.actions]
        forms += [a.form for r in page.money.refunds for a in r.actions]
    forms += [form for section in page.sections for form in forms_of(section)]
    return any(form is not None and form.id == back.id for form in forms)


def _refused(page: DealPage, back: Returned) -> DealPage:
    """An act that has no form here, or has none any more, is answered at the top."""
    needs = tuple(Need(code, text, met=False) for code, _, text in back.reasons)
    return replace(page, refused=needs)


def facts(k: Look) -> tuple[str, ...]:
    """The line under the name."""
    v, d, unit = k.v, k.deal, k.unit
    found = []
    if unit:
        found += [f"{unit.building} {unit.code}", f"{unit.layout} {area(unit.area_cm2)}"]
    if d.price_fen and k.seen != "masked":
        found.append(
            v.say(
                f"总价 {money.shown(Fen(d.price_fen)).removesuffix('.00')} 元",
                f"CNY {money.shown(Fen(d.price_fen)).removesuffix('.00')}",
            )
        )
    if d.plan and k.seen != "masked":
        found.append(v.word(PLANS[d.plan]))
    found.append(v.say(f"置业顾问 {d.owner}", f"salesperson {d.owner}") if d.owner else v.say("公共池", "shared pool"))
    return tuple(found)


def area(cm2: int) -> str:
    """Square metres with two places."""
    whole, rest = divmod((cm2 + 50) // 100, 100)
    return f"{whole}.{rest:02d} ㎡"


def details(k: Look) -> tuple[Facts, ...]:
    """What is on record: client, sale, contract, buyers, plan, owners."""
    return tuple(filter(None, (client(k), sale(k), contract(k), buyers(k), plan(k), owners(k))))


def client(k: Look) -> Facts:
    """Who he is and since when he is confirmed."""
    v, d = k.v, k.deal
    rows = [
        (v.say("姓名", "Name"), d.client),
        (v.say("电话", "Phone"), client_phone(d.phone, k.seen)),
        (v.say("渠道", "Channel"), v.word(CHANNELS[d.channel]) if d.channel in CHANNELS else d.channel or "–"),
        (v.say("确认时间", "Confirmed"), moment(d.confirmed_at)),
        (v.say("到访", "Visited"), v.say("已到访", "yes") if d.visited else v.say("只来过电话", "only called")),
    ]
    action = Action(v.say("旧交易", "Earlier deal"), href=f"/deals/{d.earlier_deal}") if d.earlier_deal else None
    return Facts(v.say("客户", "Client"), tuple(rows), action)


def sale(k: Look) -> Facts | None:
    """What was agreed."""
    v, d = k.v, k.deal
    if k.seen == "masked" or d.price_fen is None:
        return None
    rows = [(v.say("房号", "Unit"), d.unit or "–"), (v.say("总价", "Price"), money.shown(Fen(d.price_fen)))]
    rows.append((v.say("付款方式", "Plan"), v.word(PLANS.get(d.plan or "", Label("–", "–")))))
    if d.agreed_deposit_fen is not None:
        rows.append((v.say("约定定金", "Deposit"), money.shown(Fen(d.agreed_deposit_fen))))
    if d.loan_fen:
        months = v.say(f"，{d.loan_months} 期", f", {d.loan_months} months") if d.loan_months else ""
        rows.append((v.say("贷款", "Loan"), f"{money.shown(Fen(d.loan_fen))}{months} {d.bank or ''}".strip()))
    if d.subscribed_at:
        rows.append((v.say("认购生效", "Effective"), moment(d.subscribed_at)))
    return Facts(v.say("认购", "Sale"), tuple(rows))


def buyers(k: Look) -> Facts | None:
    """The buyers in contract order."""
    v = k.v
    if not k.deal.buyers or k.seen == "masked":
        return None
    whole, many = k.seen == "whole", len(k.deal.buyers) > 1
    rows = []
    for b in k.deal.buyers:
        document = b.document if whole else mask_id(b.document)
        share = f" · {percent(b.share_ppm)}%" if many else ""
        rows.append((f"{b.position} {b.name}", f"{document} · {client_phone(b.phone, k.seen)}{share}"))
    return Facts(v.say("认购人", "Buyers"), tuple(rows))


def plan(k: Look) -> Facts | None:
    """What is paid when."""
    v = k.v
    if not k.deal.lines or k.seen == "masked":
        return None
    rows = []
    for line in k.deal.lines:
        when = due_words(line.due_on, line.by_loan)
        if v.english:
            when = line.due_on.isoformat() if line.due_on else "when the loan is paid out" if line.by_loan else "at the contract"
        rows.append((line.label, f"{money.shown(Fen(line.amount_fen))} · {when}"))
    return Facts(v.say("付款安排", "Plan"), tuple(rows))


def owners(k: Look) -> Facts | None:
    """Whose client he was, and why that changed (R-OWN-22)."""
    v = k.v
    if not k.deal.owners:
        return None
    pool = v.say("公共池", "shared pool")
    rows = []
    for o in k.deal.owners:
        by = f"{o.decided_by} " if o.decided_by else ""
        rows.append((moment(o.at), f"{o.from_ or pool} → {o.to or pool} · {by}{o.reason} {o.rule}".strip()))
    return Facts(v.say("归属", "Ownership"), tuple(rows))


def _actions(k: Look) -> tuple[Action, ...]:
    v = k.v
    if not k.may("visit"):
        return ()
    return (Action(v.say("登记到访", "Register a visit"), href=f"/register?deal={k.id}", icon="plus"),)


def differences(v: Visit, deal: int, version: int | None) -> tuple[Difference, ...]:
    """What others did since the form was shown."""
    if version is None:
        return ()
    with v.dealflow.reading() as uow:
        k = look(v, uow, deal)
    return tuple(Difference(step, by, "–") for step, by in story.entries_since(k, version))
