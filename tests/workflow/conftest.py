"""A vocabulary for the engine's own tests: a small trade that has nothing to do with a sales office."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from dealflow.workflow.load import Loaded, load_all
from dealflow.workflow.records import Offered, Vocabulary

HERE = Path(__file__).parent


def _shelf(offers: Iterable[Offered]) -> dict[str, Offered]:
    return {offer.name: offer for offer in offers}


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    return Vocabulary(
        guards=_shelf(
            [
                Offered("sale.named", 0, 0),
                Offered("sale.amount_is", 1, 1),
                Offered("sale.at_most", 1, 2),
                Offered("sale.covered", 0, 0, policies=frozenset({"hold.mode", "hold.early"})),
                Offered("sale.joined", 0, 0, followed=False),
                Offered("slots.is_free", 0, 0),
                Offered("papers.signed", 1, 99, asks_paper=True),
            ]
        ),
        effects=_shelf(
            [
                Offered("sale.note", 0, 0),
                Offered("sale.receive", 1, 1),
                Offered("slots.take", 0, 0, then=(("slot", "take"),)),
                Offered("slots.release", 0, 0, then=(("slot", "release"),)),
                Offered("slots.melt", 0, 0, then=(("slot", "melt"),)),
                Offered("slots.open_next", 0, 0, opens=(("slot", "open"),)),
                Offered("slots.open_taken", 0, 0, opens=(("slot", "take"),)),
                Offered("papers.draft", 1, 1, supplies_paper=True),
            ]
        ),
        facts=_shelf(
            [
                Offered("sale.by_phone", 0, 0, truth=True),
                Offered("sale.plan_is", 1, 1, truth=True),
                Offered("sale.joined_truth", 0, 0, truth=True, followed=False),
                Offered("sale.name", 0, 0),
            ]
        ),
        relations=_shelf([Offered("sale.is_owner", 0, 0, truth=True)]),
        roles=frozenset({"clerk", "manager"}),
        grants=frozenset({"on_duty"}),
        papers={"D-01": ("sale.name",), "D-02": (), "D-03": (), "D-04": ("sale.forgotten",)},
        use_cases={
            "desk.register": (("sale", "register"), ("booking", "register")),
            "desk.other": (("sale", "pay"),),
        },
        known_policies=frozenset({"desk.signer", "desk.greeting"}),
    )


@pytest.fixture(scope="session")
def healthy() -> Loaded:
    return load_all(HERE / "healthy")
