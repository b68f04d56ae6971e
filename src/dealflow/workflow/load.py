"""Loads workflow files and published versions into records.

Called by bootstrap at start-up and by `dealflow check`. Faults of the form are found here, those of the meaning by check.py."""

import dataclasses
from pathlib import Path
from typing import Final, NamedTuple

import msgspec

from dealflow.kernel import canonical
from dealflow.kernel.errors import BadWorkflow, Fault
from dealflow.kernel.yaml_file import Node, read
from dealflow.workflow import form, policies
from dealflow.workflow.policies import Policies
from dealflow.workflow.records import Workflow
from dealflow.workflow.shape import Shape

POLICIES: Final = "policies.yaml"


class Loaded(NamedTuple):
    """What a folder of workflow files says. A file with a fault of its form is missing from `workflows`.

    The faults of single policies stand in `policies.faults`; check.py tells both kinds together."""

    workflows: tuple[Workflow, ...]
    policies: Policies
    faults: tuple[Fault, ...]


def load(path: Path | str) -> Workflow:
    """One workflow file. Raises BadWorkflow with every fault of its form."""
    return _built(read(path))


def load_all(folder: Path | str) -> Loaded:
    """Every workflow file of a folder (not of the folders in it), in the order of their names, and its policies."""
    workflows: list[Workflow] = []
    faults: list[Fault] = []
    found = Policies({}, (Path(folder) / POLICIES).as_posix())
    for path in sorted(Path(folder).glob("*.yaml")):
        try:
            if path.name == POLICIES:
                found = policies.load(path)
            else:
                workflows.append(load(path))
        except BadWorkflow as bad:
            faults += bad.faults
    return Loaded(tuple(workflows), found, BadWorkflow(faults).faults)


def revive(text: str, file: str) -> Workflow:
    """A published version from its canonical text; `file` names its origin in faults. Has the same hash again."""
    return _built(_node(msgspec.json.decode(text), file))


def _built(root: Node) -> Workflow:
    shape = Shape()
    workflow = shape.workflow(root)
    if shape.faults:
        raise BadWorkflow(shape.faults)
    text = form.text(workflow)
    return dataclasses.replace(workflow, text=text, hash=canonical.sha256(text))


def _node(value: object, file: str) -> Node:
    """The nodes that the file would have had. A stored text has no lines."""
    if isinstance(value, dict):
        return Node({str(key): _node(inner, file) for key, inner in value.items()}, 0, file=file)
    if isinstance(value, list):
        return Node(tuple(_node(inner, file) for inner in value), 0, file=file)
    assert isinstance(value, str | int)
    return Node(value, 0, str(value), file)
