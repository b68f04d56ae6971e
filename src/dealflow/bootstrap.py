"""The hall: reads settings, opens the database, collects the shelves, checks every definition, and hands out units of work."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import TypeVar

import sqlalchemy as sa

from dealflow.casework import deadlines, published, unit_of_work
from dealflow.casework.house import House, PaperKind, bind
from dealflow.casework.shelf import Offer, Shelf, Text
from dealflow.casework.texts import TEXTS
from dealflow.casework.unit_of_work import UnitOfWork
from dealflow.casework.usecases import Book
from dealflow.db import throwaway as throwaway  # scenarios and tests make their databases with it
from dealflow.db.engine import Database, open_database
from dealflow.db.schema import current, newest, upgrade
from dealflow.db.tables.casework import projects
from dealflow.features.clients.shelf import shelf as clients
from dealflow.features.deals import service as deals_service
from dealflow.features.deals.shelf import shelf as deals
from dealflow.features.documents import service as documents_service
from dealflow.features.documents.shelf import shelf as documents
from dealflow.features.documents.store import FileStore, Folder
from dealflow.features.followup import service as followup_service
from dealflow.features.followup.shelf import shelf as followup
from dealflow.features.movein import service as movein_service
from dealflow.features.movein.shelf import shelf as movein
from dealflow.features.payments import service as payments_service
from dealflow.features.payments.shelf import shelf as payments
from dealflow.features.policies import service as policies_service
from dealflow.features.policies.shelf import shelf as policies
from dealflow.features.reception import service as reception_service
from dealflow.features.reception.shelf import shelf as reception
from dealflow.features.staff import rules as staff
from dealflow.features.staff import service as staff_service
from dealflow.features.staff.shelf import shelf as staff_shelf
from dealflow.features.units import service as units_service
from dealflow.features.units.shelf import shelf as units
from dealflow.kernel.calendar import STATUTORY
from dealflow.kernel.clock import PROJECT_ZONE, Clock, SystemClock
from dealflow.kernel.errors import BadWorkflow, Conflict, DealflowError, Fault, NotFound
from dealflow.printing.fonts import Faces
from dealflow.printing.papers import Catalogue
from dealflow.printing.papers import PaperKind as Template
from dealflow.printing.papers import load as load_papers
from dealflow.printing.press import Press
from dealflow.settings import Settings as Settings  # doors take it from here
from dealflow.workflow.check import check
from dealflow.workflow.load import Loaded, load_all
from dealflow.workflow.machine import Machines
from dealflow.workflow.records import Label, Vocabulary, Workflow

T = TypeVar("T")
SHELVES: Mapping[str, Shelf] = {
    s.room: s for s in (clients, deals, documents, followup, movein, payments, policies, reception, staff_shelf, units)
}
SERVICES = (
    deals_service,
    documents_service,
    followup_service,
    movein_service,
    payments_service,
    policies_service,
    reception_service,
    staff_service,
    units_service,
)
BOOK = Book({name: page for service in SERVICES for name, page in service.book.pages.items()})


class NotUpgraded(DealflowError):
    """The database has older tables: an operator says `dealflow db upgrade`."""

    kind = "not_upgraded"


@dataclass(frozen=True)
class Definitions:
    """What the folders of workflows and papers say, with every fault found in them."""

    loaded: Loaded
    catalogue: Catalogue
    faults: tuple[Fault, ...]


@cache
def definitions(workflows: Path, templates: Path) -> Definitions:
    """Read and check both folders once for each process. Faults are told, not raised: `dealflow check` prints them."""
    loaded, catalogue = load_all(workflows), load_papers(templates)
    vocabulary = vocabulary_of(catalogue)
    faults = [*loaded.faults, *check(loaded.workflows, loaded.policies, vocabulary), *catalogue.faults]
    faults += catalogue.unknown_facts(vocabulary.facts)
    return Definitions(loaded, catalogue, BadWorkflow(faults).faults)


def offers() -> dict[str, dict[str, Offer]]:
    """Everything on all shelves, by kind and name."""
    found: dict[str, dict[str, Offer]] = {"guards": {}, "effects": {}, "facts": {}, "relations": {}}
    for shelf in SHELVES.values():
        found["guards"].update(shelf.guards)
        found["effects"].update(shelf.effects)
        found["facts"].update(shelf.facts)
        found["relations"].update(shelf.relations)
    return found


def vocabulary_of(catalogue: Catalogue) -> Vocabulary:
    """Every name that a workflow file may use."""
    all_ = offers()
    described = {kind: {name: offer.described() for name, offer in found.items()} for kind, found in all_.items()}
    return Vocabulary(
        guards=described["guards"],
        effects=described["effects"],
        facts=described["facts"],
        relations=described["relations"],
        roles=frozenset(staff.ROLES),
        grants=frozenset(staff.GRANTS),
        papers={kind.id: tuple(kind.facts.values()) for kind in catalogue.kinds.values()},
        use_cases={name: page.raises for name, page in BOOK.pages.items()},
        known_policies=frozenset({"entry.within"}),  # the corridor itself asks for it
    )


def texts() -> dict[str, Text]:
    """Every sentence by its code. Raises ValueError when two rooms claim one code."""
    found = dict(TEXTS)
    people = {**staff.ROLES, **staff.GRANTS, **WHO}
    found.update({f"who.{name}": Text(label.zh, label.en) for name, label in people.items()})
    for shelf in SHELVES.values():
        if clash := found.keys() & shelf.texts.keys():
            raise ValueError(f"two rooms tell {sorted(clash)}")
        found.update(shelf.texts)
    return found


WHO: Mapping[str, Label] = {
    "owner": Label("负责的置业顾问", "the deal's salesperson"),
    "collector": Label("可收款人", "whoever may collect"),
    "is_owner": Label("负责的置业顾问", "the deal's salesperson"),
    "is_substitute": Label("获授权的代理人", "a named substitute"),
    "may_collect": Label(
        "可收款人（财务、案场经理、指定收款人）", "whoever may collect (finance, sales manager, designated collector)"
    ),
    "may_proofread": Label("校对的组长（非本单置业顾问）", "a team leader who is not the deal's salesperson"),
    "filing_is_owner": Label("负责的置业顾问", "the deal's salesperson"),
    "may_sign_last": Label("案场经理或代理经理", "the sales manager or the acting manager"),
}


def paper_kinds(catalogue: Catalogue) -> dict[str, PaperKind]:
    """The papers as the corridor knows them."""
    return {kind.id: _paper(kind) for kind in catalogue.kinds.values()}


def _paper(kind: Template) -> PaperKind:
    return PaperKind(
        kind.id,
        Label(kind.zh, kind.en),
        kind.template_hash,
        kind.facts,
        lambda facts: [Label(n.zh, n.en) for n in kind.check(facts)],
    )


def compile_house(found: Definitions, versions: tuple[Workflow, ...], unprintable: Callable[[str], str]) -> House:
    """The house from checked definitions and every published version."""
    machines, all_, papers = Machines(), offers(), paper_kinds(found.catalogue)
    roles = frozenset(staff.ROLES)
    bound = {(w.kind, w.version): bind(w, machines.of(w), all_, papers, roles) for w in versions}
    newest_ = {kind: max(v for k, v in bound if k == kind) for kind, _ in bound}
    rules = found.loaded.policies
    return House(bound, newest_, SHELVES, texts(), papers, rules, rules.defaults(), STATUTORY, PROJECT_ZONE, unprintable)


@dataclass
class Dealflow:
    """The open office: lives as long as the process."""

    settings: Settings
    database: Database
    house: House
    book: Book
    clock: Clock
    faces: Faces
    catalogue: Catalogue
    _project: list[int] = field(default_factory=list)

    @property
    def project_id(self) -> int:
        """The project that this installation runs. Raises NotFound before one is made."""
        if not self._project:
            with self.database.readers.connect() as connection:
                found = connection.execute(sa.select(projects.c.id).order_by(projects.c.id).limit(1)).scalar()
            if found is None:
                raise NotFound("project")
            self._project.append(found)
        return self._project[0]

    @contextmanager
    def unit_of_work(self, *, several: bool = False) -> Iterator[UnitOfWork]:
        """One request, command or job; commits on the way out, rolls back on any error."""
        with unit_of_work.unit_of_work(self.database, self.house, self.clock.now(), self.project_id, several=several) as uow:
            yield uow

    @contextmanager
    def reading(self) -> Iterator[UnitOfWork]:
        """For pages that only look, previews and why-not answers."""
        with unit_of_work.reading_only(self.database, self.house, self.clock.now(), self.project_id) as uow:
            yield uow

    def carry_out(self, work: Callable[[UnitOfWork], T], *, several: bool = False) -> T:
        """One piece of work in one unit of work. A Conflict is tried once more, after deadlines that have passed have acted."""
        try:
            with self.unit_of_work(several=several) as uow:
                return work(uow)
        except Conflict:
            deadlines.run_due(self.reading, self.unit_of_work)
        with self.unit_of_work(several=several) as uow:
            return work(uow)

    @contextmanager
    def rehearsing(self) -> Iterator[UnitOfWork]:
        """Any use case, decided and not carried out: `uow.plans` then say what it would do."""
        moment = self.clock.now()
        with unit_of_work.reading_only(self.database, self.house, moment, self.project_id, rehearsal=True) as uow:
            yield uow

    @property
    def press(self) -> Press:
        """Prints papers. Made when first asked for: it proves its faces, which takes a moment."""
        return press(self.settings.templates, self.settings.fonts, self.settings.state)

    @property
    def files(self) -> FileStore:
        """Uploads and printed papers, by their hash."""
        return Folder(self.settings.files)

    def beside(self, url: str, clock: Clock) -> "Dealflow":
        """The same house over a database that is a copy of this one: nothing is compiled or published again."""
        settings = replace(self.settings, database=url)
        return replace(self, settings=settings, database=open_database(url), clock=clock, _project=[])

    def ping(self) -> None:
        """Raises whatever the driver raises when the database does not answer."""
        with self.database.readers.connect() as connection:
            connection.execute(sa.select(1))

    def close(self) -> None:
        """Give the database back."""
        self.database.close()


@cache
def load_faces(fonts: Path) -> Faces:
    """The papers' faces, read once for each process."""
    return Faces.load(fonts)


@cache
def press(templates: Path, fonts: Path, state: Path) -> Press:
    """One press for each process: the fonts' configuration belongs to the process."""
    return Press(load_papers(templates), load_faces(fonts), state)


def bring_up(settings: Settings) -> str:
    """The database's tables brought to the newest revision, which it gives."""
    database = open_database(settings.database)
    try:
        return upgrade(database)
    finally:
        database.close()


def build(settings: Settings, *, clock: Clock | None = None) -> Dealflow:
    """Open the office. Raises BadWorkflow with every fault of every definition, or NotUpgraded."""
    found = definitions(settings.workflows, settings.templates)
    if found.faults:
        raise BadWorkflow(found.faults)
    clock = clock or SystemClock()
    database = open_database(settings.database)
    if database.dialect == "sqlite":
        upgrade(database)
    elif current(database) != newest():
        database.close()
        raise NotUpgraded("dealflow db upgrade")
    faces = load_faces(settings.fonts)
    versions = published.publish(database, found.loaded.workflows, clock.now())
    house = compile_house(found, versions, faces.missing)
    return Dealflow(settings, database, house, BOOK, clock, faces, found.catalogue)
