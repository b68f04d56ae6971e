"""The book of use cases: what a person or program may do, by name. A room's service writes it; API, CLI and scenarios read it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from inspect import signature
from typing import Any, TypeVar, get_type_hints

import msgspec
from pydantic import TypeAdapter

from dealflow.casework.advance import answered, digest_of_use_case, expect_digest, remember
from dealflow.casework.command import Answer, Command
from dealflow.casework.inputs import answers_of, personal_fields, read_input
from dealflow.casework.unit_of_work import UnitOfWork
from dealflow.kernel.errors import NotFound
from dealflow.workflow.records import Label

Run = Callable[[UnitOfWork, Command, Any], Any]
F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True)
class UseCase:
    """One thing a person does: its name, its typed input, the events it raises."""

    name: str
    label: Label
    run: Run
    input: type
    raises: tuple[tuple[str, str], ...]

    @cached_property
    def adapter(self) -> TypeAdapter[Any]:
        """Reads the input from plain fields."""
        return TypeAdapter(self.input)

    @cached_property
    def personal(self) -> frozenset[str]:
        """Fields that history holds as commitments."""
        return personal_fields(self.input)

    def carry_out(self, uow: UnitOfWork, command: Command, asked: Any) -> Any:
        """Run it: the command then says by whom it speaks.

        A use case that moves no case keeps its own answer under the command's key, as a step does: the same key again gives the
        same answer, with another body it is a Conflict.
        """
        command = replace(command, use_case=self.name, personal=self.personal)
        if self.answer is Answer:  # it ends in a step, which keeps its own answer
            return self.run(uow, command, asked)
        digest = digest_of_use_case(command, answers_of(asked))
        if known := answered(uow, command.key):
            expect_digest(uow, known, digest)
            return msgspec.json.decode(known.answer, type=self.answer)
        given = self.run(uow, command, asked)
        remember(uow, command.key, digest, msgspec.json.encode(given).decode())
        return given

    @cached_property
    def answer(self) -> Any:
        """The type of what it gives."""
        return get_type_hints(self.run)["return"]


@dataclass
class UseCases:
    """The pages of one room in the book. Its functions remain ordinary functions."""

    room: str
    pages: dict[str, UseCase] = field(default_factory=dict)

    def use_case(self, *, zh: str, en: str, raises: tuple[tuple[str, str], ...] = ()) -> Callable[[F], F]:
        """Write a function into the book under `room.function`; calling the function calls it through the book."""

        def write(function: F) -> F:
            name = f"{self.room}.{function.__name__}"
            if name in self.pages:
                raise ValueError(f"{name} stands twice in the book")
            *_, last = signature(function).parameters
            self.pages[name] = UseCase(name, Label(zh, en), function, get_type_hints(function)[last], raises)
            return function

        return write


@dataclass(frozen=True)
class Book:
    """All use cases of the house by name."""

    pages: Mapping[str, UseCase]

    def __getitem__(self, name: str) -> UseCase:
        if name not in self.pages:
            raise NotFound("use case", name)
        return self.pages[name]

    def do(self, uow: UnitOfWork, command: Command, name: str, fields: Mapping[str, object]) -> Any:
        """A use case by name with plain fields: what API, CLI and scenarios call. Raises Invalid for malformed fields."""
        use_case = self[name]
        return use_case.carry_out(uow, command, read_input(use_case.adapter, fields))
