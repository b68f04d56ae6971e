"""What the staff room tells papers: who is on duty. It offers no guards: permits look at roles and grants themselves."""

from dealflow.casework.dossier import Dossier
from dealflow.casework.shelf import Shelf
from dealflow.features.staff.parts import DUTY
from dealflow.features.staff.texts import TEXTS

shelf = Shelf("staff", TEXTS)


@shelf.fact(DUTY)
def on_duty_name(d: Dossier) -> str:
    """Who is on duty now and confirms the line (R-PAY-09); empty where no roster is kept, then the service wrote it."""
    there = (g for g in d[DUTY] if g.since <= d.now and (g.until is None or d.now < g.until))
    return next((g.name for g in sorted(there, key=lambda g: (g.since, g.id))), "")
