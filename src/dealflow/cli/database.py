"""`dealflow db upgrade` and `dealflow doctor`: the tables brought up to date; everything written looked at again."""

from typing import Annotated

import typer

from dealflow.bootstrap import Dealflow, bring_up
from dealflow.casework.doctor import Finding, examine
from dealflow.cli.opening import opened, settings
from dealflow.cli.telling import FAILED, give, say
from dealflow.features.documents import queries as documents
from dealflow.kernel.canonical import sha256
from dealflow.kernel.errors import NotFound

group = typer.Typer(help="数据库 · The database.", no_args_is_help=True)


def offer(app: typer.Typer) -> None:
    """Its command."""
    app.command("doctor")(doctor)


@group.command("upgrade")
def upgrade(json: Annotated[bool, typer.Option("--json", help="输出 JSON · print JSON")] = False) -> None:
    """升级数据表 · Bring the tables to the newest revision."""
    found = settings()
    found.state.mkdir(parents=True, exist_ok=True)
    revision = bring_up(found)
    give({"revision": revision}) if json else say(f"数据库版本 / revision {revision}", "green")


def doctor(json: Annotated[bool, typer.Option("--json", help="输出 JSON · print JSON")] = False) -> None:
    """核对所有记录 · Verify chains, states, money, papers, series and stored files; repairs nothing."""
    with opened() as dealflow, dealflow.reading() as uow:
        report = examine(uow.connection, uow.house)
        hashes = documents.hashes(uow.connection)
        altered = [finding for digest in hashes if (finding := altered_file(dealflow, digest))]
    findings = (*report.findings, *altered)
    if json:
        give(
            {
                "cases": report.cases,
                "events": report.events,
                "papers": report.papers,
                "files": len(hashes),
                "erased": report.erased,
                "findings": findings,
            }
        )
    else:
        say(f"{report.cases} cases, {report.events} events, {report.papers} papers, {len(hashes)} files; erased: {report.erased}")
        for finding in findings:
            say(f"• {finding.code}: {finding.zh} / {finding.en}", "red")
        if not findings:
            say("全部相符 / everything agrees", "green")
    if findings:
        raise typer.Exit(FAILED)


def altered_file(dealflow: Dealflow, digest: str) -> Finding | None:
    """A stored file whose bytes are gone or are not those of its hash."""
    try:
        whole = sha256(dealflow.files.get(digest)) == digest
    except NotFound:
        return Finding("file.lost", 0, f"文件{digest}缺失", f"the file {digest} is missing")
    return None if whole else Finding("file.altered", 0, f"文件{digest}被改动", f"the file {digest} is altered")
