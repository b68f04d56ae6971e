"""What the payments room offers to workflows: guards (asking, judging), effects (proposing, refunding), facts (telling)."""

from dealflow.features.payments.shelf import asking, judging, proposing, refunding, telling  # noqa: F401  each writes on the board
from dealflow.features.payments.shelf.board import shelf

__all__ = ["shelf"]
