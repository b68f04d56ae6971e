"""What the policies room offers to papers: terms that they print. Pure."""

from dealflow.casework.dossier import Dossier
from dealflow.casework.shelf import Shelf
from dealflow.features.policies import rules
from dealflow.features.policies.texts import TEXTS

shelf = Shelf("policies", TEXTS)


@shelf.fact(policy=("contract.within",))
def contract_days(d: Dossier) -> int:
    """Within how many days of the agreement the contract is signed (R-DEP-03)."""
    return rules.days(d.policy["contract.within"])
