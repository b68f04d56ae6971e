"""The use cases by which a building is prepared: completed, surveyed, certified, its manual and fees there, ready."""

from dataclasses import field
from datetime import date

from dealflow.casework.command import Answer, CaseRef, Command, identify
from dealflow.casework.inputs import Key, Words, Yuan, answers_of, asked
from dealflow.casework.unit_of_work import UnitOfWork
from dealflow.features.movein.queries import building as queries
from dealflow.features.movein.service.pages import book, move


@asked
class BeginPreparation:
    """A building that is complete. `number` is that of its completion filing."""

    building: Key
    completed_on: date | None = None
    number: Words = ""


@asked
class RegisterPaper:
    """A paper of another body: when it was made, by whom, its number or title, its scan (the hash of a stored file)."""

    preparation: Key
    on: date | None = None
    number: Words = ""
    body: Words = ""
    title: Words = ""
    scan: Words = ""


@asked
class AttachPaper(RegisterPaper):
    """The acceptance-item statement (D-39) or the covenant's text (D-40)."""

    kind: Words


@asked
class PostSchedule(RegisterPaper):
    """The property company's rates by item, and since when they hold."""

    rates: dict[str, Yuan] = field(default_factory=dict)


@asked
class TakeBuildingStep:
    """A step of a building's preparation that asks for a reason at most."""

    preparation: Key
    event: Words
    reason: Words = ""


@book.use_case(zh="开始入住准备", en="Begin preparation", raises=(("building", "begin"),))
def begin_preparation(uow: UnitOfWork, command: Command, asked: BeginPreparation) -> Answer:
    """The developer's clerk says that a building is complete: from here its papers are gathered."""
    answers = {**answers_of(asked), "code": queries.building_name(uow.connection, uow.project_id, asked.building)}
    return move(uow, command, CaseRef("building", identify(command.key, "building")), "begin", answers)


@book.use_case(zh="登记测绘验收", en="Record survey", raises=(("building", "survey"),))
def record_survey(uow: UnitOfWork, command: Command, asked: RegisterPaper) -> Answer:
    """The survey team has accepted the building."""
    return _on_building(uow, command, asked, "survey")


@book.use_case(zh="登记质检合格书", en="Register certificate", raises=(("building", "certify"),))
def register_certificate(uow: UnitOfWork, command: Command, asked: RegisterPaper) -> Answer:
    """The quality certificate of the outside body."""
    return _on_building(uow, command, asked, "certify")


@book.use_case(zh="登记使用说明书", en="Register manual", raises=(("building", "add_manual"),))
def register_manual(uow: UnitOfWork, command: Command, asked: RegisterPaper) -> Answer:
    """The house manual."""
    return _on_building(uow, command, asked, "add_manual")


@book.use_case(zh="登记开发商其他资料", en="Attach paper", raises=(("building", "attach"),))
def attach_paper(uow: UnitOfWork, command: Command, asked: AttachPaper) -> Answer:
    """The acceptance-item statement or the covenant's text."""
    return _on_building(uow, command, asked, "attach")


@book.use_case(zh="登记物业收费标准", en="Post fee schedule", raises=(("building", "post_schedule"),))
def post_schedule(uow: UnitOfWork, command: Command, asked: PostSchedule) -> Answer:
    """The property company's fees for a building."""
    return _on_building(uow, command, asked, "post_schedule")


@book.use_case(zh="办理楼栋步骤", en="Take building step")
def take_building_step(uow: UnitOfWork, command: Command, asked: TakeBuildingStep) -> Answer:
    """Say that a building is ready, or set it back."""
    answers = answers_of(asked, "preparation", "event")
    return move(uow, command, CaseRef("building", asked.preparation), asked.event, answers)


def _on_building(uow: UnitOfWork, command: Command, asked: RegisterPaper, event: str) -> Answer:
    return move(uow, command, CaseRef("building", asked.preparation), event, answers_of(asked, "preparation"))
