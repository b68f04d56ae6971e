"""What the deals room offers to workflow files: whose client he is, what was agreed, the contract, its filing. Pure."""

from dealflow.features.deals.shelf import (
    agreed,
    asking,
    checking,
    closing_facts,
    contract_facts,
    facts,
    filing,
    finishing,
    owning,
    signing,
    talking,
)
from dealflow.features.deals.shelf.board import shelf

__all__ = [
    "agreed",
    "asking",
    "checking",
    "closing_facts",
    "contract_facts",
    "facts",
    "filing",
    "finishing",
    "owning",
    "shelf",
    "signing",
    "talking",
]
