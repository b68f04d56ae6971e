"""Every file of broken/ has its faults marked on their lines ("# fault: CODE"): those and no others are told, all at once."""

import re
from collections import Counter
from pathlib import Path

import pytest

from dealflow.kernel.errors import BadWorkflow, Fault
from dealflow.workflow import load, policies
from dealflow.workflow.check import check_all
from dealflow.workflow.load import Loaded
from dealflow.workflow.records import Vocabulary

BROKEN = sorted((Path(__file__).parent / "broken").glob("*.yaml"))

ASKED_FOR = [
    "guard.unknown",
    "effect.unknown",
    "fact.unknown",
    "relation.unknown",
    "role.unknown",
    "paper.unknown",
    "state.unknown",
    "clock.unknown",
    "use_case.unknown",
    "policy.unknown",
    "link.unknown",
    "arguments.number",
    "step.ambiguous",
    "step.shadowed",
    "state.unreachable",
    "state.no_way_out",
    "permit.empty",
    "clock.unanswered",
    "clock.never_started",
    "clock.lands_outside",
    "clock.waits_for_ever",
    "paper.nobody_supplies",
    "inverse.unknown",
    "former.nowhere",
    "service.not_followed",
    "service.loop",
    "then.unanswered",
    "open.unanswered",
    "label.missing",
    "use_case.other_event",
    "policy.unread",
    "policy.default",
    "workflow.duplicate",
    "yaml.unknown_key",
]


def marked(path: Path) -> Counter[tuple[str, int]]:
    found: Counter[tuple[str, int]] = Counter()
    for number, line in enumerate(path.read_text().splitlines(), 1):
        if mark := re.search(r"# fault: (.+)$", line):
            found.update((code.strip(), number) for code in mark[1].split(","))
    return found


def faults(path: Path, healthy: Loaded, vocabulary: Vocabulary) -> tuple[Fault, ...]:
    """What is told of the healthy folder when this file stands in it too."""
    if path.name.startswith("policies_"):
        return check_all(healthy._replace(policies=policies.load(path)), vocabulary)
    try:
        workflow = load.load(path)
    except BadWorkflow as bad:
        return check_all(healthy._replace(faults=bad.faults), vocabulary)
    return check_all(healthy._replace(workflows=(*healthy.workflows, workflow)), vocabulary)


def test_the_healthy_folder_has_no_fault(healthy: Loaded, vocabulary: Vocabulary) -> None:
    assert check_all(healthy, vocabulary) == ()


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_a_broken_file_is_refused_with_its_faults_and_their_lines(path: Path, healthy: Loaded, vocabulary: Vocabulary) -> None:
    found = faults(path, healthy, vocabulary)
    assert Counter((fault.code, fault.line) for fault in found) == marked(path)
    assert {fault.file for fault in found} == {path.as_posix()}


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_every_fault_is_told_in_both_languages(path: Path, healthy: Loaded, vocabulary: Vocabulary) -> None:
    for fault in faults(path, healthy, vocabulary):
        assert re.search(r"[\u4e00-\u9fff]", fault.zh)
        assert re.search(r"[A-Za-z]{2}", fault.en)


@pytest.mark.parametrize("code", ASKED_FOR)
def test_each_class_of_fault_is_shown_by_a_file(code: str) -> None:
    assert any(code in {told for told, _ in marked(path)} for path in BROKEN)


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("state_no_way_out", ("none", "register", "fresh", "lapse", "done")),
        ("step_ambiguous", ("fresh", "hold")),
        ("clock_unanswered_there", ("none", "register", "fresh", "hold", "held")),
        ("clock_lands_outside", ("held", "finish", "done")),
        ("clock_waits_for_ever", ("none", "register", "fresh", "lapse", "done")),
        ("paper_nobody_supplies", ("none", "register", "fresh", "hold")),
        ("former_nowhere", ("fresh", "lapse")),
        ("service_loop", ("fresh", "hold", "held", "release", "fresh")),
        ("service_loop_same", ("held", "note", "held")),
        ("inverse_elsewhere", ("fresh", "hold", "held")),
    ],
)
def test_a_fault_of_the_ways_shows_a_way_that_proves_it(
    name: str, path: tuple[str, ...], healthy: Loaded, vocabulary: Vocabulary
) -> None:
    (fault,) = faults(next(file for file in BROKEN if file.stem == name), healthy, vocabulary)
    assert fault.path == path


def test_what_others_miss_of_an_unreadable_file_is_not_told(tmp_path: Path, vocabulary: Vocabulary, healthy: Loaded) -> None:
    for path in (Path(__file__).parent / "healthy").glob("*.yaml"):
        text = path.read_text().replace("workflow: slot", "workflow: slot\nworkflow: slot")
        (tmp_path / path.name).write_text(text)
    found = check_all(load.load_all(tmp_path), vocabulary)
    assert [(fault.code, Path(fault.file).name, fault.line) for fault in found] == [("yaml.duplicate_key", "slot.yaml", 3)]


def test_the_checks_do_not_stop_at_one_file(healthy: Loaded, vocabulary: Vocabulary) -> None:
    names = ("guard_unknown", "state_no_way_out")
    broken = tuple(load.load(path) for path in BROKEN if path.stem in names)
    one, other = broken
    both = healthy._replace(workflows=(*healthy.workflows, one, other))
    assert {"guard.unknown", "state.no_way_out"} <= {fault.code for fault in check_all(both, vocabulary)}
