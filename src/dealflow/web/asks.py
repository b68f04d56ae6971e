"""What each step of a deal asks, by its event. A step that nobody described gets a plain form by itself."""

from collections.abc import Callable, Mapping
from typing import Final

from dealflow.web.asking import generic, reason
from dealflow.web.asks_client import change_owner, follow_up, lose, open_tracking, reopen, update_archive, void_registration
from dealflow.web.asks_closing import (
    developer_returns,
    errors_found,
    hand_out_originals,
    issue_notice,
    reopen_filing,
    void_slip,
    withdraw_notice,
)
from dealflow.web.asks_contract import (
    answer_objection,
    check_identity,
    explain_clauses,
    note_talk,
    raise_objection,
    withdraw_objection,
)
from dealflow.web.asks_money import receive, take_deposit, take_hold
from dealflow.web.asks_sale import (
    agree,
    extend_top_up,
    prepare_sale,
    release_hold,
    sign_agreement,
    void_agreement,
    write_agreement,
)
from dealflow.web.asks_signing import attach_floor_plan, check_power, fill_dates, send_notice, sign_paper, waive
from dealflow.web.forms import Asking
from dealflow.web.look import Look
from dealflow.workflow.records import DOORLESS

ASKS: Final[Mapping[str, Callable[[Look], Asking]]] = {
    one.__name__: one
    for one in (
        open_tracking,
        update_archive,
        take_hold,
        take_deposit,
        prepare_sale,
        sign_agreement,
        follow_up,
        lose,
        reopen,
        extend_top_up,
        change_owner,
        void_agreement,
        release_hold,
        void_registration,
        write_agreement,
        agree,
        note_talk,
        check_identity,
        explain_clauses,
        raise_objection,
        answer_objection,
        withdraw_objection,
        void_slip,
        receive,
        reopen_filing,
        send_notice,
        attach_floor_plan,
        fill_dates,
        check_power,
        waive,
        sign_paper,
        errors_found,
        developer_returns,
        hand_out_originals,
        issue_notice,
        withdraw_notice,
    )
}


def ask(k: Look, event: str) -> Asking | None:
    """What a step asks. One that nobody described asks for its reason, if it needs one; one with a use case of its own, not."""
    if event in ASKS:
        return ASKS[event](k)
    rule = next((s for s in k.workflow.steps if s.event == event and not s.raised_by and not DOORLESS.issuperset(s.permit)), None)
    if rule is None:
        return None
    why = any(need.use and need.use.name.endswith(".reason_given") for need in rule.needs)
    return generic(k, event, (reason(k.v),) if why else ())
