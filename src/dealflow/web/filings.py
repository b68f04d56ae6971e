"""Steps of a deal's filing, sent from the deal's page. One route."""

from fastapi import APIRouter, Response

from dealflow.kernel.errors import NotFound
from dealflow.web.deal_filing import filing_ask
from dealflow.web.deals import CaseId, carried_out
from dealflow.web.look import look
from dealflow.web.visit import Sent, Visiting

router = APIRouter()


@router.post("/deals/{deal}/filing/{event}")
def step(v: Visiting, deal: CaseId, event: str, form: Sent) -> Response:
    """Enter, review, submit, file, send back, correct, register. Raises NotFound for a step that the state does not have."""
    with v.dealflow.reading() as uow:
        k = look(v, uow, deal)
    choice = k.filing_steps.choices.get(event) if k.filing_steps else None
    if choice is None:
        raise NotFound("step", event)
    return carried_out(v, k, filing_ask(k, choice), form)
