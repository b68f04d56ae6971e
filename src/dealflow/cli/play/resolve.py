"""Turns what a scenario writes into what a use case takes: `$name.field`, units, people. Called by the player."""

import dataclasses
from collections.abc import Iterable, Mapping
from typing import Any, Final, get_args, get_origin, get_type_hints

from dealflow.casework.advance import why_not
from dealflow.casework.command import Answer, CaseRef, Command
from dealflow.casework.usecases import UseCase
from dealflow.cli.play.stage import Stage
from dealflow.features.documents import queries as documents
from dealflow.features.movein.queries import handover
from dealflow.features.payments import queries as payments
from dealflow.kernel.actor import SERVICE
from dealflow.kernel.errors import DealflowError
from dealflow.kernel.yaml_file import Plain


class Unknown(DealflowError):
    """A scenario names something that is not there."""

    kind = "invalid"

    def __init__(self, text: str, known: Iterable[str]) -> None:
        listed = ", ".join(known)
        super().__init__(f"“{text}”不存在，可用：{listed} / there is no “{text}” here; known: {listed}")


OPEN_ANSWERS: Final = frozenset({"owner", "received_by"})  # answers of generic steps that name people


def fields_of(stage: Stage, use_case: UseCase, written: Mapping[str, Plain]) -> dict[str, object]:
    """The fields of a use case, with every reference found."""
    return _by_type(stage, use_case.input, written)


def _by_type(stage: Stage, kind: Any, written: Mapping[str, Plain]) -> dict[str, object]:
    hints = get_type_hints(kind)
    return {name: _value(stage, hints.get(name), value) for name, value in written.items()}


def _value(stage: Stage, hint: Any, value: Plain) -> object:
    if isinstance(value, str):
        found = reference(stage, value) if value.startswith("$") else value
        return _key(stage, found) if int in _kinds(hint) and isinstance(found, str) else found
    if isinstance(value, list):
        inner = next(iter(get_args(hint)), None)
        return [_value(stage, inner, one) for one in value]
    if isinstance(value, dict):
        record = next((kind for kind in _kinds(hint) if dataclasses.is_dataclass(kind)), None)
        return _by_type(stage, record, value) if record else {name: _answer(stage, name, one) for name, one in value.items()}
    return value


def _answer(stage: Stage, name: str, value: Plain) -> object:
    """An answer of a generic step: its type is not known, its name tells whether it is a person."""
    return _value(stage, int if name in OPEN_ANSWERS else None, value)


def _kinds(hint: Any) -> tuple[Any, ...]:
    """The types of an optional or annotated field."""
    if get_origin(hint) in (list, tuple, dict):
        return ()
    inner = get_args(hint)
    return tuple(kind for one in inner for kind in _kinds(one)) if inner else (hint,)


def _key(stage: Stage, text: str) -> object:
    """A unit's code or a person's letter as an id; any other text as it is (money, for one)."""
    return stage.world.units.get(text, stage.world.people.get(text, text))


def reference(stage: Stage, text: str) -> object:
    """What `$name` or `$name.field` stands for. Raises Unknown when nothing has that name."""
    name, _, wanted = text.removeprefix("$").partition(".")
    if name == "world":
        return stage.world.value(wanted)
    if name not in stage.named:
        raise Unknown(text, sorted(stage.named))
    given = stage.named[name]
    if not isinstance(given, Answer):
        return given
    return _of_answer(stage, given, wanted, text)


def _of_answer(stage: Stage, given: Answer, wanted: str, text: str) -> object:
    plain: dict[str, object] = {"": given.case, given.kind: given.case, "case": given.case}
    plain |= {"state": given.state, "version": given.version, "seq": given.seq}
    found = {**given.papers, **given.opened, **plain}.get(wanted)
    if found is None and wanted == "receipt":
        found = _receipt(stage, given)
    if found is None:
        found = _links(stage, given).get(wanted)
    if found is None:
        raise Unknown(text, (*plain, *given.opened, *given.papers, "receipt", *_links(stage, given)))
    return found


def _receipt(stage: Stage, given: Answer) -> int | None:
    """The receipt that this step wrote, found by its paper: of a deal's money, or of fees at a handover."""
    with stage.dealflow.reading() as uow:
        if given.kind == "handover":
            issued = {row.number for row in documents.papers_of(uow.connection, given.case) if row.id in given.papers.values()}
            return next((fee.receipt for fee in handover.fees_of(uow.connection, given.case) if fee.number in issued), None)
        lines = payments.receipts_of(uow.connection, given.case)
    return next((line.id for line in lines if line.paper_id in given.papers.values()), None)


def _links(stage: Stage, given: Answer) -> Mapping[str, int]:
    """The links of the answer's case as they stand now: its unit, its last refund, its agreement."""
    with stage.dealflow.reading() as uow:
        dossier, _ = why_not(uow, Command("", SERVICE), CaseRef(given.kind, given.case))
    return dossier.links
