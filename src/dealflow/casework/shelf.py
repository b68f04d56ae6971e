"""A room's shelf: the guards, effects, facts and relations it offers to workflow files. Pure functions of the dossier."""

import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from dealflow.casework.changes import Change
from dealflow.casework.parts import Part
from dealflow.kernel.errors import Unmet
from dealflow.workflow.records import Offered


@dataclass(frozen=True, slots=True)
class Text:
    """A refusal or label by code: both languages, with places in braces; its rule, and who can clear it and how."""

    zh: str
    en: str
    rule: str = ""
    who: tuple[str, ...] = ()
    how: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing on a shelf: a pure function of the dossier, and what it reads."""

    name: str
    run: Callable[..., Any]
    reads: tuple[Part[Any], ...]
    policies: tuple[str, ...] = ()
    then: tuple[tuple[str, str], ...] = ()
    opens: tuple[tuple[str, str], ...] = ()
    asks_paper: bool = False
    supplies_paper: bool = False
    truth: bool = False

    def described(self) -> Offered:
        """What the engine must know to check the files that name it."""
        least, most = _places(self.run)
        followed = all(p.fold is not None for p in self.reads)
        return Offered(
            self.name,
            least,
            most,
            frozenset(self.policies),
            self.asks_paper,
            self.supplies_paper,
            self.then,
            self.opens,
            self.truth,
            followed,
        )


def _places(function: Callable[..., Any]) -> tuple[int, int]:
    """How many arguments a file may give: fewest and most, the dossier not counted."""
    given = list(inspect.signature(function).parameters.values())[1:]
    least = sum(1 for p in given if p.default is p.empty and p.kind is not p.VAR_POSITIONAL)
    most = 99 if any(p.kind is p.VAR_POSITIONAL for p in given) else len(given)
    return least, most


Judge = Callable[..., Iterator[Unmet]]
Propose = Callable[..., Iterator[Change]]


@dataclass
class Shelf:
    """Decorators write into this object, which the room owns; the hall collects it with the room's name as prefix."""

    room: str
    texts: Mapping[str, Text] = field(default_factory=dict)
    guards: dict[str, Offer] = field(default_factory=dict)
    effects: dict[str, Offer] = field(default_factory=dict)
    facts: dict[str, Offer] = field(default_factory=dict)
    relations: dict[str, Offer] = field(default_factory=dict)

    def guard(self, *reads: Part[Any], policy: tuple[str, ...] = (), asks_paper: bool = False) -> Callable[[Judge], Judge]:
        """A question that a step asks; it answers with what is unmet."""
        return self._put(self.guards, reads, policies=policy, asks_paper=asks_paper)

    def effect(
        self,
        *reads: Part[Any],
        policy: tuple[str, ...] = (),
        then: tuple[tuple[str, str], ...] = (),
        opens: tuple[tuple[str, str], ...] = (),
        supplies_paper: bool = False,
    ) -> Callable[[Propose], Propose]:
        """A proposal: what should be once the step is taken."""
        return self._put(self.effects, reads, policies=policy, then=then, opens=opens, supplies_paper=supplies_paper)

    def fact(
        self, *reads: Part[Any], policy: tuple[str, ...] = (), truth: bool = False
    ) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        """A word that papers and screens may use; with `truth` a yes or no that `when` may ask. None: not known yet."""
        return self._put(self.facts, reads, policies=policy, truth=truth)

    def relation(self, *reads: Part[Any], policy: tuple[str, ...] = ()) -> Callable[[Callable[..., bool]], Callable[..., bool]]:
        """A yes or no about the actor and the case, for `permit`."""
        return self._put(self.relations, reads, policies=policy, truth=True)

    def _put(self, place: dict[str, Offer], reads: tuple[Part[Any], ...], **more: Any) -> Callable[[Any], Any]:
        def put(function: Any) -> Any:
            name = f"{self.room}.{function.__name__}"
            if name in place:
                raise ValueError(f"{name} stands twice on the shelf")
            place[name] = Offer(name, function, reads, **more)
            return function

        return put
