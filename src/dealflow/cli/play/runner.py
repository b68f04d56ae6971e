"""Plays scenario files one after the other, each in an office of its own. Called by `dealflow play` and by the suite."""

from collections.abc import Iterator
from pathlib import Path

from dealflow.casework.doctor import examine
from dealflow.cli.play.files import Scenario, expand, load
from dealflow.cli.play.houses import Houses
from dealflow.cli.play.player import Outcome, play
from dealflow.cli.play.worlds import FOUNDED, WORLDS
from dealflow.kernel.errors import BadWorkflow, Fault


def read_all(paths: tuple[Path, ...]) -> tuple[Scenario, ...]:
    """Every scenario of these files and folders. Raises BadWorkflow with the faults of all of them."""
    found: list[Scenario] = []
    faults: list[Fault] = []
    for path in expand(paths):
        try:
            found.append(load(path))
        except BadWorkflow as bad:
            faults += bad.faults
    faults += [fault for scenario in found for fault in _impossible(scenario)]
    if faults:
        raise BadWorkflow(faults)
    return tuple(found)


def _impossible(scenario: Scenario) -> Iterator[Fault]:
    if scenario.world not in WORLDS:
        known = ", ".join(WORLDS)
        zh, en = f"没有“{scenario.world}”这个起始场景，可选：{known}", f'there is no world "{scenario.world}"; known: {known}'
        yield Fault("scenario.world", str(scenario.file), 1, zh, en)
    if scenario.starts < FOUNDED:
        yield Fault(
            "scenario.starts", str(scenario.file), 1, "开始时间早于起始场景", f"begins before its world, which begins {FOUNDED}"
        )


def run(houses: Houses, scenario: Scenario) -> Outcome:
    """One scenario from its beginning. What it leaves behind must be whole: chains, states, money, papers, series."""
    with houses.open(scenario.world, scenario.starts) as stage:
        outcome = play(stage, scenario)
        with stage.dealflow.reading() as uow:
            findings = examine(uow.connection, uow.house).findings
    if outcome.passed and findings:
        told = "; ".join(f"{one.code}: {one.en}" for one in findings)
        return Outcome(scenario, scenario.steps[-1].line, "everything written to be whole", told)
    return outcome
