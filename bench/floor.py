"""The floor: the two measured steps by the bare driver, statement by statement, in the usual order.

Every statement that a hand-written service would send is here, as sent: read under lock, check, insert row by row, commit.
The rows are those of the product, column by column; `compare.py` counts them and lets the doctor read both histories.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bench.driver import Bare, insert
from bench.world import Place
from dealflow.casework.events import PERSONAL_ALWAYS
from dealflow.kernel import canonical
from dealflow.kernel.actor import Actor
from dealflow.kernel.clock import PROJECT_ZONE, iso

# ---- what is read
ANSWERED = "select digest, answer from commands where key = %s"
PROJECT = "select id, code, name, address, developer from projects where id = %s"
POLICIES = "select key, value from policies where project_id = %s"
CASE = "select name, workflow, state, former, version, seq, head from cases where id = %s for update"
LINKS = "select name, other from links where case_id = %s"
CLOCKS = "select clock, due_at, open, running from deadlines where case_id = %s"
DEAL = "select d.client_id, d.owner_id, p.name from deals d left join people p on p.id = d.owner_id where d.id = %s"
CLIENT = "select name, phone from clients where id = %s"
UNIT = (
    "select u.code, b.name, u.blocked, b.licence_no, b.licence_from from units u join buildings b on b.id = u.building_id "
    "where u.id = %s"
)
CLAIM = "select id, case_id from claims where unit_id = %s and live"
BALANCE = (
    "select receipt_id, account, cast(sum(fen) as bigint) from ledger where case_id = %s "
    "group by receipt_id, account having sum(fen) <> 0"
)
RECEIPT = "select purpose, fen, unit_id, unit_code, payer, payer_document_kind, payer_document from receipts where id = %s"

# ---- what is written
MOVE = (
    "update cases set state = %s, former = %s, head = %s, moved_at = %s, version = version + 1, seq = seq + 1 "
    "where id = %s and version = %s"
)
UNCLAIM = "update claims set live = %s, ended_at = %s where id = %s and live"
NEW_CASE = insert(
    "cases",
    *("id", "project_id", "kind", "name", "workflow", "state", "former", "version", "seq", "head", "opened_at", "moved_at"),
)
EVENT = insert(
    "events",
    *("case_id", "seq", "at", "entered_at", "actor", "name", "source", "target", "body", "previous", "hash"),
)
PERSONAL = insert("personal", "case_id", "seq", "field", "salt", "value")
LINK = insert("links", "case_id", "name", "other") + " on conflict (case_id, name) do update set other = excluded.other"
CLOCK = (
    insert("deadlines", "case_id", "clock", "due_at", "open", "running", "fires", "role", "set_by", "next_try", "fault")
    + " on conflict (case_id, clock) do update set due_at = excluded.due_at, open = excluded.open, running = excluded.running, "
    "fires = excluded.fires, role = excluded.role, set_by = excluded.set_by, next_try = excluded.next_try, fault = excluded.fault"
)
NEW_CLAIM = insert("claims", "id", "unit_id", "case_id", "live", "since", "ended_at")
NEW_RECEIPT = insert(
    "receipts",
    *("id", "case_id", "seq", "purpose", "fen", "moved_fen", "unit_id", "unit_code", "method", "source_of_funds", "cheque_no"),
    *("cheque_fen", "reference", "payer", "payer_document_kind", "payer_document", "note", "collector_id", "paid_at", "cleared"),
    *("void", "replaces", "handed_in_at"),
)
LINE = insert("ledger", "id", "case_id", "deal_id", "posted_by", "seq", "account", "kind", "fen", "receipt_id", "reason", "at")
NEXT = "insert into series (name, next) values (%s, 2) on conflict (name) do update set next = series.next + 1 returning next"
PAPER = insert(
    "papers",
    *(
        "id",
        "of_case",
        "seq",
        "kind",
        "series",
        "number",
        "template",
        "facts",
        "seal",
        "issued_at",
        "issued_by",
        "file",
        "engine",
    ),
)
JOB = insert("jobs", "id", "kind", "subject", "state", "attempts", "made_at", "lease_until", "fault")
NEW_REFUND = insert(
    "refunds",
    *("id", "deal_id", "purpose", "fen", "payer", "payer_document_kind", "payer_document", "unit_code", "receipt_id", "reason"),
    *("method", "account", "received_by", "paid_by", "paid_at"),
)
COMMAND = insert("commands", "key", "digest", "answer", "at")

HOLD_JUDGED = [
    *("units.chosen", "units.licensed", "units.for_sale", "units.is_free", "units.not_blocked"),
    *("payments.payer_identified", "payments.amount_is", "payments.receipt_complete"),
]
RELEASE_JUDGED = ["deals.reason_given", "payments.early_release_allowed"]


@dataclass(frozen=True)
class Setting:
    """What a hand-written service would know without asking: the project, who acts, the papers' templates, versions, terms."""

    project: int
    now: datetime
    refund_due: datetime
    templates: Mapping[str, str]
    titles: Mapping[str, str]


class Floor:
    """The two steps on one connection."""

    def __init__(self, driver: Bare, setting: Setting) -> None:
        self.db, self.set = driver, setting
        self.at = driver.moment(setting.now)

    # ---- take the hold fee
    def take_hold(self, key: str, by: Actor, place: Place) -> None:
        """Read, check, and write a hold with its receipt, money, papers, clock and history."""
        db, deal, unit, now = self.db, place.deal, place.unit, self.set.now
        answers: dict[str, object] = {"amount": 50_000, "method": "pos", "source_of_funds": "自有资金"}
        answers |= {"capitals": "", "cheque_no": "", "note": "", "reference": ""}
        payer = {"name": place.payer, "document_kind": "id_card", "document": place.document}
        digest = canonical.sha256(canonical.text(["deal", deal, "take_hold", by.id, {"unit": unit}, {**answers, "payer": payer}]))
        db.begin()
        assert db.one(ANSWERED, key) is None
        _, code, _, address, developer = db.one(PROJECT, self.set.project)
        chosen = dict(db.all(POLICIES, self.set.project))
        _, workflow, state, _, version, seq, head = db.one(CASE, deal)
        db.all(LINKS, deal)
        lapse = next(c for c in db.all(CLOCKS, deal) if c[0] == "lapse")
        client_id, _, owner = db.one(DEAL, deal)
        name, phone = db.one(CLIENT, client_id)
        unit_code, building, blocked, licence, since = db.one(UNIT, unit)
        taken = db.one(CLAIM, unit)
        _, unit_workflow, unit_state, _, unit_version, unit_seq, unit_head = db.one(CASE, unit)
        assert (state, unit_state, taken, blocked) == ("tracked", "for_sale", None, None)
        assert licence
        assert str(since) <= str(now.astimezone(PROJECT_ZONE).date())
        assert answers["amount"] == int(chosen.get("hold.fee", 50_000))

        step, until = seq + 1, now + timedelta(hours=72)
        receipt, line, claim = _id(), _id(), _id()
        room = f"{address}{building}{unit_code.rpartition('-')[2]}室"
        person = {"id_kind": "居民身份证", "id_number": place.document, "name": place.payer}
        common = {"address": room, "amount": 50_000, "payer": person, "seller": developer, "unit": unit_code}
        told = {"cheque_amount": None, "cheque_number": "", "collector": by.name, "hold_from": _z(now), "hold_until": _z(until)}
        told |= {"method": "POS刷卡", "note": "", "received_at": _z(now), "reference": "", "source": "自有资金"}
        confirmed = {"client": name, "paid_at": _z(now), "phone": phone, "salesperson": owner, "until": _z(until)}
        papers = [(_id(), "D-14", canonical.text({**common, **told})), (_id(), "D-15", canonical.text({**common, **confirmed}))]
        body = self._body(deal, "deal", step, "take_hold", "tracked", "reserved", workflow, key, "payments.take_hold_fee", by)
        body["answers"], kept = committed({**answers, "payer": payer})
        body["judged"] = HOLD_JUDGED
        body["policy"] = {"deposit.collectors": "finance_manager_designated", "hold.fee": 50_000}
        body["rows"] = {
            "ledger": [[line, deal, "hold", "receipt", 50_000, receipt]],
            "receipts": [[receipt, deal, "hold_fee", 50_000, 0, "pos", None, False, True]],
            "claims": [[claim, unit, deal, True]],
        }
        body["papers"] = [[p, deal, kind, self.set.templates[kind], canonical.sha256(facts)] for p, kind, facts in papers]
        use_case = "payments.take_hold_fee"
        head = self._event(body, head)
        self._move(deal, version, "reserved", "tracked", head)
        unit_body = self._body(unit, "unit", unit_seq + 1, "hold", "for_sale", "held", unit_workflow, key, use_case, by)
        self._move(unit, unit_version, "held", "for_sale", self._event(unit_body, unit_head))
        self._keep(deal, step, kept)
        db.change(LINK, deal, "unit", unit)
        db.change(NEW_CLAIM, claim, unit, deal, True, self.at, None)
        db.change(
            NEW_RECEIPT,
            *(receipt, deal, step, "hold_fee", 50_000, 0, unit, unit_code, "pos", "自有资金", "", None, ""),
            *(place.payer, "id_card", place.document, "", by.id, self.at, True, False, None, self.at),
        )
        db.change(LINE, line, deal, deal, deal, step, "hold", "receipt", 50_000, receipt, "", self.at)
        self._clock(deal, "lapse", lapse[1], True, False, True, "", step)
        self._clock(deal, "hold", db.moment(until), True, True, True, "", step)
        for paper, kind, facts in papers:
            self._paper(paper, kind, facts, deal, step, code, key, use_case, by)
        self._answer(key, digest, {"case": deal, "kind": "deal", "papers": {k: p for p, k, _ in papers}, "seq": step}, version)
        db.commit()

    def _paper(
        self, paper: int, kind: str, facts: str, deal: int, step: int, code: str, key: str, use_case: str, by: Actor
    ) -> None:
        db, at = self.db, self.at
        body = self._body(paper, "paper", 1, "issue", "none", "issued", 1, key, use_case, by)
        body["answers"] = {"paper": kind}
        head = canonical.chained("", text := canonical.text(body))
        title = self.set.titles[kind]
        db.change(NEW_CASE, paper, self.set.project, "paper", title, 1, "issued", "none", 1, 1, head, at, at)
        db.change(EVENT, paper, 1, at, at, by.id, "issue", "none", "issued", text, "", head)
        db.change(LINK, paper, "of", deal)
        series = f"{code}-{kind.replace('-', '')}-{self.set.now.astimezone(PROJECT_ZONE):%y}"
        number = f"{series}{db.one(NEXT, series)[0] - 1:05d}"
        seal = canonical.sha256(f"{number}\n{facts}")
        template = self.set.templates[kind]
        db.change(PAPER, paper, deal, step, kind, series, number, template, facts, seal, at, by.id, None, None)
        db.change(JOB, _id(), "print", paper, "waiting", 0, at, None, None)

    # ---- release it
    def release(self, key: str, by: Actor, place: Place) -> None:
        """Read, check, and write the end of a hold: the unit is free, the fee stands on a refund."""
        db, deal, unit = self.db, place.deal, place.unit
        answers: dict[str, object] = {"reason": "客户改变主意"}
        digest = canonical.sha256(canonical.text(["deal", deal, "release_hold", by.id, {}, answers]))
        db.begin()
        assert db.one(ANSWERED, key) is None
        db.one(PROJECT, self.set.project)
        chosen = dict(db.all(POLICIES, self.set.project))
        _, workflow, state, _, version, seq, head = db.one(CASE, deal)
        db.all(LINKS, deal)
        clocks = {c[0]: c[1] for c in db.all(CLOCKS, deal)}
        _, owner_id, _ = db.one(DEAL, deal)
        claim, claimed_by = db.one(CLAIM, unit)
        _, unit_workflow, unit_state, _, unit_version, unit_seq, unit_head = db.one(CASE, unit)
        ((receipt, account, fen),) = db.all(BALANCE, deal)
        purpose, _, _, unit_code, payer, document_kind, document = db.one(RECEIPT, receipt)
        assert (state, unit_state, claimed_by, owner_id) == ("reserved", "held", deal, by.id)
        assert chosen.get("hold.early_release", "true") == "true"

        step, refund, out, into = seq + 1, _id(), _id(), _id()
        reason = f"放弃封号：{answers['reason']}"
        use_case = "deals.take_step"
        body = self._body(deal, "deal", step, "release_hold", "reserved", "tracked", workflow, key, use_case, by)
        body |= {"judged": RELEASE_JUDGED, "policy": {"hold.early_release": True}}
        body["answers"], kept = committed(answers)
        freed = [{"id": claim, "live": True}, {"live": False}]
        body["rows"] = {"ledger": [[out, deal, account, "refund", -fen, receipt]], "claims.set": [freed]}
        self._move(deal, version, "tracked", "reserved", self._event(body, head))
        unit_body = self._body(unit, "unit", unit_seq + 1, "release", "held", "for_sale", unit_workflow, key, use_case, by)
        self._move(unit, unit_version, "for_sale", "held", self._event(unit_body, unit_head))
        self._keep(deal, step, kept)
        db.change(UNCLAIM, False, self.at, claim)
        db.change(LINE, out, deal, deal, deal, step, account, "refund", -fen, receipt, "", self.at)
        self._clock(deal, "lapse", clocks["lapse"], True, True, True, "", step)
        self._clock(deal, "hold", clocks["hold"], False, False, True, "", step)
        answers = {"payer": payer, "payer_document": document, "payer_document_kind": document_kind, "reason": reason}
        answers |= {"fen": fen, "purpose": purpose, "receipt": receipt, "uncleared": 0, "unit_code": unit_code}
        body = self._body(refund, "refund", 1, "open_approved", "none", "approved", 1, key, use_case, by)
        body["answers"], kept = committed(answers)
        posted = [[into, refund, "hold", "refund", fen, receipt]]
        body["rows"] = {"ledger": posted, "refunds": [[refund, deal, fen, receipt, None]]}
        head = canonical.chained("", text := canonical.text(body))
        at = self.at
        db.change(NEW_CASE, refund, self.set.project, "refund", "", 1, "approved", "none", 1, 1, head, at, at)
        db.change(EVENT, refund, 1, at, at, by.id, "open_approved", "none", "approved", text, "", head)
        self._keep(refund, 1, kept)
        for case, name, other in ((refund, "deal", deal), (refund, "unit", unit), (deal, "refund", refund)):
            db.change(LINK, case, name, other)
        person = (payer, document_kind, document)
        db.change(NEW_REFUND, refund, deal, purpose, fen, *person, unit_code, receipt, reason, "", "", "", None, None)
        db.change(LINE, into, refund, deal, refund, 1, "hold", "refund", fen, receipt, "", at)
        self._clock(refund, "payout", db.moment(self.set.refund_due), True, True, False, "finance", 1)
        self._answer(key, digest, {"case": deal, "kind": "deal", "opened": {"refund": refund}, "seq": step}, version)
        db.commit()

    # ---- what both write
    def _keep(self, case: int, seq: int, kept: list[tuple[str, str, str]]) -> None:
        for field, salt, value in kept:
            self.db.change(PERSONAL, case, seq, field, salt, value)

    def _body(
        self,
        case: int,
        kind: str,
        seq: int,
        event: str,
        source: str,
        target: str,
        workflow: int,
        key: str,
        use_case: str,
        by: Actor,
    ) -> dict[str, Any]:
        now = iso(self.set.now)
        who = {"actor": by.id, "behalf": None, "key": key, "use_case": use_case, "at": now, "entered": now, "workflow": workflow}
        move = {"case": case, "kind": kind, "seq": seq, "event": event, "from": source, "to": target}
        return {**who, **move, "answers": {}, "judged": [], "policy": {}, "rows": {}, "papers": []}

    def _event(self, body: dict[str, Any], previous: str) -> str:
        text = canonical.text(body)
        digest = canonical.chained(previous, text)
        move = (body["event"], body["from"], body["to"])
        self.db.change(EVENT, body["case"], body["seq"], self.at, self.at, body["actor"], *move, text, previous, digest)
        return digest

    def _move(self, case: int, version: int, state: str, former: str, head: str) -> None:
        self.db.change(MOVE, state, former, head, self.at, case, version)

    def _clock(self, case: int, clock: str, due: Any, open_: bool, running: bool, fires: bool, role: str, step: int) -> None:
        self.db.change(CLOCK, case, clock, due, open_, running, fires, role, step, due, None)

    def _answer(self, key: str, digest: str, answer: dict[str, object], version: int) -> None:
        self.db.change(COMMAND, key, digest, canonical.text({**answer, "version": version + 1}), self.at)


def committed(answers: Mapping[str, object]) -> tuple[dict[str, object], list[tuple[str, str, str]]]:
    """The answers as history tells them, and what personal values it only commits to: field, salt, value."""
    told, kept = dict(answers), []
    for field in answers.keys() & PERSONAL_ALWAYS:
        salt, value = secrets.token_hex(32), canonical.text(answers[field])
        kept.append((field, salt, value))
        told[field] = {"commitment": canonical.commitment(salt, value)}
    return told, kept


def _id() -> int:
    return secrets.randbits(52)


def _z(moment: datetime) -> str:
    """A moment as papers' facts spell it."""
    return moment.isoformat().replace("+00:00", "Z")
