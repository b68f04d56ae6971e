"""The scenarios that the workflows ship with: the edge cases of the rulebook, played through the use cases of the doors."""

from pathlib import Path

import pytest

from dealflow.cli.play.files import Scenario
from dealflow.cli.play.houses import Houses
from dealflow.cli.play.runner import read_all, run

SCENARIOS = read_all((Path(__file__).parents[2] / "workflows" / "scenarios",))


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda s: s.file.stem)
def test_a_scenario_goes_as_the_book_says(houses: Houses, scenario: Scenario) -> None:
    outcome = run(houses, scenario)
    assert outcome.passed, f"\n{outcome}"
