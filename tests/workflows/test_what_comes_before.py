"""A scenario that goes on where another file ends: the same beginning, its names kept, failures told with their own file."""

from pathlib import Path

import pytest

from dealflow.cli.play.files import load
from dealflow.cli.play.houses import Houses
from dealflow.cli.play.runner import run
from dealflow.kernel.errors import BadWorkflow

FIRST = """scenario: a visit
world: office
starts: 2025-03-03 09:00
steps:
  - by: S
    do: reception.register_visit
    with: {name: 陈静, phone: $world.phone1, channel: 网络, received_by: A, way: turn}
    as: visit
  - see: {$visit.deal: {state: new_visit}}
"""
THEN = """scenario: goes on
before: first.yaml
steps:
  - by: A
    do: deals.open_tracking
    with: {deal: $visit.deal, channel: 网络, archive: {}}
  - see: {$visit.deal: {state: tracked}}
"""


def written(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder / "then.yaml"


def test_names_world_and_beginning_are_those_of_the_file_before(houses: Houses, tmp_path: Path) -> None:
    scenario = load(written(tmp_path, first=FIRST, then=THEN))
    outcome = run(houses, scenario)
    assert outcome.passed, f"\n{outcome}"
    assert (scenario.world, f"{scenario.starts:%Y-%m-%d %H:%M}") == ("office", "2025-03-03 09:00")


def test_a_failure_in_the_file_before_names_that_file_and_its_line(houses: Houses, tmp_path: Path) -> None:
    outcome = run(houses, load(written(tmp_path, first=FIRST.replace("new_visit", "tracked"), then=THEN)))
    assert str(outcome).startswith(f"{tmp_path / 'first.yaml'}:9:")


@pytest.mark.parametrize(
    ("then", "line"),
    [
        (THEN.replace("first.yaml", "then.yaml"), 2),
        (THEN.replace("before: first.yaml\n", "before: first.yaml\nworld: office\n"), 3),
        (THEN.replace("before: first.yaml\n", "before: first.yaml\nstarts: 2025-03-04 09:00\n"), 3),
    ],
    ids=["before itself", "a world of its own", "a beginning of its own"],
)
def test_a_file_that_goes_on_neither_begins_anew_nor_comes_before_itself(tmp_path: Path, then: str, line: int) -> None:
    with pytest.raises(BadWorkflow) as wrong:
        load(written(tmp_path, first=FIRST, then=then))
    assert [fault.line for fault in wrong.value.faults] == [line]


def test_a_file_before_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(BadWorkflow) as wrong:
        load(written(tmp_path, then=THEN))
    assert [fault.code for fault in wrong.value.faults] == ["yaml.unreadable"]
