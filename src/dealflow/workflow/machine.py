"""The machine under the engine: confirms that a move stands in the published table. The only home of transitions.

Called by the corridor after the guards have been judged. Nothing is ever triggered here: with several candidates for one event
the library would take the first, and it cannot say why a guard said no."""

from transitions import Machine

from dealflow.kernel.errors import BadWorkflow, Fault
from dealflow.workflow.moves import moves
from dealflow.workflow.records import NONE, Step, Workflow


class Table:
    """The confirmed moves of one published version."""

    def __init__(self, workflow: Workflow) -> None:
        self.workflow = workflow
        # No model and no automatic transitions: by default the library adds a to_<state> way into every state. No callbacks:
        # it would import the dotted paths they name.
        self.machine = Machine(model=None, states=[NONE, *workflow.states], initial=NONE, auto_transitions=False)
        for move in moves(workflow):
            self.machine.add_transition(move.step.event, move.source, move.dest)

    def confirm(self, step: Step, source: str, dest: str) -> None:
        """Returns if the table knows this move. Raises BadWorkflow if not: the caller has gone astray, not the user."""
        known = self.workflow.by.get((source, step.event), ())
        if step not in known or not self.machine.get_transitions(step.event, source, dest):
            raise BadWorkflow([_outside(self.workflow, step, source, dest)])


class Machines:
    """One machine for each published version, made when first asked for and kept: making one costs half a step."""

    def __init__(self) -> None:
        self._tables: dict[str, Table] = {}

    def of(self, workflow: Workflow) -> Table:
        """The table of a version, found by its hash."""
        table = self._tables.get(workflow.hash)
        if table is None:
            table = self._tables.setdefault(workflow.hash, Table(workflow))
        return table

    def confirm(self, workflow: Workflow, step: Step, source: str, dest: str) -> None:
        """Returns if the version knows this move; raises BadWorkflow if not."""
        self.of(workflow).confirm(step, source, dest)


def _outside(workflow: Workflow, step: Step, source: str, dest: str) -> Fault:
    zh = f"流程表中没有“{step.event}”由“{source}”到“{dest}”的步骤"
    en = f'the table has no step "{step.event}" from "{source}" to "{dest}"'
    return Fault("machine.no_such_move", workflow.file, step.line, zh, en, (source, step.event, dest))
