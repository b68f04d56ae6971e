"""The clock's door: takes every deadline that has passed. Called by the worker, by tests and scenarios, as often as they like."""

from dealflow.bootstrap import Dealflow
from dealflow.casework import deadlines


def run_due(dealflow: Dealflow) -> int:
    """Act on what is due; return how many deadlines acted."""
    return deadlines.run_due(dealflow.reading, dealflow.unit_of_work)
