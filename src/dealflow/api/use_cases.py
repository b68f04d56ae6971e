"""The book of use cases as routes: each with its typed input as the body, made from the book, so that none is forgotten."""

from collections.abc import Callable
from typing import Annotated, Any, Final, get_type_hints

from fastapi import APIRouter, Body, Response
from pydantic import BaseModel

from dealflow.api.door import House, Keyed, SignedIn, tag
from dealflow.api.schemas import STEP, Done, Id, Preview, Words, problems
from dealflow.api.steps import previewed
from dealflow.bootstrap import BOOK
from dealflow.casework.command import Answer
from dealflow.casework.usecases import UseCase
from dealflow.features.units.service import BuildingAdded

router = APIRouter(prefix="/use-cases", tags=["use cases"])


class Raised(BaseModel):
    """A step of a kind of case."""

    kind: str
    event: str


class UseCaseOut(BaseModel):
    """A use case: its name, and the steps that it raises."""

    name: str
    label: Words
    raises: list[Raised]
    personal: list[str]


class UseCases(BaseModel):
    """The book."""

    use_cases: list[UseCaseOut]


class Made(BaseModel):
    """The id of what was made."""

    id: Id


class Value(BaseModel):
    """A value as it now stands."""

    value: str


def _done(answer: Answer, response: Response) -> Done:
    tag(response, answer.version)
    return Done.of(answer)


# What a use case gives -> what its route answers with.
ANSWERS: Final[dict[type, tuple[type[BaseModel] | None, Callable[[Any, Response], object]]]] = {
    Answer: (Done, _done),
    BuildingAdded: (Made, lambda building, _: Made(id=building.id)),
    int: (Made, lambda made, _: Made(id=made)),
    str: (Value, lambda value, _: Value(value=value)),
    type(None): (None, lambda _, response: Response(status_code=204)),
}


@router.get("", responses=problems())
def book(dealflow: House, caller: SignedIn) -> UseCases:
    """Every use case by name."""
    return UseCases(use_cases=[_told(page) for _, page in sorted(dealflow.book.pages.items())])


def _told(page: UseCase) -> UseCaseOut:
    raises = [Raised(kind=kind, event=event) for kind, event in page.raises]
    return UseCaseOut(name=page.name, label=Words.of(page.label), raises=raises, personal=sorted(page.personal))


def _add(page: UseCase) -> None:
    """A route for one page of the book; a preview too, where its whole effect is a step."""
    model, shaped = ANSWERS[get_type_hints(page.run)["return"]]
    several = get_type_hints(page.run)["return"] is not Answer  # a step is one write; the others may be several

    def carry_out(dealflow: House, caller: SignedIn, keyed: Keyed, asked: Any, response: Response) -> Any:
        command = keyed.command(caller.actor)
        found = dealflow.carry_out(lambda uow: page.carry_out(uow, command, asked), several=several)
        return shaped(found, response)

    def preview(dealflow: House, caller: SignedIn, asked: Any) -> Preview:
        return previewed(dealflow, caller, lambda uow, command: page.carry_out(uow, command, asked))

    carry_out.__annotations__["asked"] = preview.__annotations__["asked"] = Annotated[page.input, Body()]
    where, name = f"/{page.name}", page.name.replace(".", "_")
    summary, about = f"{page.label.en} / {page.label.zh}", page.run.__doc__
    router.add_api_route(
        where,
        carry_out,
        methods=["POST"],
        summary=summary,
        description=about,
        operation_id=name,
        responses=problems(*STEP),
        response_model=model,
        status_code=200 if model else 204,
    )
    if not several:
        router.add_api_route(
            f"{where}/preview",
            preview,
            methods=["POST"],
            summary=summary,
            description=about,
            operation_id=f"preview_{name}",
            responses=problems(*STEP),
        )


for _page in BOOK.pages.values():
    _add(_page)
