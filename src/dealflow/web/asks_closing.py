"""What is asked after the signature: errors by place, keepers of the originals, the appointment; ways back."""

from dataclasses import replace

from dealflow.features.deals.rules import contract as rules
from dealflow.web.asking import generic, reason
from dealflow.web.asks_contract import listed
from dealflow.web.forms import ROW, Asking
from dealflow.web.look import Look
from dealflow.web.views import Field, Option
from dealflow.web.visit import Visit


def errors_found(k: Look) -> Asking:
    """Every place that is wrong, in which copy; and whether the filed data are."""
    v = k.v
    fields = (
        Field("errors", v.say("差错", "Errors"), "rows", rows=(_error(v, "0"),), blank=_error(v, ROW)),
        Field("filed_data", v.say("网备数据有误，须重新网备", "Filed data are wrong: file anew"), "checkbox", required=False),
    )
    return generic(k, "errors_found", fields, danger=True)


def _error(v: Visit, n: str) -> tuple[Field, ...]:
    copies = (*listed(v, rules.COPIES, first=False), Option("both", v.say("正副本均有", "both")))
    return (
        Field(f"errors.{n}.copy", v.say("合同", "Copy"), "select", "original", copies),
        Field(f"errors.{n}.place", v.say("差错处", "Place"), longest=80),
        Field(f"errors.{n}.wrong", v.say("原文", "As written"), required=False, longest=120),
        Field(f"errors.{n}.right", v.say("应为", "Should be"), required=False, longest=120),
    )


def hand_out_originals(k: Look) -> Asking:
    """Who keeps which copy: client and developer always, the bank only with a loan."""
    v = k.v
    first = (_keeper(v, "0", "client"), _keeper(v, "1", "developer"))
    return generic(
        k, "hand_out_originals", (Field("keepers", v.say("合同保管", "Keepers"), "rows", rows=first, blank=_keeper(v, ROW)),)
    )


def _keeper(v: Visit, n: str, keeper: str = "client") -> tuple[Field, ...]:
    return (
        Field(f"keepers.{n}.keeper", v.say("保管人", "Keeper"), "select", keeper, listed(v, rules.KEEPERS, first=False)),
        Field(f"keepers.{n}.copy", v.say("合同", "Copy"), "select", "original", listed(v, rules.COPIES, first=False)),
        Field(f"keepers.{n}.number", v.say("合同编号", "Its number"), required=False, longest=40),
        Field(f"keepers.{n}.name", v.say("领取人", "Received by"), longest=60),
    )


def issue_notice(k: Look) -> Asking:
    """When and where the client is to come, ten whole days ahead."""
    v = k.v
    hint = v.say("与今天至少相隔十个整日", "Ten whole days must lie between")
    return generic(k, "issue_notice", (slot(v, hint), until(v), place(v)))


def slot(v: Visit, hint: str = "") -> Field:
    """When the client comes."""
    return Field("slot", v.say("办理时间", "Appointment"), "datetime", hint=hint)


def until(v: Visit) -> Field:
    """Until when he is expected."""
    return Field("slot_until", v.say("至", "Until"), "datetime", required=False)


def place(v: Visit, value: str = "", *, required: bool = True) -> Field:
    """Where."""
    return Field("place", v.say("办理地点", "Place"), value=value, required=required, longest=80)


def _with_reason(k: Look, event: str) -> Asking:
    return replace(generic(k, event, (reason(k.v),)), danger=True)


def void_slip(k: Look) -> Asking:
    """The slip was wrong: its allocation is undone."""
    return _with_reason(k, "void_slip")


def reopen_filing(k: Look) -> Asking:
    """The filed contract is wrong."""
    return _with_reason(k, "reopen_filing")


def developer_returns(k: Look) -> Asking:
    """The developer does not stamp it."""
    return _with_reason(k, "developer_returns")


def withdraw_notice(k: Look) -> Asking:
    """The client is not to come."""
    return _with_reason(k, "withdraw_notice")
