"""What is asked before the payment slip: a talk at the table, originals and eligibility, clauses, objections to them."""

from collections.abc import Mapping
from dataclasses import replace

from dealflow.features.deals.rules import contract as rules
from dealflow.web.asking import choose, generic
from dealflow.web.forms import Asking, Shape
from dealflow.web.look import Look
from dealflow.web.views import Field, Option
from dealflow.web.visit import Visit

Pairs = Mapping[str, tuple[str, str]]


def listed(v: Visit, pairs: Pairs, *, first: bool = True, coded: bool = False) -> tuple[Option, ...]:
    """A list of the rules to choose from; `coded` shows the key before its words."""
    found = tuple(Option(key, f"{key} {v.say(*both)}" if coded else v.say(*both)) for key, both in pairs.items())
    return (Option("", choose(v)), *found) if first else found


def note_talk(k: Look) -> Asking:
    """What the client looks for, what was shown to him, what comes next."""
    v = k.v
    fields = (
        Field("needs", v.say("客户需求", "What he looks for"), "textarea", longest=600),
        Field("units", v.say("谈到的房源", "Units spoken of"), required=False, longest=200,
              hint=v.say("房号之间用顿号，如 1-1201、1-1202", "Codes parted by 、 such as 1-1201、1-1202"), wide=True),
        Field("questions", v.say("客户疑问", "His questions"), "textarea", required=False, longest=600),
        Field("feedback", v.say("客户反馈", "What he thought of it"), "textarea", required=False, longest=600),
        Field("next", v.say("约定的下一步", "What comes next"), longest=200, wide=True),
        Field("next_on", v.say("下一步日期", "On"), "date", required=False),
    )  # fmt: skip
    return generic(k, "note_talk", fields)


def check_identity(k: Look) -> Asking:
    """Every buyer's original, seen by hand; and whether they may buy."""
    v = k.v
    seen = tuple(
        Field(f"seen.{b.position}", v.say(f"已查验第 {b.position} 位买受人 {b.name} 的证件原件",
              f"Original document of buyer {b.position}, {b.name}, seen"), "checkbox", required=False, wide=True)
        for b in k.deal.buyers
    )  # fmt: skip
    fields = (
        *seen,
        Field("eligibility", v.say("购房资格审核", "Eligibility"), "select", "", listed(v, rules.ELIGIBILITY)),
        Field("note", v.say("备注", "Note"), "textarea", required=False, longest=400),
    )
    asking = generic(k, "check_identity", fields)
    return shaped(asking, _originals)


def _originals(found: dict[str, object]) -> dict[str, object]:
    """All of them, or not: a buyer whose original was not seen keeps the step from being taken."""
    seen = found.pop("seen", {})
    return {**found, "originals": isinstance(seen, dict) and bool(seen) and all(seen.values())}


def explain_clauses(k: Look) -> Asking:
    """The ten main clauses, ticked one by one."""
    v = k.v
    ticks = tuple(
        Field(f"clauses.{letter}", f"{letter} {v.say(*both)}", "checkbox", required=False, wide=True)
        for letter, both in rules.CLAUSES.items()
    )
    note = Field("note", v.say("备注", "Note"), "textarea", required=False, longest=400)
    asking = generic(k, "explain_clauses", (*ticks, note))
    return shaped(asking, _letters)


def _letters(found: dict[str, object]) -> dict[str, object]:
    ticked = found.pop("clauses", {})
    return {**found, "clauses": [letter for letter, said in ticked.items() if said] if isinstance(ticked, dict) else []}


def raise_objection(k: Look) -> Asking:
    """Which clause the client does not accept, in his words."""
    v = k.v
    fields = (
        Field("clause", v.say("条款", "Clause"), "select", "", listed(v, rules.CLAUSES, coded=True), wide=True),
        Field("text", v.say("客户的异议", "The objection"), "textarea", longest=600),
    )
    return generic(k, "raise_objection", fields)


def answer_objection(k: Look) -> Asking:
    """The developer's word: the clause is changed, or it stays."""
    v = k.v
    both = (Option("true", v.say("确认变更", "Change confirmed")), Option("false", v.say("不同意变更", "Change refused")))
    fields = (
        _open(k),
        Field("answer", v.say("开发商意见", "The developer's word"), "choice", "", both),
        Field("text", v.say("答复", "Answer"), "textarea", longest=600),
    )
    return shaped(generic(k, "answer_objection", fields), _answered)


def _answered(found: dict[str, object]) -> dict[str, object]:
    """`confirmed` is the machine's own word in a form, so the answer travels under another."""
    answer = found.pop("answer", None)
    return found if answer is None else {**found, "confirmed": answer}


def withdraw_objection(k: Look) -> Asking:
    """The client takes his objection back."""
    return generic(k, "withdraw_objection", (_open(k),))


def _open(k: Look) -> Field:
    """The objections that stand, with what they say where the reader may know it."""
    v, standing = k.v, [o for o in k.objections if o.open]
    named = tuple(Option(o.clause, f"{o.clause} {v.say(*rules.CLAUSES[o.clause])}") for o in standing)
    told = "；".join(f"{o.clause}：{o.text}" for o in standing) if k.seen != "masked" else ""
    value = named[0].value if len(named) == 1 else ""
    return Field("clause", v.say("条款", "Clause"), "select", value, (Option("", choose(v)), *named), hint=told, wide=True)


def shaped(asking: Asking, shape: Shape) -> Asking:
    """The same form, its answers put into the shape that the step reads."""
    return replace(asking, shape=shape)
