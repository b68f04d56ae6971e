"""A term in days, as papers name it. Plain values only."""

from typing import Final

from dealflow.kernel.duration import Duration

IN_A_DAY: Final = {"m": 24 * 60, "h": 24}


def days(term: Duration) -> int:
    """The days of a term; one counted in hours or minutes is rounded up to whole days."""
    if term.unit in ("d", "wd"):
        return term.length
    return -(-term.length // IN_A_DAY[term.unit])
