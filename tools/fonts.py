"""Cuts the papers' faces into var/fonts, where the press looks for them. Called by tools/setup.py in the virtual environment."""

import sys
from pathlib import Path

from dealflow.printing.fonts import NoFonts, build

if __name__ == "__main__":
    try:
        build(Path(__file__).resolve().parent.parent / "var" / "fonts")
    except NoFonts as problem:
        sys.exit(str(problem))
