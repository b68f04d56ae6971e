"""An office for tests that need a database: do use cases by letter, take steps, let time pass, look, expect refusals.

office.do(by="F", use_case="payments.take_hold_fee", deal=deal, unit="1-1201", amount="500.00", payer=office.payer(1), ...)
with office.refused("payments.amount_not"): ...
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

import pytest

from dealflow.bootstrap import Dealflow
from dealflow.casework.command import Answer
from dealflow.casework.doctor import examine
from dealflow.cli.play.files import LENGTH, UNITS, load
from dealflow.cli.play.observe import look, view
from dealflow.cli.play.player import play, reasons
from dealflow.cli.play.resolve import fields_of
from dealflow.cli.play.stage import Stage
from dealflow.cli.play.views import View
from dealflow.cli.play.worlds import World
from dealflow.features.units import queries as units
from dealflow.kernel import money
from dealflow.kernel.errors import DealflowError
from dealflow.kernel.money import Fen
from dealflow.testing import FixedClock

SCENARIOS: Final = Path(__file__).parents[2] / "workflows" / "scenarios"


class Office:
    """A stage with the sentences that tests use."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage

    @property
    def dealflow(self) -> Dealflow:
        """The open office."""
        return self.stage.dealflow

    @property
    def world(self) -> World:
        """Its people, units and invented numbers."""
        return self.stage.world

    @property
    def clock(self) -> FixedClock:
        """Its clock."""
        return self.stage.clock

    def do(
        self, *, by: str, use_case: str, at: str | datetime | None = None, key: str = "", behalf: str = "", **fields: Any
    ) -> Any:
        """A use case. Units go by code, people by letter, where the field is an id."""
        moment = FixedClock(at).now() if isinstance(at, str) else at
        asked = fields_of(self.stage, self.dealflow.book[use_case], fields)
        return self.stage.do(by, use_case, asked, at=moment, key=key, on_behalf_of=behalf)

    def step(self, deal: int, event: str, by: str, **answers: Any) -> Answer:
        """A step of a deal that has no form of its own."""
        answer: Answer = self.do(by=by, use_case="deals.take_step", deal=deal, event=event, answers=answers)
        return answer

    def look(self, case: int | str, name: str) -> object:
        """An observable of a case, by id or unit code."""
        return look(self.view(case), name)

    def state(self, case: int | str) -> object:
        """The state of a case, by id or unit code."""
        return self.look(case, "state")

    def view(self, case: int | str) -> View:
        """A case as it stands now."""
        if isinstance(case, str):
            return view(self.stage, f"unit {case}")
        self.stage.named["looked at"] = case
        return view(self.stage, "$looked at")

    def pass_time(self, length: str) -> tuple[Answer, ...]:
        """Let time pass ("72h 1s"); deadlines act in order, each just after its own moment."""
        parts = [LENGTH.fullmatch(part) for part in length.split()]
        assert all(parts), length
        return self.stage.until(self.clock.now() + sum((timedelta(**{UNITS[p[2]]: int(p[1])}) for p in parts if p), timedelta()))

    @contextmanager
    def refused(self, *words: str) -> Iterator[pytest.ExceptionInfo[DealflowError]]:
        """What is done inside is refused, for exactly these codes or rules."""
        with pytest.raises(DealflowError) as caught:
            yield caught
        assert reasons(caught.value, frozenset(words)) == frozenset(words)

    def doctor(self) -> None:
        """Everything written is whole."""
        with self.dealflow.reading() as uow:
            assert examine(uow.connection, uow.house).findings == ()

    # ---- the usual way, for tests that begin further on
    def way(self, name: str) -> int:
        """A full payer goes on as far as a scenario tells ("way-2-filed-contract"), from nine in the morning; gives his deal."""
        outcome = play(self.stage, load(SCENARIOS / f"{name}.yaml"))
        assert outcome.passed, f"\n{outcome}"
        visit = self.stage.named["visit"]
        assert isinstance(visit, Answer)
        return visit.case

    def beside(self, deal: int, name: str) -> int:
        """A case beside a deal: its `filing`, its `handover`, its last `refund`."""
        return self.view(deal).dossier.links[name]

    def payer(self, n: int = 1, name: str = "陈静") -> Mapping[str, object]:
        """Somebody who pays, with an invented document."""
        return {"name": name, "document": self.world.value(f"id{n}")}

    def visit(self, n: int = 1, name: str = "陈静", owner: str = "A") -> int:
        """A new client is registered and received; gives his deal."""
        fields = {"name": name, "phone": self.world.value(f"phone{n}"), "channel": "网络", "received_by": owner, "way": "turn"}
        answer: Answer = self.do(by="S", use_case="reception.register_visit", **fields)
        return answer.case

    def tracked(self, n: int = 1, name: str = "陈静", owner: str = "A") -> int:
        """A client whose archive is open; gives his deal."""
        deal = self.visit(n, name, owner)
        self.do(by=owner, use_case="deals.open_tracking", deal=deal, channel="网络", archive={})
        return deal

    def held(self, unit: str = "1-1201", n: int = 1, name: str = "陈静", owner: str = "A") -> Answer:
        """A client who holds a unit; gives the answer of the hold fee."""
        answer: Answer = self.hold(self.tracked(n, name, owner), unit, n, name)
        return answer

    def hold(self, deal: int, unit: str, n: int = 1, name: str = "陈静", amount: str = "500.00", by: str = "F") -> Answer:
        """The hold fee, in cash."""
        paid = {"amount": amount, "payer": self.payer(n, name), "method": "cash", "source_of_funds": "自有资金"}
        answer: Answer = self.do(by=by, use_case="payments.take_hold_fee", deal=deal, unit=unit, **paid)
        return answer

    def prepared(
        self, deal: int, unit: str, n: int = 1, name: str = "陈静", deposit: str = "20000.00", owner: str = "A"
    ) -> Answer:
        """Price, plan and one buyer agreed, the price the list price."""
        with self.dealflow.reading() as uow:
            listed = units.one(uow.connection, uow.project_id, self.world.unit(unit))
        assert listed
        buyer = {"name": name, "document": self.world.value(f"id{n}"), "phone": self.world.value(f"phone{n}")}
        agreed = {"price": money.plain(Fen(listed.list_fen)), "plan": "lump_sum", "deposit": deposit, "buyers": [buyer]}
        answer: Answer = self.do(by=owner, use_case="deals.prepare_sale", deal=deal, unit=unit, **agreed)
        return answer

    def deposit(
        self, deal: int, amount: str, n: int = 1, name: str = "陈静", by: str = "F", method: str = "pos", **more: Any
    ) -> Answer:
        """A deposit or a part of it."""
        paid = {"amount": amount, "payer": self.payer(n, name), "method": method, "source_of_funds": "自有资金", **more}
        answer: Answer = self.do(by=by, use_case="payments.take_deposit", deal=deal, **paid)
        return answer
