"""`dealflow play`: plays scenario files, each in a throwaway database; prints the vocabulary of scenarios."""

import tempfile
from pathlib import Path
from typing import Annotated

import typer

from dealflow.cli.opening import settings
from dealflow.cli.play.houses import Houses
from dealflow.cli.play.runner import read_all, run
from dealflow.cli.play.vocabulary import vocabulary
from dealflow.cli.play.worlds import FOUNDED
from dealflow.cli.telling import FAILED, give, say, table


def offer(app: typer.Typer) -> None:
    """Its command."""
    app.command("play")(play)


def play(
    files: Annotated[list[Path] | None, typer.Argument(exists=True, help="情景文件或文件夹 · scenario files or folders")] = None,
    database: Annotated[
        str, typer.Option(help="PostgreSQL 地址，每个情景用新库 · a PostgreSQL server; a fresh database each")
    ] = "",
    words: Annotated[bool, typer.Option("--vocabulary", help="列出可用的动词和观察项 · what a scenario may say")] = False,
    json: Annotated[bool, typer.Option("--json", help="输出 JSON · print JSON")] = False,
) -> None:
    """演练情景文件 · Play scenario files through the use cases of the doors."""
    with tempfile.TemporaryDirectory(prefix="dealflow-play-") as folder:
        houses = Houses(settings(), database or folder)
        try:
            if words:
                show_words(houses, as_json=json)
            else:
                play_all(houses, tuple(files or [settings().workflows / "scenarios"]), as_json=json)
        finally:
            houses.close()


def play_all(houses: Houses, files: tuple[Path, ...], *, as_json: bool) -> None:
    """Every scenario; the exit code says whether all went as written."""
    outcomes = [run(houses, scenario) for scenario in read_all(files)]
    failed = [outcome for outcome in outcomes if not outcome.passed]
    if as_json:
        give(
            [
                {
                    "file": str(o.scenario.file),
                    "scenario": o.scenario.name,
                    "passed": o.passed,
                    "line": o.line,
                    "expected": o.expected,
                    "found": o.found,
                }
                for o in outcomes
            ]
        )
    else:
        for outcome in outcomes:
            say(f"{'✓' if outcome.passed else '✗'} {outcome}", "green" if outcome.passed else "red")
        say(f"{len(outcomes) - len(failed)} / {len(outcomes)}", "bold")
    if failed:
        raise typer.Exit(FAILED)


def show_words(houses: Houses, *, as_json: bool) -> None:
    """The vocabulary, for people in tables."""
    with houses.open("office", FOUNDED) as stage:
        found = vocabulary(stage.dealflow)
    if as_json:
        give(found)
        return
    for name, verb in found["verbs"].items():
        say(f"{name}  {verb['zh']} / {verb['en']}", "bold")
        for field, kind in verb["fields"].items():
            say(f"    {field}: {kind}")
    for name in ("steps", "worlds", "people", "policies"):
        table((name, ""), list(found[name].items()))
    for kind, looks in found["see"].items():
        table((f"see {kind}", ""), list(looks.items()))
    for kind, events in found["events"].items():
        table((f"event of {kind}", ""), list(events.items()))
