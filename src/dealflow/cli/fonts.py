"""`dealflow fonts build`: cuts the faces of the papers from the fonts of this machine."""

import typer

from dealflow.cli.opening import settings
from dealflow.cli.telling import say
from dealflow.printing import fonts

group = typer.Typer(help="单据字体 · The papers' fonts.", no_args_is_help=True)


@group.callback()
def fonts_of_papers() -> None:
    """单据字体 · The papers' fonts."""


@group.command("build")
def build() -> None:
    """裁制单据字体，约一分钟 · Cut the papers' faces; takes about a minute."""
    place = settings().fonts
    fonts.build(place, log=say)
    say(f"字体在 / faces are in {place}", "green")
