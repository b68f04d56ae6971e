"""What the pages show, as frozen values. The doors build these from the answers of use cases; templates read nothing else.

Every text that comes from a workflow, a policy, a rule or a person stands here in the reader's language; templates add only
their own frame words (gettext). Money is fen, moments are aware. An `href` or `action_url` is a path of this service.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Tone = Literal["", "ok", "warn", "bad", "acc", "hold", "done"]
Kind = Literal[
    "text",
    "password",
    "number",
    "money",
    "date",
    "datetime",
    "select",
    "choice",
    "textarea",
    "phone",
    "file",
    "checkbox",
    "rows",
    "hidden",
]
UnitLook = Literal["sale", "hold", "sub", "sign", "live", "off"]

# State of a unit -> its look and the one character that says the same without colour.
UNIT_LOOKS: dict[str, tuple[UnitLook, str]] = {
    "unreleased": ("off", "锁"),
    "withheld": ("off", "锁"),
    "for_sale": ("sale", "售"),
    "held": ("hold", "留"),
    "deposit": ("sub", "认"),
    "contracted": ("sign", "签"),
    "filed": ("sign", "签"),
    "delivered": ("live", "住"),
}


# ---------------------------------------------------------------- forms


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Field:
    """One control. `name` is the name sent; `error` and `hint` are sentences tied to it.

    `shown_when` is (name of another field, values): the field is offered only while that one has one of these values.
    `live` is a path asked with the typed value while typing; it answers a fragment (大写, a duplicate client) set below.
    `rows` repeats `columns` with the names as given in `rows`; `blank` is one more row whose names contain `__n__`.
    """

    name: str
    label: str
    kind: Kind = "text"
    value: str = ""
    options: tuple[Option, ...] = ()
    required: bool = True
    hint: str = ""
    error: str = ""
    longest: int | None = None
    shown_when: tuple[str, tuple[str, ...]] | None = None
    live: str = ""
    accept: str = "image/*,application/pdf"
    camera: bool = False
    multiple: bool = False
    autocomplete: str = "off"
    wide: bool = False
    rows: tuple[tuple["Field", ...], ...] = ()
    blank: tuple["Field", ...] = ()

    @property
    def spreads(self) -> bool:
        """Takes the whole width of the form."""
        return self.wide or self.kind in ("textarea", "file", "rows", "choice")


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a form came back: one sentence, and (name of the field or "", sentence) for each place."""

    summary: str
    fields: tuple[tuple[str, str], ...] = ()
    codes: tuple[str, ...] = ()  # of the refusals, beside `fields`, where the domain refused


@dataclass(frozen=True, slots=True)
class Difference:
    """A value changed by somebody else while this person was typing."""

    label: str
    theirs: str
    yours: str


@dataclass(frozen=True, slots=True)
class Form:
    """A form as data. `key` is the idempotency key, `version` the version of the case it was shown with ("" leaves them out).

    `confirm` says what will happen. `in_place` lets htmx replace the page's main part with the answer instead of loading it anew.
    `confirming`: everything is typed and only to be confirmed; `summary` says what was typed, `back_label` goes back to it.
    """

    id: str
    action_url: str
    fields: tuple[Field, ...]
    submit_label: str
    method: Literal["get", "post"] = "post"
    key: str = ""
    version: str = ""
    danger: bool = False
    confirm: tuple[str, ...] = ()
    intro: str = ""
    problem: Problem | None = None
    clash: tuple[Difference, ...] = ()
    in_place: bool = True
    opened: bool = False  # stands open: it came back to be changed
    confirming: bool = False
    summary: tuple[tuple[str, str], ...] = ()
    back_label: str = ""

    @property
    def uploads(self) -> bool:
        """Carries files, so it is sent as multipart and shows its progress."""
        return any(f.kind == "file" or any(c.kind == "file" for row in f.rows for c in row) for f in self.fields)

    @property
    def returned(self) -> bool:
        """Came back and is shown open: with a fault, after a clash, or to be confirmed."""
        return self.opened or self.confirming or self.problem is not None or bool(self.clash)

    @property
    def compact(self) -> bool:
        """Short enough to stand open in its place."""
        return sum(f.kind != "hidden" for f in self.fields) <= 2


@dataclass(frozen=True, slots=True)
class Action:
    """A way to do something: a link, or a form that opens in place. Exactly one of `href` and `form`."""

    label: str
    href: str = ""
    form: Form | None = None
    icon: str = ""
    tone: Literal["", "pri", "ghost", "danger"] = ""


@dataclass(frozen=True, slots=True)
class Badge:
    text: str
    tone: Tone = ""
    icon: str = ""


# ---------------------------------------------------------------- frame


@dataclass(frozen=True, slots=True)
class NavItem:
    key: str
    label: str
    href: str
    icon: str
    count: int = 0
    hot: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """What surrounds every page. `current` is the key of the navigation item, `here` the path shown (to come back to)."""

    title: str
    project: str
    project_note: str
    person: str
    role: str
    nav: tuple[NavItem, ...]
    current: str
    csrf: str
    now: datetime
    here: str = "/"
    locale: Literal["zh_CN", "en"] = "zh_CN"
    theme: Literal["auto", "light", "dark"] = "auto"
    crumbs: tuple[Action, ...] = ()
    action: Action | None = None
    flash: str = ""
    search_url: str = "/deals"
    theme_url: str = "/me/theme"
    locale_url: str = "/me/locale"
    sign_out_url: str = "/sign-out"

    @property
    def initial(self) -> str:
        return self.person[-1:] if self.locale == "zh_CN" else self.person[:1]


# ---------------------------------------------------------------- parts of a case


@dataclass(frozen=True, slots=True)
class Stage:
    key: str
    label: str
    status: Literal["past", "now", "todo"]
    note: str = ""


@dataclass(frozen=True, slots=True)
class ClockBar:
    """A clock in words and cells. `cells` of the rule, `spent` of them gone; a paused one says why."""

    label: str
    due: datetime
    cells: int
    spent: int
    left_words: str
    tone: Tone = ""
    paused_why: str = ""


@dataclass(frozen=True, slots=True)
class Need:
    """One thing a step needs. `mine`: this person can clear it, by `how`. `who`: the roles or people it waits for."""

    code: str
    text: str
    met: bool
    mine: bool = False
    who: tuple[str, ...] = ()
    since: datetime | None = None
    rule: str = ""
    note: str = ""
    how: Action | None = None
    key: str = ""  # tells needs of one code apart

    @property
    def mark(self) -> str:
        """What the need is called within its step."""
        return self.key or self.code


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the case: `open` when nothing is missing, `permitted` when this person may take it (else `who` may).

    `place`: `next` is a panel of its own, `more` a row among the other steps, `back` a row among the ways back.
    """

    event: str
    label: str
    needs: tuple[Need, ...]
    open: bool
    permitted: bool
    form: Form | None = None
    preview: tuple[str, ...] = ()
    inverse_of: str = ""
    who: tuple[str, ...] = ()
    note: str = ""
    place: Literal["next", "more", "back"] = "next"
    group: str = ""  # the heading under which it stands among others

    @property
    def mine(self) -> tuple[Need, ...]:
        return tuple(n for n in self.needs if not n.met and n.mine)

    @property
    def waiting(self) -> tuple[Need, ...]:
        return tuple(n for n in self.needs if not n.met and not n.mine)

    @property
    def met(self) -> tuple[Need, ...]:
        return tuple(n for n in self.needs if n.met)

    @property
    def missing(self) -> int:
        return len(self.needs) - len(self.met)


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One event of the case. `actor` and `initial` are empty for the service itself, which shows `icon`."""

    id: str
    at: datetime
    day: str
    title: str
    actor: str = ""
    initial: str = ""
    text: str = ""
    quote: str = ""
    icon: str = "shield"
    from_stage: Badge | None = None
    to_stage: Badge | None = None
    papers: tuple[Action, ...] = ()


@dataclass(frozen=True, slots=True)
class MoneyLine:
    """One line of the ledger. `delta` is signed fen, `balance` the cleared balance after it."""

    id: str
    at: datetime
    label: str
    delta: int
    balance: int
    note: str = ""
    uncleared: bool = False


@dataclass(frozen=True, slots=True)
class ChargeRow:
    """A line of what is to be paid: `paid` is confirmed, `waiting` awaits the bank, `open` nobody has paid."""

    label: str
    due: str
    amount: int
    paid: int
    waiting: int
    open: int
    late: bool = False


@dataclass(frozen=True, slots=True)
class Receipt:
    id: str
    number: str
    at: datetime
    title: str
    payer: str
    method: str
    amount: int
    state: Badge
    href: str = ""
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True, slots=True)
class Refund:
    id: str
    payee: str
    amount: int
    state: Badge
    asked: datetime
    due: datetime | None = None
    note: str = ""
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True, slots=True)
class Money:
    """The money of a deal. `agreed` 0 hides the meter."""

    balance: int
    uncleared: int
    agreed: int
    agreed_label: str
    lines: tuple[MoneyLine, ...] = ()
    receipts: tuple[Receipt, ...] = ()
    refunds: tuple[Refund, ...] = ()
    actions: tuple[Action, ...] = ()
    charges: tuple[ChargeRow, ...] = ()


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A paper or an uploaded file. `href` opens its bytes; `waiting` says why there are none yet."""

    id: str
    title: str
    note: str
    by: str
    at: datetime
    state: Badge
    href: str = ""
    waiting: str = ""
    icon: str = "file"
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """A titled list of (word, value): buyers, plan, client, agreement."""

    title: str
    rows: tuple[tuple[str, str], ...]
    action: Action | None = None


@dataclass(frozen=True, slots=True)
class Banner:
    """A side path or an end under the stage bar: withdrawing, lost, lapsed, short. `steps` are its own small stages."""

    title: str
    text: str
    tone: Tone = "warn"
    icon: str = "alert"
    steps: tuple[Stage, ...] = ()


@dataclass(frozen=True, slots=True)
class Tab:
    label: str
    href: str
    current: bool = False
    count: int | None = None


# ---------------------------------------------------------------- pages


@dataclass(frozen=True, slots=True)
class SignInPage:
    """`samples` are (name, role, account) of a sample world; empty outside it. `samples_note` says what they are for."""

    form: Form
    samples: tuple[tuple[str, str, str], ...] = ()
    samples_note: str = ""


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a plain table: its cells in the order of the head, the first one a link where there is one."""

    id: str
    cells: tuple[str, ...]
    note: str = ""  # small, under the first cell
    href: str = ""
    state: Badge | None = None
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A plain table. `figures` are the columns that hold numbers; `empty` says that there is no row."""

    id: str
    caption: str
    head: tuple[str, ...]
    rows: tuple[TableRow, ...]
    figures: tuple[int, ...] = ()
    empty: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """A step of a checklist: done, now or to do; what can be done about it stands below."""

    label: str
    status: Literal["past", "now", "todo"]
    note: str = ""
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A card of a smaller case or of a list: state, facts, checklist, steps, tables."""

    id: str
    title: str
    sub: str = ""
    badge: Badge | None = None
    facts: tuple[tuple[str, str], ...] = ()
    checks: tuple[Check, ...] = ()
    steps: tuple[Step, ...] = ()
    tables: tuple[Table, ...] = ()
    actions: tuple[Action, ...] = ()
    filter: Form | None = None


@dataclass(frozen=True, slots=True)
class SheetPage:
    """A page made of such cards."""

    title: str
    sections: tuple[Section, ...]
    sub: str = ""
    badge: Badge | None = None
    tabs: tuple[Tab, ...] = ()
    actions: tuple[Action, ...] = ()
    notice: str = ""
    refused: tuple[Need, ...] = ()  # why an act that has no form on this page was refused


@dataclass(frozen=True, slots=True)
class DealRow:
    id: str
    href: str
    name: str
    note: str
    unit: str
    stage: str
    step: int
    steps: int
    next_text: str
    next_note: str = ""
    owner: str = ""
    clock: ClockBar | None = None
    state: Badge | None = None


@dataclass(frozen=True, slots=True)
class DealsPage:
    rows: tuple[DealRow, ...]
    query: str = ""
    tabs: tuple[Tab, ...] = ()
    sub: str = ""
    more_href: str = ""
    register: Action | None = None


@dataclass(frozen=True, slots=True)
class DealPage:
    """`facts` are short texts under the name, the first one strong. `phone` is a tel: number or empty."""

    id: str
    name: str
    number: str
    facts: tuple[str, ...]
    stages: tuple[Stage, ...]
    steps: tuple[Step, ...]
    timeline: tuple[TimelineEntry, ...]
    money: Money | None = None
    papers: tuple[PaperRow, ...] = ()
    papers_actions: tuple[Action, ...] = ()
    clocks: tuple[ClockBar, ...] = ()
    badge: Badge | None = None
    banner: Banner | None = None
    details: tuple[Facts, ...] = ()
    composer: Form | None = None
    timeline_tabs: tuple[Tab, ...] = ()
    actions: tuple[Action, ...] = ()
    phone: str = ""
    notice: str = ""  # what the last act did, said once
    refused: tuple[Need, ...] = ()  # why an act that has no form on this page was refused
    sections: tuple[Section, ...] = ()  # smaller cases of the deal: its filing, its handover

    def placed(self, place: str) -> tuple[Step, ...]:
        return tuple(s for s in self.steps if s.place == place)


@dataclass(frozen=True, slots=True)
class Stat:
    label: str
    value: str
    note: str = ""
    tone: Tone = ""


@dataclass(frozen=True, slots=True)
class TaskRow:
    id: str
    href: str
    name: str
    note: str
    what: str
    why: str
    clock: ClockBar | None = None
    stage: str = ""
    step: int = 0
    steps: int = 8
    phone: str = ""
    act: str = ""  # word on the row's button, which opens `href`


@dataclass(frozen=True, slots=True)
class TaskGroup:
    title: str
    rows: tuple[TaskRow, ...]
    note: str = ""
    tone: Tone = ""


@dataclass(frozen=True, slots=True)
class TodayPage:
    day: date
    greeting: str
    groups: tuple[TaskGroup, ...]
    stats: tuple[Stat, ...] = ()
    tabs: tuple[Tab, ...] = ()
    empty_note: str = ""


@dataclass(frozen=True, slots=True)
class UnitCell:
    """A cell of the unit list. `line` is the price or the masked client, `left` the short time left; `label` says everything."""

    id: str
    href: str
    room: str
    look: UnitLook
    glyph: str
    label: str
    line: str = ""
    left: str = ""
    selected: bool = False
    blocked: bool = False


@dataclass(frozen=True, slots=True)
class UnitColumn:
    label: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class UnitFloor:
    label: str
    cells: tuple[UnitCell | None, ...]


@dataclass(frozen=True, slots=True)
class UnitLegend:
    look: UnitLook
    glyph: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class UnitDetail:
    title: str
    state: Badge
    price: int
    facts: tuple[tuple[str, str], ...]
    actions: tuple[Action, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class UnitsPage:
    caption: str
    sub: str
    columns: tuple[UnitColumn, ...]
    floors: tuple[UnitFloor, ...]
    legend: tuple[UnitLegend, ...]
    detail: UnitDetail | None = None
    buildings: tuple[Tab, ...] = ()


@dataclass(frozen=True, slots=True)
class RegisterPage:
    form: Form
    tabs: tuple[Tab, ...] = ()  # 到访, 来电


@dataclass(frozen=True, slots=True)
class Probe:
    """The answer below a field while typing: a client found by phone, a sum in words."""

    text: str
    tone: Tone = ""
    href: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class PapersPage:
    title: str
    sub: str
    rows: tuple[PaperRow, ...]
    tabs: tuple[Tab, ...] = ()
    actions: tuple[Action, ...] = ()
    back: Action | None = None
    query: str | None = None  # a search by number stands on the page; what was typed there


@dataclass(frozen=True, slots=True)
class ProblemPage:
    """403, 404, 409, 422, 500 and friends: what happened, why (every reason), and the ways out."""

    status: int
    title: str
    text: str
    reasons: tuple[Need, ...] = ()
    ways_out: tuple[Action, ...] = ()
    search: bool = False
    number: str = ""  # of the error, to be told to the administrator


@dataclass(frozen=True, slots=True)
class PolicyRow:
    """A number or choice of the project. `edit` proposes another value, unless one waits already."""

    key: str
    label: str
    rule: str
    value: str
    default: str
    changed: Badge | None
    edit: Action | None


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """A proposed change of a policy, waiting or answered. `change` says both values, `answered` what became of it and by whom."""

    id: str
    label: str
    change: str
    reason: str
    proposed: str
    answered: str = ""
    state: Badge | None = None
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True, slots=True)
class PoliciesPage:
    """`heads` are the columns of the proposals' tables. `refused` says why an answer to a proposal was not taken."""

    rows: tuple[PolicyRow, ...]
    heads: tuple[str, ...] = ()
    waiting_title: str = ""
    waiting: tuple[ProposalRow, ...] = ()
    history_title: str = ""
    history: tuple[ProposalRow, ...] = ()
    refused: tuple[str, ...] = ()
