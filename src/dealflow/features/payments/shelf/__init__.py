"""What the payments room offers to workflows.

Guards (asking, judging, owing), effects (proposing, pricing, receipting, refunding), facts (telling, telling_price).
"""

from dealflow.features.payments.shelf import (  # noqa: F401  each writes on the board
    asking,
    judging,
    owing,
    pricing,
    proposing,
    receipting,
    refunding,
    telling,
    telling_price,
)
from dealflow.features.payments.shelf.board import shelf

__all__ = ["shelf"]
