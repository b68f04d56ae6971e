"""What the movein room offers to workflows: the building's steps, the deal's notice, the handover from papers to keys, facts."""

from dealflow.features.movein.shelf import (  # noqa: F401  each writes on the board
    building_facts,
    covenant,
    entering,
    fees,
    handing,
    handover_facts,
    inviting,
    preparing,
    receipts,
)
from dealflow.features.movein.shelf.board import shelf

__all__ = ["shelf"]
