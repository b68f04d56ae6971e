"""What is asked about a client: his archive, a contact, why he is lost, whose he becomes."""

from dataclasses import replace

from dealflow.features.clients.rules import FIELDS as ARCHIVE
from dealflow.features.deals.rules import LOST_REASONS
from dealflow.features.followup import rules as followup
from dealflow.web.asking import at_field, choose, generic, options, own, reason
from dealflow.web.forms import ROW, Asking
from dealflow.web.look import Look
from dealflow.web.views import Field, Option
from dealflow.web.visit import Visit
from dealflow.web.words import CHANNELS


def open_tracking(k: Look) -> Asking:
    """Channel and what is known of the client."""
    v = k.v
    listed = options(v, CHANNELS, choose(v))
    if k.deal.channel and k.deal.channel not in CHANNELS:
        listed = (*listed, Option(k.deal.channel, k.deal.channel))
    channel = Field("channel", v.say("信息获取渠道", "How he heard of us"), "select", k.deal.channel, listed, wide=True)
    return own(k, "open_tracking", "deals.open_tracking", (channel, *archive(v)), shape=_archive)


def update_archive(k: Look) -> Asking:
    """More that is known of the client; what stood there stays."""
    return replace(generic(k, "update_archive", archive(k.v)), shape=_archive)


def archive(v: Visit) -> tuple[Field, ...]:
    """The items that matter most, and any other of the archive."""
    items = tuple(Option(f.key, f"{f.no} {f.en if v.english else f.zh}") for f in ARCHIVE)
    usual = [f for f in ARCHIVE if f.key in ("reason_for_buying", "family", "present_home", "ideal_home")]
    more = (
        Field(f"more.{ROW}.item", v.say("项目", "Item"), "select", "", (Option("", choose(v)), *items), required=False),
        Field(f"more.{ROW}.value", v.say("内容", "Content"), required=False, longest=400),
    )
    return (
        *(Field(f"archive.{f.key}", f.en if v.english else f.zh, required=False, longest=400) for f in usual),
        Field("more", v.say("档案其他项目", "Other items of the archive"), "rows", required=False, blank=more),
    )


def _archive(found: dict[str, object]) -> dict[str, object]:
    more = found.pop("more", [])
    given = found.get("archive", {})
    archive = dict(given) if isinstance(given, dict) else {}
    archive |= {str(r["item"]): str(r["value"]) for r in more if isinstance(r, dict) and r.get("item") and r.get("value")}  # type: ignore[attr-defined]
    return {**found, "archive": archive}


def follow_up(k: Look) -> Asking:
    """A contact: how, what was said, what came of it, when next."""
    v = k.v
    fields = (
        Field("method", v.say("方式", "By"), "choice", "phone", options(v, followup.METHODS)),
        Field("result", v.say("结果", "Result"), longest=400, wide=True),
        Field("content", v.say("内容", "What was said"), "textarea", required=False, longest=2000),
        Field("next_at", v.say("下次跟进", "Next contact"), "datetime", required=False),
        Field("kind", v.say("类别", "Kind"), "select", "contact", options(v, followup.KINDS)),
        at_field(v),
    )
    return own(k, "follow_up", "followup.record", fields, label=v.say("记录跟进", "Log a follow-up"), confirmed=False)


def lose(k: Look) -> Asking:
    """The true reason, from the list."""
    v = k.v
    listed = tuple(Option(name, v.say(*both)) for name, both in LOST_REASONS.items())
    text = Field("text", v.say("说明", "In words"), "textarea", required=False, longest=400)
    return generic(
        k,
        "lose",
        (Field("reason", v.say("未成交原因", "Reason"), "select", "", (Option("", choose(v)), *listed)), text),
        danger=True,
    )


def reopen(k: Look) -> Asking:
    """A contact that shows that he is interested again."""
    v = k.v
    fields = (
        Field("method", v.say("方式", "By"), "choice", "phone", options(v, followup.METHODS)),
        Field("result", v.say("结果", "Result"), longest=400, wide=True),
        Field("content", v.say("内容", "What was said"), "textarea", required=False, longest=2000),
    )
    return generic(k, "reopen", fields)


def change_owner(k: Look) -> Asking:
    """To whom the client goes, and why."""
    v = k.v
    sellers = tuple(
        Option(str(p.id), p.name) for p in k.people if p.active and "salesperson" in p.roles and p.id != k.deal.owner_id
    )
    return generic(
        k,
        "change_owner",
        (Field("owner", v.say("新的归属人", "New owner"), "select", "", (Option("", choose(v)), *sellers)), reason(v)),
    )


def void_registration(k: Look) -> Asking:
    """The registration was wrong."""
    return generic(k, "void_registration", (reason(k.v),), danger=True)
