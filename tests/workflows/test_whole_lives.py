"""The whole lives of buyers who pay themselves, looked at after every step: stages, ledger, claims, papers."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from dealflow.casework import story
from dealflow.casework.command import Answer
from dealflow.cli.play.files import Scenario, load
from dealflow.cli.play.houses import Houses
from dealflow.cli.play.player import act, set_policies
from dealflow.cli.play.stage import Stage
from dealflow.db.tables.casework import cases
from dealflow.db.tables.payments import ledger, receipts, refunds
from dealflow.features.documents import queries as documents
from tests.makers.office import SCENARIOS, Office

LIVES = sorted(SCENARIOS.glob("whole-life-*.yaml"))
STAGES = ["new_visit", "tracked", "subscribed", "contract", "move_in", "after_sales"]
UNIT_OF = {  # where the deal's unit must stand in each of its states (lifecycle 4)
    "new_visit": "for_sale",
    "tracked": "for_sale",
    "reserved": "held",
    "deposit_part": "deposit",
    "deposit_full": "deposit",
    "subscribed": "deposit",
    "slip_signed": "contracted",
    "first_paid": "contracted",
    "filed": "filed",
    "signed": "filed",
    "proofread": "filed",
    "stamped": "filed",
    "move_in": "filed",
    "after_sales": "delivered",
}


def played(stage: Stage, scenario: Scenario) -> Iterator[int]:
    """Every step but the printing of papers; after each the deal, once there is one."""
    for part in scenario.parts:
        set_policies(stage, part.policy)
        for step in part.steps:
            if type(step).__name__ != "Page":
                act(stage, step)
            visit = stage.named.get("visit")
            if isinstance(visit, Answer):
                yield visit.case


def money_left(stage: Stage, deal: int) -> tuple[int, int]:
    """What the ledger says stands, and what receipts that are not void less refunds that were paid make."""
    paid_out = _sum(refunds.c.fen).where(refunds.c.deal_id == deal, refunds.c.paid_at.is_not(None))
    came = _sum(receipts.c.fen).where(receipts.c.case_id == deal, receipts.c.void.is_(False))
    stands = _sum(ledger.c.fen).where(ledger.c.deal_id == deal)
    with stage.dealflow.reading() as uow:
        there, received, out = (int(uow.connection.execute(one).scalar_one()) for one in (stands, came, paid_out))
    return there, received - out


def _sum(column: sa.Column[int]) -> sa.Select[Any]:
    return sa.select(sa.func.coalesce(sa.func.sum(column), 0))


def below_zero(stage: Stage, deal: int) -> list[tuple[object, ...]]:
    """Places of the ledger where less than nothing stands."""
    c = ledger.c
    place = (c.case_id, c.account, c.receipt_id)
    wanted = sa.select(*place).where(c.deal_id == deal).group_by(*place).having(sa.func.sum(c.fen) < 0)
    with stage.dealflow.reading() as uow:
        return [tuple(row) for row in uow.connection.execute(wanted)]


@pytest.mark.parametrize("life", LIVES, ids=lambda path: path.stem)
def test_the_ledger_is_what_came_less_what_went_after_every_step_and_nowhere_below_zero(houses: Houses, life: Path) -> None:
    """Lifecycle 5."""
    scenario = load(life)
    with houses.open(scenario.world, scenario.starts) as stage:
        for deal in played(stage, scenario):
            there, made = money_left(stage, deal)
            assert (there, below_zero(stage, deal)) == (made, [])


@pytest.mark.parametrize("life", LIVES, ids=lambda path: path.stem)
def test_unit_and_deal_agree_after_every_step(houses: Houses, life: Path) -> None:
    """Lifecycle 4 and 10: the unit moves with the deal, and back with it."""
    scenario = load(life)
    with houses.open(scenario.world, scenario.starts) as stage:
        office = Office(stage)
        for deal in played(stage, scenario):
            assert office.state("1-1201") == UNIT_OF[str(office.state(deal))]


@pytest.mark.parametrize("life", LIVES, ids=lambda path: path.stem)
def test_no_stage_is_skipped_on_the_way_to_after_sales(houses: Houses, life: Path) -> None:
    scenario = load(life)
    with houses.open(scenario.world, scenario.starts) as stage:
        deal = list(played(stage, scenario))[-1]
        with stage.dealflow.reading() as uow:
            events = story.events_of(uow.connection, uow.house, deal)
            version = uow.connection.execute(sa.select(cases.c.workflow).where(cases.c.id == deal)).scalar_one()
            states = stage.dealflow.house.of("deal", version).workflow.states
        passed = [states[event.target].stage for event in events]
        assert [one for one in dict.fromkeys(passed) if one != "reserved"] == STAGES


def test_signatures_of_a_void_contract_do_not_count_and_both_contracts_stay_readable(office: Office) -> None:
    """Rows 17 and 18, lifecycle 6."""
    deal = office.way("way-2-filed-contract")
    office.do(by="A", use_case="documents.record_signature", deal=deal, paper="D-27", signer=1, scan=office.world.value("scan"))
    office.step(deal, "reopen_filing", "O", reason="面积更正")
    with office.dealflow.reading() as uow:
        contracts = [one for one in documents.papers_of(uow.connection, deal) if one.kind == "D-27"]
        signed = [
            one.paper_id for one in documents.signatures_of(uow.connection, deal) if one.paper_id in {c.id for c in contracts}
        ]
        records = [documents.record(uow.connection, one.id) for one in contracts]
    assert [one.state for one in contracts] == ["issued", "void"]
    assert signed == [contracts[1].id]
    assert all(records)


def test_a_filing_knows_its_deal_and_a_deal_its_filing(office: Office) -> None:
    deal = office.way("way-2-filed-contract")
    filing = office.beside(deal, "filing")
    assert (office.state(filing), office.beside(filing, "deal")) == ("filed", deal)
