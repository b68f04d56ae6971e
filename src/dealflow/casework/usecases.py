"""The book of use cases: what a person or program may do, by name. A room's service writes it; API, CLI and scenarios read it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from inspect import signature
from typing import Any, TypeVar, get_type_hints

from pydantic import TypeAdapter

from dealflow.casework.command import Command
from dealflow.casework.inputs import personal_fields, read_input
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
        """Run it: the command then says by whom it speaks."""
        return self.run(uow, replace(command, use_case=self.name, personal=self.personal), asked)


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
