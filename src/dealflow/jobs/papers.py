"""Prints the papers that wait. Truth is in the rows: a job done twice gives the same file."""

import logging

from dealflow.bootstrap import Dealflow
from dealflow.casework import outbox
from dealflow.casework.outbox import Job
from dealflow.features.documents import service as documents

log = logging.getLogger(__name__)


def print_next(dealflow: Dealflow) -> bool:
    """Claim and print one paper; return whether there was one. A paper that cannot be printed is set aside with its fault."""
    with dealflow.unit_of_work(several=True) as uow:
        job = outbox.claim(uow.connection, uow.now)
    if job is None:
        return False
    try:
        documents.print_paper(dealflow.unit_of_work, dealflow.reading, dealflow.press, dealflow.files, job.subject)
    except Exception as error:  # one bad paper never stops the others
        log.exception("paper %s cannot be printed", job.subject)
        settle(dealflow, job, f"{type(error).__name__}: {error}")
        return True
    settle(dealflow, job, "")
    return True


def settle(dealflow: Dealflow, job: Job, fault: str) -> None:
    """Note what came of a job."""
    with dealflow.unit_of_work(several=True) as uow:
        if fault:
            outbox.failed(uow.connection, job, fault)
        else:
            outbox.done(uow.connection, job)
