"""A full payer's deal after a part of his way, for tests of the pages: the way's scenarios, played over the test's office."""

from pathlib import Path

from dealflow.cli.play.files import load
from dealflow.cli.play.player import play
from dealflow.features.movein.queries import handover
from tests.makers.office import Office

WAYS = Path(__file__).parents[2] / "workflows" / "scenarios"
PARTS = {
    "subscribed": "way-1-effective-agreement.yaml",
    "filed": "way-2-filed-contract.yaml",
    "stamped": "way-3-originals-out.yaml",
    "move_in": "way-4-invited.yaml",
    "settled": "way-5-price-settled.yaml",
}


def walked(office: Office, part: str) -> int:
    """His deal."""
    outcome = play(office.stage, load(WAYS / PARTS[part]))
    assert outcome.passed, str(outcome)
    deal: int = office.stage.named["visit"].case
    return deal


def handover_of(office: Office, deal: int) -> int:
    """The deal's handover."""
    with office.dealflow.reading() as uow:
        found = handover.handover_of(uow.connection, deal)
    assert found
    return found.id
