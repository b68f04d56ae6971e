"""Puts the commands together and ends each with an exit code. Called by the console script and by `python -m dealflow`."""

import os
import sys
from typing import Final

import typer

from dealflow.cli import acts, checking, database, fonts, people, playing, serving
from dealflow.cli.telling import FAILED, err, explain
from dealflow.kernel.errors import DealflowError

DEBUG: Final = "DEALFLOW_DEBUG"

app = typer.Typer(
    help="案场交易流程 · The on-site sales office: every sale is a case, every step is guarded, every paper is printed.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for door in (serving, checking, playing, database, acts):
    door.offer(app)
app.add_typer(database.group, name="db")
app.add_typer(fonts.group, name="fonts")
app.add_typer(acts.deals, name="deal")
app.add_typer(people.group, name="user")


def main() -> None:
    """Run a command. Whatever goes wrong is told in words; a traceback only when asked for."""
    try:
        app()
    except DealflowError as error:
        sys.exit(explain(error, as_json="--json" in sys.argv))
    except Exception as error:
        if os.environ.get(DEBUG):
            raise
        err.print(f"程序出错 / the programme failed: {type(error).__name__}: {error}", markup=False, style="bold red")
        err.print(f"{DEBUG}=1 显示出错位置 / shows where", markup=False)
        sys.exit(FAILED)
