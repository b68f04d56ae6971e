"""The shelf itself, on which the modules beside it put what they offer."""

from dealflow.casework.shelf import Shelf
from dealflow.features.deals.texts import TEXTS

shelf = Shelf("deals", TEXTS)
