"""The use cases of moving in: a building is prepared, a client's handover goes step by step to the keys."""

from dealflow.features.movein.service import building, handover  # noqa: F401  each writes its pages into the book
from dealflow.features.movein.service.pages import book

__all__ = ["book"]
