"""The loop of background work: deadlines first, then papers, then a short rest. `serve` runs it inside; `work` runs it apart."""

import logging
import threading

from dealflow.bootstrap import Dealflow
from dealflow.jobs.deadlines import run_due
from dealflow.jobs.papers import print_next

log = logging.getLogger(__name__)
REST = 0.2  # seconds between two looks when there is nothing to do
PAPERS_AT_ONCE = 20  # after so many papers the deadlines are looked at again


def turn(dealflow: Dealflow) -> int:
    """One round: everything that is due, then some papers. Returns how much was done."""
    done = run_due(dealflow)
    for _ in range(PAPERS_AT_ONCE):
        if not print_next(dealflow):
            break
        done += 1
    return done


def run(dealflow: Dealflow, stop: threading.Event) -> None:
    """Work until told to stop. A round that fails is logged and the next one tried: the rows still hold what is to do."""
    while not stop.is_set():
        try:
            done = turn(dealflow)
        except Exception:  # the database may be away for a moment
            log.exception("a round of background work failed")
            done = 0
        if not done:
            stop.wait(REST)
