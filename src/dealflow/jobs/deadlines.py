"""Takes every deadline that has passed. Called by the worker, by scenarios and tests; run it as often as you like."""

import logging

from dealflow.bootstrap import Dealflow
from dealflow.casework import deadlines
from dealflow.casework.deadlines import Due
from dealflow.kernel.errors import Conflict

log = logging.getLogger(__name__)


def run_due(dealflow: Dealflow) -> int:
    """Act on every deadline that has passed, each as a command of its own; return how many acted.

    One broken case must not stop the others: it is set aside with its error and tried again an hour later.
    """
    acted = 0
    with dealflow.reading() as uow:
        waiting = deadlines.due(uow.connection, uow.now, uow.project_id)
    for deadline in waiting:
        acted += act(dealflow, deadline)
    return acted


def act(dealflow: Dealflow, deadline: Due) -> bool:
    """One deadline. A Conflict means that somebody moved the case meanwhile: the next sweep looks again."""
    try:
        with dealflow.unit_of_work() as uow:
            deadlines.act(uow, deadline)
    except Conflict:
        return False
    except Exception as error:  # whatever it is, the others must go on
        log.exception("deadline %s of case %s is set aside", deadline.clock, deadline.case)
        with dealflow.unit_of_work(several=True) as uow:
            deadlines.postpone(uow.connection, deadline, uow.now, f"{type(error).__name__}: {error}")
        return False
    return True
