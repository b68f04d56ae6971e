"""`dealflow check`: every fault of workflows, policies and paper templates with file and line, or the drawing of a workflow."""

from typing import Annotated

import typer

from dealflow.bootstrap import definitions
from dealflow.cli.opening import settings
from dealflow.cli.telling import give, say, table
from dealflow.kernel.errors import BadWorkflow
from dealflow.workflow.draw import mermaid
from dealflow.workflow.draw import table as rows


def offer(app: typer.Typer) -> None:
    """Its command."""
    app.command("check")(check)


def check(
    draw: Annotated[bool, typer.Option("--draw", help="画成 Mermaid 图 · draw as Mermaid")] = False,
    steps: Annotated[bool, typer.Option("--table", help="列出步骤 · list the steps")] = False,
    kind: Annotated[str, typer.Option(help="只看这一种 · this workflow only")] = "",
    english: Annotated[bool, typer.Option("--en", help="英文标签 · English labels")] = False,
    json: Annotated[bool, typer.Option("--json", help="输出 JSON · print JSON")] = False,
) -> None:
    """检查流程、参数和单据模板 · Check workflows, policies and paper templates."""
    found = definitions(settings().workflows, settings().templates)
    if found.faults:
        raise BadWorkflow(found.faults)
    chosen = [w for w in found.loaded.workflows if kind in ("", w.kind)]
    if draw:
        for workflow in chosen:
            say(mermaid(workflow, "en" if english else "zh"))
    elif steps:
        for workflow in chosen:
            table(
                ("event", "from", "to", "who", "needs", "papers"),
                [
                    (r.event, " ".join(r.sources), r.target, " ".join(r.permit), " ".join(r.needs), " ".join(r.issues))
                    for r in rows(workflow)
                ],
            )
    elif json:
        give(
            {
                "workflows": {w.kind: w.version for w in found.loaded.workflows},
                "papers": sorted(found.catalogue.kinds),
                "faults": [],
            }
        )
    else:
        for workflow in found.loaded.workflows:
            say(f"{workflow.kind} {workflow.version}: {len(workflow.states)} states, {len(workflow.steps)} steps")
        say(f"没有错误 / no faults: {len(found.catalogue.kinds)} papers", "green")
