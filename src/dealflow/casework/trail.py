"""What decide keeps while it thinks: a trail for each case it touches, and the draft of the plan."""

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

import msgspec
from msgspec.structs import replace

from dealflow.casework import events
from dealflow.casework.changes import Add, Deadline, Drop, End, Expect, Link, Open, Put, Row, RowChange, Say, Send, Set
from dealflow.casework.command import Answer, Command, identify
from dealflow.casework.dossier import Dossier, Head, Running
from dealflow.casework.house import BoundStep, House, PaperKind
from dealflow.casework.parts import Part
from dealflow.casework.plan import CaseWrite, Line, Move, PaperWrite, Plan, TaskEnd
from dealflow.db.tables.casework import deadlines, jobs, links, tasks
from dealflow.kernel import canonical, duration
from dealflow.kernel.duration import Duration
from dealflow.kernel.errors import Refused, Unmet
from dealflow.workflow.records import NONE, ClockRule, PolicyKey


@dataclass
class Trail:
    """One case on its way through the plan: its image, and the moves it has made so far."""

    image: Dossier
    first: Head
    state: str
    former: str
    head: str
    moves: list[Move] = field(default_factory=list)

    @property
    def kind(self) -> str:
        """The kind of the case."""
        return self.first.kind

    @property
    def seq(self) -> int:
        """The sequence number of the last event."""
        return self.first.seq + len(self.moves)

    def enter(self, target: str) -> None:
        """Stand in the next state; a step that keeps the state keeps the former one too."""
        if target != self.state:
            self.former, self.state = self.state, target
        self.image = replace(self.image, case=replace(self.image.case, state=self.state, former=self.former))


Todo = tuple[Trail, str, Mapping[str, object]]


class _Nothing(dict[Part[Any], tuple[Any, ...]]):
    """The rows of a case that is only just opened: none, of any part."""

    def __missing__(self, part: Part[Any]) -> tuple[Any, ...]:
        return ()


class Draft:
    """The plan in the making."""

    def __init__(self, house: House, dossier: Dossier, command: Command) -> None:
        self.house, self.root, self.command = house, dossier, command
        self.trails: dict[int, Trail] = {}
        self.todo: deque[Todo] = deque()
        self.opening: list[tuple[Trail, Open]] = []
        self.changes: list[RowChange] = []
        self.papers: list[PaperWrite] = []
        self.ends: list[TaskEnd] = []
        self.told: list[Callable[[], Line]] = []
        self.moved = 0  # lines at the beginning of `told` that tell moves
        self.named: dict[str, int] = {}

    # ---- cases
    def trail(self, d: Dossier) -> Trail:
        """The trail of a case, begun when it is first touched; the image then knows what the plan has changed so far."""
        if d.case.id not in self.trails:
            self.trails[d.case.id] = Trail(d.after(self.changes), d.case, d.case.state, d.case.former, d.case.head)
        return self.trails[d.case.id]

    def other(self, trail: Trail, link: str) -> Trail:
        """The case at the other end of a link."""
        wanted = trail.image.links[link]
        return self.trails[wanted] if wanted in self.trails else self.trail(trail.image.linked[link])

    def open_cases(self, take: Callable[..., None]) -> None:
        """Open what steps asked for: each new case takes its first step on an empty dossier."""
        while self.opening:
            parent, asked = self.opening.pop(0)
            case = identify(self.command.key, f"{parent.first.id}/{parent.seq}/{asked.kind}/{asked.name}")
            self.begin(parent, asked, case, take)
            self.named[asked.name] = case
            if asked.linked and asked.name in self.house.of(parent.kind, parent.first.workflow).workflow.links:
                self.link(parent, asked.name, case)

    def begin(self, parent: Trail, asked: Open, case: int, take: Callable[..., None]) -> Trail:
        """The trail of a new case and its first event."""
        d = parent.image
        head = Head(
            case, d.case.project_id, asked.kind, asked.called or d.case.name, self.house.current[asked.kind], NONE, NONE, 0, 0, ""
        )
        image = replace(
            d, case=head, answers=asked.answers, rows=_Nothing(), links=dict(asked.links), clocks={}, linked={}, others={}
        )
        trail = self.trails[case] = Trail(image, head, NONE, NONE, "")
        for name, other in asked.links.items():
            self.changes.append(Put(links, {"case_id": case, "name": name, "other": other}))  # one statement with other links
        step = self.house.of(asked.kind, head.workflow).candidates[NONE, asked.event][0]
        take(self, trail, step)
        return trail

    # ---- changes
    def note(self, trail: Trail, change: Any) -> list[RowChange]:
        """Rows as they are; links and clocks in their own tables."""
        match change:
            case Link(name, other):
                self.link(trail, name, other)
            case Deadline(clock, due):
                self.put_clock(trail, self.rule(trail, clock), due)
            case End(clock):
                self.stop_clock(trail, clock)
            case Add() | Set() | Put() | Drop():
                if not isinstance(change, Drop) and change.says:
                    self.told.append(partial(self.row_line, change.says))
                return [change]
        return []

    def apply(self, trail: Trail, rows: list[RowChange]) -> None:
        """Put rows into the plan and into the images of every case in play."""
        if rows:
            self.changes += rows
            for other in self.trails.values():
                other.image = other.image.after(rows)

    def link(self, trail: Trail, name: str, other: int) -> None:
        """From now on the case has this other case under this name."""
        self.changes.append(Put(links, {"case_id": trail.first.id, "name": name, "other": other}))
        trail.image = replace(trail.image, links={**trail.image.links, name: other})

    def task(self, trail: Trail, send: Send) -> RowChange:
        """A task row for a role or a person."""
        d = trail.image
        self.told.append(partial(self.task_line, send))
        body = canonical.text(send.evidence)
        row = {
            "id": d.fresh(f"task/{send.topic}/{send.role}/{send.person}/{len(self.changes)}"),
            "case_id": trail.first.id,
            "topic": send.topic,
            "role": send.role,
            "person": send.person,
        }
        return Add(tasks, {**row, "body": body, "made_at": d.entered, "due_at": send.due, "open": True, "closed_at": None})

    def role_words(self, role: str) -> tuple[str, str]:
        """A role in both languages."""
        text = self.house.texts.get(f"who.{role}")
        return (text.zh, text.en) if text else (role, role)

    def end_tasks(self, trail: Trail, topic: str) -> None:
        """Open tasks of the topic on this case are settled."""
        self.ends.append(TaskEnd(trail.first.id, topic, trail.image.entered))

    # ---- clocks
    def rule(self, trail: Trail, clock: str) -> ClockRule:
        """A clock of the case's workflow."""
        return self.house.of(trail.kind, trail.first.workflow).clock(clock)

    def set_clocks(self, trail: Trail, bound: BoundStep, source: str) -> None:
        """Start the step's clocks; stop, hold or wake those that the new state or the event concerns."""
        workflow = self.house.of(trail.kind, trail.first.workflow).workflow
        started = {s.clock: s for s in bound.step.starts}
        for name, rule in workflow.clocks.items():
            stands = trail.image.clocks.get(name)
            if name in started:
                former = stands.due_at if stands and started[name].former else None
                due = former or self.due(trail.image, rule)
                running = stands.due_at if stands and stands.open else due
                self.put_clock(trail, rule, max(due, running))  # a record entered late never shortens what runs (C-15)
            elif stands and stands.open:
                if bound.step.event in rule.ends_on or trail.state not in rule.runs_in | rule.waits_in:
                    self.stop_clock(trail, name)
                elif stands.running != (trail.state in rule.runs_in):
                    self.write_clock(trail, rule, stands.due_at, open_=True)
            elif (
                stands
                and rule.warns
                and trail.state != source
                and trail.state not in rule.runs_in
                and stands.due_at < trail.image.now
            ):
                self.end_tasks(trail, rule.warns)

    def due(self, d: Dossier, rule: ClockRule) -> datetime:
        """When a clock that starts now is due: a duration of the file or of the project's policy, on the project's calendar."""
        after = d.policy[rule.after.key] if isinstance(rule.after, PolicyKey) else rule.after
        length = after if isinstance(after, Duration) else duration.parse(str(after))
        return length.due(d.now, self.house.zone, self.house.calendar)

    def put_clock(self, trail: Trail, rule: ClockRule, due: datetime) -> None:
        """Set a clock anew: a warning that it gave before is settled."""
        stands = trail.image.clocks.get(rule.name)
        if rule.warns and stands and not stands.open and stands.due_at < trail.image.entered:
            self.end_tasks(trail, rule.warns)
        self.write_clock(trail, rule, due, open_=True)
        self.told.append(partial(self.clock_line, trail.first.id, rule, due))

    def stop_clock(self, trail: Trail, name: str) -> None:
        """End a clock: its row keeps the former due moment."""
        stands = trail.image.clocks.get(name)
        if stands and stands.open:
            self.write_clock(trail, self.rule(trail, name), stands.due_at, open_=False)

    def write_clock(self, trail: Trail, rule: ClockRule, due: datetime, *, open_: bool) -> None:
        """The clock's one row, and the image of it."""
        running = open_ and trail.state in rule.runs_in
        key = {"case_id": trail.first.id, "clock": rule.name}
        more = {"fires": bool(rule.fires), "role": rule.role, "set_by": trail.seq + 1, "next_try": due, "fault": None}
        self.changes.append(Put(deadlines, {**key, "due_at": due, "open": open_, "running": running, **more}))
        clocks = {**trail.image.clocks, rule.name: Running(rule.name, due, open_, running)}
        trail.image = replace(trail.image, clocks=clocks)

    # ---- papers
    def issue(self, trail: Trail, kinds: tuple[PaperKind, ...]) -> list[PaperWrite]:
        """Papers of a step: facts told from the image, proved complete and printable before any number is taken."""
        papers = [self.paper(trail, kind) for kind in kinds]
        self.papers += papers
        return papers

    def paper(self, trail: Trail, kind: PaperKind) -> PaperWrite:
        """One paper: its frozen facts, its own case, its place in the series, its place in the printer's queue."""
        d = trail.image
        facts = self.facts(d, kind)
        code = kind.kind.replace("-", "")
        case = identify(self.command.key, f"{trail.first.id}/{trail.seq + 1}/paper/{kind.kind}")
        self.opening.append(
            (trail, Open("paper", kind.kind, "issue", {"of": trail.first.id}, {"paper": kind.kind}, kind.title.zh))
        )
        row = {
            "id": case,
            "of_case": trail.first.id,
            "seq": trail.seq + 1,
            "kind": kind.kind,
            "template": kind.template,
            "facts": facts,
        }
        series = f"{d.project.code}-{code}-{d.now.astimezone(self.house.zone):%y}"
        self.told.append(partial(self.paper_line, trail.first.id, kind, case))
        job = {
            "id": identify(self.command.key, f"print/{case}"),
            "kind": "print",
            "subject": case,
            "state": "waiting",
            "attempts": 0,
        }
        self.changes.append(Add(jobs, {**job, "made_at": d.entered, "lease_until": None, "fault": None}))
        return PaperWrite(
            {**row, "series": series, "issued_at": d.now, "issued_by": d.actor.id, "file": None, "engine": None}, kind
        )

    def facts(self, d: Dossier, kind: PaperKind) -> str:
        """The facts as canonical JSON. Raises Refused naming every missing one, or what no face can print."""
        told = {name: self.fact(d, fact) for name, fact in kind.inputs.items()}
        plain = msgspec.to_builtins(told)
        missing = kind.faults(plain)
        titles = {"paper": kind.title.zh, "paper_en": kind.title.en}
        wants = [Unmet("casework.paper_fact_missing", {**titles, "label": m.zh, "label_en": m.en}) for m in missing]
        text = canonical.text(plain)
        if not wants and (odd := self.house.unprintable(text)):
            wants = [Unmet("casework.paper_unprintable", {**titles, "characters": odd})]
        if wants:
            raise Refused([self.house.tell(w) for w in wants])
        return text

    def fact(self, d: Dossier, name: str) -> object:
        """What a shelf tells."""
        room = name.partition(".")[0]
        return self.house.shelves[room].facts[name].run(d)

    # ---- history and the whole
    def record(
        self, trail: Trail, bound: BoundStep, source: str, target: str, rows: list[RowChange], papers: list[PaperWrite]
    ) -> None:
        """The chained event of a step."""
        d = trail.image
        body, personal = events.body(d, bound, self.command, source, target, rows, papers)
        digest = canonical.chained(trail.head, body)
        row = {
            "case_id": trail.first.id,
            "seq": trail.seq + 1,
            "at": d.now,
            "entered_at": d.entered,
            "actor": d.actor.id,
            "name": bound.step.event,
        }
        move = Move(
            trail.first.id,
            trail.kind,
            bound,
            source,
            target,
            {**row, "source": source, "target": target, "body": body, "previous": trail.head, "hash": digest},
        )
        self.changes += personal
        trail.moves.append(move)
        trail.head = digest
        case = replace(d.case, seq=trail.seq, version=d.case.version + 1, head=digest)
        trail.image = replace(d, case=case)
        if trail.kind != "paper" or source != NONE:  # "issue the receipt" says it already
            self.told.insert(self.moved, partial(self.move_line, trail, move))  # before what follows from moves
        self.moved += 1

    # ---- in words, for whoever looks before the step
    def row_line(self, says: Say) -> Line:
        """A row in words."""
        zh, en = self.house.words(says)
        return Line("row", zh, en, says.evidence)

    def task_line(self, send: Send) -> Line:
        """A task in words."""
        zh, en = self.role_words(send.role)
        return Line("task", f"通知{zh}", f"Task for {en}", {"topic": send.topic, "role": send.role})

    def clock_line(self, case: int, rule: ClockRule, due: datetime) -> Line:
        """A deadline in words."""
        local = f"{due.astimezone(self.house.zone):%Y-%m-%d %H:%M}"
        data = {"case": case, "clock": rule.name, "due": due}
        return Line("deadline", f"{rule.label.zh}：{local} 前", f"{rule.label.en}: by {local}", data)

    def paper_line(self, of_case: int, kind: PaperKind, case: int) -> Line:
        """A paper in words."""
        data = {"case": of_case, "kind": kind.kind, "paper": case}
        return Line("paper", f"出具{kind.title.zh}", f"Issue {kind.title.en}", data)

    def move_line(self, trail: Trail, move: Move) -> Line:
        """A move in words."""
        workflow = self.house.of(trail.kind, trail.first.workflow).workflow
        at = workflow.states.get(move.source)
        to = workflow.states[move.target]
        label = move.step.step.label
        zh, en = f"{workflow.label.zh}：{label.zh}", f"{workflow.label.en}: {label.en}"
        if at and at.name != to.name:
            zh, en = f"{zh}（{at.label.zh} → {to.label.zh}）", f"{en} ({at.label.en} → {to.label.en})"
        return Line("move", zh, en, {"case": move.case, "event": move.step.step.event, "from": move.source, "to": move.target})

    def plan(self) -> Plan:
        """The draft as a plan: one write for each case, facts of unmoved cases pinned, the answer under the command's key."""
        first = next(iter(self.trails.values()))
        seqs = {c.id: c for c in (self.case_write(t) for t in self.trails.values() if t.moves)}
        papers = {p.paper.kind: int(str(p.row["id"])) for p in self.papers}
        opened = {name: case for name, case in self.named.items() if name not in papers}
        answer = Answer(first.kind, first.first.id, first.state, first.image.case.version, first.seq, opened, papers)
        others = {h.id: h for t in self.trails.values() for h in t.image.others.values()}
        expects = tuple(Expect(h.id, h.version, self.moved_on(h.kind, h.name)) for h in others.values() if h.id not in seqs)
        moves = tuple(m for t in self.trails.values() for m in t.moves)
        return Plan(
            moves,
            tuple(seqs.values()),
            tuple(self.changes),
            tuple(self.papers),
            tuple(self.ends),
            expects,
            None,
            answer,
            tuple(self.told),
        )

    def moved_on(self, kind: str, name: str) -> Say:
        """What is told when a case is no longer as it was read."""
        return Say("casework.moved_on", self.house.named(kind, name))

    def case_write(self, trail: Trail) -> CaseWrite:
        """All moves of one case as one row write."""
        d, last = trail.image, trail.moves[-1]
        values: Row = {"state": trail.state, "former": trail.former, "head": trail.head, "moved_at": last.event["at"]}
        new: Row | None = None
        if trail.first.version == 0 and trail.first.state == NONE:
            named = {
                "id": d.case.id,
                "project_id": d.case.project_id,
                "kind": d.case.kind,
                "name": self.called(trail),
                "workflow": d.case.workflow,
            }
            new = {**named, **values, "version": len(trail.moves), "seq": trail.seq, "opened_at": trail.moves[0].event["at"]}
        return CaseWrite(
            trail.first.id,
            new,
            trail.first.version,
            {**values, "moves": len(trail.moves)},
            self.moved_on(trail.kind, d.case.name),
        )

    def called(self, trail: Trail) -> str:
        """What people will call a new case."""
        return str(trail.image.answers.get("code") or trail.image.case.name)
