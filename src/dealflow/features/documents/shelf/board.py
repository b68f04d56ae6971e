"""The shelf itself, on which the modules beside it put what they offer."""

from dealflow.casework.shelf import Shelf
from dealflow.features.documents.texts import TEXTS

shelf = Shelf("documents", TEXTS)
