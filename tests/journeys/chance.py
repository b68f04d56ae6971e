"""Random commands of an office: right and wrong ones, by right and wrong people, for a few clients who want the same units."""

from dataclasses import dataclass
from random import Random

from dealflow.casework.command import Command
from dealflow.features.documents import service as documents
from tests.makers.office import Office

UNITS = ("1-1201", "1-1202")
CLIENTS = (1, 2, 3)
NAMES = {1: "陈静", 2: "李想", 3: "王芳"}


@dataclass(frozen=True)
class Ask:
    """A use case by name, who asks for it, and its fields."""

    by: str
    use_case: str
    fields: dict[str, object]


class Chance:
    """Draws commands from one source of chance, so that a run can be repeated."""

    def __init__(self, office: Office, seed: int) -> None:
        self.office, self.random = office, Random(seed)
        self.deals = {n: office.tracked(n, NAMES[n], "ABC"[n - 1]) for n in CLIENTS}
        with office.dealflow.unit_of_work() as uow:
            command = Command("scan", office.world.person("A"))
            self.scan = documents.store_file(uow, command, b"%PDF-1.4 signed", "signed.pdf", office.dealflow.files).hash
        self.receipts: list[int] = []
        self.refunds: list[int] = []

    def draw(self) -> Ask:
        """The next command."""
        kinds = (
            self.hold,
            self.deposit,
            self.deposit,
            self.prepare,
            self.follow_up,
            self.step,
            self.sign,
            self.money,
            self.visit,
        )
        return self.random.choice(kinds)(self.random.choice(CLIENTS))

    def usual(self, *people: str) -> str:
        """Mostly the right person, sometimes another."""
        return self.random.choice(people * 4 + ("A", "F", "S"))

    def paid(self, n: int) -> dict[str, object]:
        """What a receipt needs, mostly."""
        method = self.random.choice(("cash", "pos", "transfer", "cheque"))
        cheque = {"cheque_no": "88012", "cheque_amount": "5000.00"} if method == "cheque" and self.random.random() < 0.8 else {}
        source = self.random.choice(("自有资金", "自有资金", "自有资金", ""))
        return {"payer": self.office.payer(n, NAMES[n]), "method": method, "source_of_funds": source, **cheque}

    def hold(self, n: int) -> Ask:
        amount = self.random.choice(("500.00", "500.00", "500.00", "300.00"))
        fields = {"deal": self.deals[n], "unit": self.random.choice(UNITS), "amount": amount, **self.paid(n)}
        return Ask(self.usual("F", "M"), "payments.take_hold_fee", fields)

    def deposit(self, n: int) -> Ask:
        amount = self.random.choice(("5000.00", "5000.00", "9500.00", "10000.00"))
        return Ask(self.usual("F", "M"), "payments.take_deposit", {"deal": self.deals[n], "amount": amount, **self.paid(n)})

    def prepare(self, n: int) -> Ask:
        buyer = {"kind": "person", "name": NAMES[n], "document_kind": "id_card", "document": self.office.world.value(f"id{n}")}
        buyer |= {"phone": self.office.world.value(f"phone{n}"), "address": "云州", "share_ppm": 1_000_000}
        unit = self.random.choice(UNITS)
        listed = {"1-1201": "1459080.00", "1-1202": "1088850.00"}[unit]
        price = self.random.choice((listed, listed, listed, "2000000.00"))
        deposit = self.random.choice(("10000.00", "10000.00", "4999.00"))
        fields = {"deal": self.deals[n], "unit": unit, "price": price, "plan": "lump_sum", "deposit": deposit, "buyers": [buyer]}
        return Ask(self.usual("ABC"[n - 1]), "deals.prepare_sale", fields)

    def follow_up(self, n: int) -> Ask:
        result = self.random.choice(("再考虑", "再考虑", ""))
        return Ask(self.usual("ABC"[n - 1]), "followup.record", {"deal": self.deals[n], "method": "phone", "result": result})

    def visit(self, n: int) -> Ask:
        fields = {"name": NAMES[n], "phone": self.office.world.value(f"phone{n}"), "channel": "网络", "way": "returning"}
        return Ask(
            "S",
            "reception.register_visit",
            {**fields, "received_by": "ABC"[n - 1], "reason": "老客户", "first": False, "earlier": "有"},
        )

    def step(self, n: int) -> Ask:
        own = "ABC"[n - 1]
        events = {"release_hold": own, "write_agreement": own, "agree": "M", "extend_top_up": "M", "lose": own, "reopen": own}
        event = self.random.choice(sorted(events))
        return self.event(n, event, events[event])

    def event(self, n: int, event: str, by: str) -> Ask:
        until = self.office.clock.now().isoformat().replace("2025-03", "2025-04")
        answers = {"reason": "客户要求", "places": 1, "until": until, "method": "phone", "result": "回来了"}
        lost = {"reason": "price"} if event == "lose" else {}
        return Ask(self.usual(by), "deals.take_step", {"deal": self.deals[n], "event": event, "answers": {**answers, **lost}})

    def sign(self, n: int) -> Ask:
        fields = {"deal": self.deals[n], "paper": "D-18", "signer": 1, "way": "wet", "scan": self.scan}
        return Ask(self.usual("ABC"[n - 1]), "documents.record_signature", fields)

    def money(self, n: int) -> Ask:
        if self.refunds and self.random.random() < 0.4:
            fields = {"refund": self.random.choice(self.refunds), "received_by": NAMES[n], "method": "cash"}
            return Ask(self.usual("F"), "payments.pay_refund", fields)
        if not self.receipts:
            return self.deposit(n)
        receipt = self.random.choice(self.receipts)
        if self.random.random() < 0.6:
            return Ask(self.usual("F"), "payments.clear_receipt", {"receipt": receipt})
        return Ask(self.usual("F"), "payments.reverse_receipt", {"receipt": receipt, "reason": "退票"})
