"""What the deals room offers to workflow files: whose client he is, what was agreed with him, the facts of both. Pure."""

from dealflow.features.deals.shelf import agreed, facts, owning
from dealflow.features.deals.shelf.board import shelf

__all__ = ["agreed", "facts", "owning", "shelf"]
