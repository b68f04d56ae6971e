"""Under which heading a step of a deal stands on its page, and what comes before what. Called by `deal_steps`."""

from collections.abc import Mapping
from typing import Final

from dealflow.workflow.records import Label

CLIENT: Final = Label("客户", "Client")
GROUPS: Final[Mapping[Label, tuple[str, ...]]] = {  # heading -> its steps, in their order
    CLIENT: ("note_talk", "update_archive", "lose", "reopen", "change_owner"),
    Label("认购", "Subscription"): (
        "prepare_sale",
        "write_agreement",
        "sign_agreement",
        "release_hold",
        "extend_top_up",
        "void_agreement",
    ),
    Label("签约准备", "Before the contract"): (
        "check_identity",
        "explain_clauses",
        "raise_objection",
        "answer_objection",
        "withdraw_objection",
        "write_slip",
        "void_slip",
    ),
    Label("款项", "Money"): ("take_hold", "take_deposit", "receive"),
    Label("签约", "Contract"): (
        "send_notice",
        "attach_floor_plan",
        "fill_dates",
        "take_back_agreement",
        "check_power",
        "sign_paper",
        "waive",
        "hand_out_originals",
        "errors_found",
        "reopen_filing",
        "developer_returns",
    ),
    Label("入住", "Move-in"): ("issue_notice", "withdraw_notice"),
}
PLACES: Final = {event: (n, group) for n, (group, events) in enumerate(GROUPS.items()) for event in events}
SEQUENCE: Final = [event for events in GROUPS.values() for event in events]


def group_of(event: str) -> Label:
    """The heading of a step; one that nobody has put anywhere concerns the client."""
    return PLACES[event][1] if event in PLACES else CLIENT


def order_of(event: str) -> int:
    """Where a step stands among the others; unknown ones come last."""
    return SEQUENCE.index(event) if event in PLACES else len(SEQUENCE)
