"""The printing room of the tests: the real faces (built once into var/fonts), the shipped templates, one press."""

from pathlib import Path

import pytest

from dealflow.printing import fonts, papers
from dealflow.printing.press import Press

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def faces() -> fonts.Faces:
    fonts.build(ROOT / "var/fonts")
    return fonts.Faces.load(ROOT / "var/fonts")


@pytest.fixture(scope="session")
def catalogue() -> papers.Catalogue:
    return papers.load(ROOT / "templates/documents")


@pytest.fixture(scope="session")
def press(catalogue: papers.Catalogue, faces: fonts.Faces) -> Press:
    return Press(catalogue, faces)
