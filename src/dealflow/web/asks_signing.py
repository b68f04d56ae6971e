"""What is asked from the filed contract to its signature: appointment, floor plan, dates, power of attorney, signatures."""

from dealflow.features.deals.rules import contract as rules
from dealflow.features.documents import rules as documents
from dealflow.web.asking import choose, generic, options, own, reason
from dealflow.web.asks_contract import listed
from dealflow.web.forms import Asking
from dealflow.web.look import Look
from dealflow.web.views import Field, Option
from dealflow.web.visit import Visit
from dealflow.web.words import DOCUMENTS

SIGNED_HERE = ("D-27", "D-28")


def send_notice(k: Look) -> Asking:
    """When and where the contract is signed."""
    v = k.v
    fields = (
        Field("at", v.say("签约时间", "Time of signing"), "datetime"),
        Field("place", v.say("签约地点", "Place"), longest=80),
    )
    return generic(k, "send_notice", fields)


def attach_floor_plan(k: Look) -> Asking:
    """The plan's file."""
    return generic(k, "attach_floor_plan", (scan(k.v, "file", ("平面图", "Floor plan")),))


def scan(v: Visit, name: str = "scan", label: tuple[str, str] = ("签字页扫描件", "Scan of the signed page")) -> Field:
    """A photo or a PDF."""
    hint = v.say("照片或 PDF，不超过 20 MB", "Photo or PDF, 20 MB at most")
    return Field(name, v.say(*label), "file", camera=True, hint=hint)


def fill_dates(k: Look) -> Asking:
    """The date that stands in the contract."""
    return generic(k, "fill_dates", (Field("signed_on", k.v.say("合同签署日期", "Date of signing"), "date"),))


def check_power(k: Look) -> Asking:
    """Who acts for which buyer, by which notarised power."""
    v = k.v
    buyers = tuple(Option(str(b.position), f"{b.position} {b.name}") for b in k.deal.buyers)
    fields = (
        Field("signer", v.say("委托人（买受人）", "Buyer represented"), "select", "", (Option("", choose(v)), *buyers)),
        Field("agent", v.say("受托人", "Agent"), longest=60),
        Field("agent_document_kind", v.say("受托人证件类型", "Agent's document"), "select", "id_card", options(v, DOCUMENTS)),
        Field("agent_document", v.say("受托人证件号码", "Its number"), longest=40),
        Field("notarised", v.say("委托书已经公证", "The power is notarised"), "checkbox", required=False),
        Field("original", v.say("已查验公证书原件", "The certificate's original was seen"), "checkbox", required=False),
        Field("notary", v.say("公证机构", "Notary"), longest=80),
        Field("certificate", v.say("公证书编号", "Number of the certificate"), longest=60),
        Field("scope", v.say("委托事项", "What the agent may do"), "textarea", longest=400),
        Field("until", v.say("有效期至", "Valid until"), "date", required=False),
    )
    return generic(k, "check_power", fields)


def waive(k: Look) -> Asking:
    """What the sales manager lets pass, and why."""
    v = k.v
    return generic(
        k, "waive", (Field("what", v.say("免除事项", "What is waived"), "select", "", listed(v, rules.WAIVABLE)), reason(v))
    )


def sign_paper(k: Look) -> Asking:
    """Which paper, whose signature, with the scan of the signed page."""
    v, left = k.v, unsigned(k)
    papers = tuple(Option(kind, v.say(*documents.TITLES[kind])) for kind in dict.fromkeys(kind for kind, _ in left))
    signers = {position: next(b.name for b in k.deal.buyers if b.position == position) for _, position in left}
    first = left[0] if left else ("", 0)
    fields = (
        Field("paper", v.say("单据", "Paper"), "select", first[0], papers, wide=True),
        Field("signer", v.say("签字人", "Signer"), "select", str(first[1] or ""),
              tuple(Option(str(n), f"{n} {name}") for n, name in sorted(signers.items()))),
        scan(v),
    )  # fmt: skip
    return own(k, "sign_paper", "documents.record_signature", fields)


def unsigned(k: Look) -> list[tuple[str, int]]:
    """Contract and management agreement with the buyers who have not signed them yet."""
    found = []
    for kind in SIGNED_HERE:
        paper = next((p for p in k.papers if p.kind == kind and p.state != "void"), None)
        signed = {s.position for s in k.signatures if paper and s.paper_id == paper.id}
        found += [(kind, b.position) for b in k.deal.buyers if paper and b.position not in signed]
    return found
