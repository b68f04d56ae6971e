"""The look: every template is rendered from rich sample values, in both languages, and held to the promises of the interface."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path

import pytest
from jinja2.ext import babel_extract

from dealflow.web import pages
from dealflow.web.texts_en import EN
from dealflow.web.views import (
    UNIT_LOOKS,
    Action,
    Badge,
    Banner,
    ClockBar,
    DealPage,
    DealRow,
    DealsPage,
    Difference,
    Facts,
    Field,
    Form,
    Frame,
    Money,
    MoneyLine,
    NavItem,
    Need,
    Option,
    PaperRow,
    PapersPage,
    Probe,
    Problem,
    ProblemPage,
    Receipt,
    Refund,
    RegisterPage,
    SignInPage,
    Stage,
    Stat,
    Step,
    Tab,
    TaskGroup,
    TaskRow,
    TimelineEntry,
    TodayPage,
    UnitCell,
    UnitColumn,
    UnitDetail,
    UnitFloor,
    UnitLegend,
    UnitsPage,
)

Say = Callable[[str, str], str]
TEMPLATES = pages.HERE / "templates"
NOW = datetime(2026, 11, 22, 2, 20, tzinfo=UTC)
PAGES = ("sign_in", "deals", "deal", "deal_ready", "units", "today", "register", "papers", "refused", "missing", "fault")


def saying(locale: str) -> Say:
    return (lambda zh, en: en) if locale == "en" else (lambda zh, en: zh)


def frame(locale: str, title: str, current: str, theme: str = "auto", here: str = "deal") -> Frame:
    s = saying(locale)
    nav = (
        NavItem("today", s("今天", "Today"), "/today", "today", 5, hot=True),
        NavItem("deals", s("交易", "Deals"), "/deals", "deal", 12),
        NavItem("units", s("销控表", "Units"), "/units", "grid"),
        NavItem("register", s("到访登记", "Register"), "/register", "plus"),
    )
    return Frame(
        title=title,
        project=s("江屿澜庭", "River Isle Court"),
        project_note=s("一期 1 栋 20 套", "Phase 1, 20 units"),
        person=s("林知夏", "Lin Zhixia"),
        role=s("置业顾问", "Salesperson"),
        nav=nav,
        current=current,
        csrf="token-1",
        now=NOW,
        locale="en" if locale == "en" else "zh_CN",
        theme="dark" if theme == "dark" else "light" if theme == "light" else "auto",
        here="/deals/1184",
        crumbs=(Action(s("交易", "Deals"), href="/deals"),) if here == "deal" else (),
        action=Action(s("登记新访", "Register a visit"), href="/register", icon="plus"),
    )


def clock(s: Say, tone: str = "warn") -> ClockBar:
    if tone == "bad":
        words = s("剩 10 小时", "10 hours left")
        return ClockBar(s("七日跟进", "Seven-day follow-up"), NOW + timedelta(hours=10), 7, 7, words, "bad")
    return ClockBar(s("定金补足", "Deposit top-up"), NOW + timedelta(days=3), 7, 4, s("剩 3 天", "3 days left"), "warn")


def upload_form(s: Say) -> Form:
    return Form(
        "scan-d18",
        "/deals/1184/papers/d18/scan",
        (
            Field(
                "scan",
                s("签字页扫描件", "Scan of the signed page"),
                "file",
                camera=True,
                multiple=True,
                hint=s("每页一张，单个不超过 20 MB", "One file a page, 20 MB at most"),
            ),
        ),
        s("上传扫描件", "Upload the scan"),
        key="k-1",
        version="14",
    )


def buyer_row(s: Say, n: str, name: str = "") -> tuple[Field, ...]:
    return (
        Field(f"buyers.{n}.name", s("姓名", "Name"), value=name, longest=40),
        Field(f"buyers.{n}.id_number", s("身份证号", "ID number"), longest=18),
        Field(f"buyers.{n}.share", s("份额", "Share"), "number", required=False),
    )


def sale_form(s: Say, problem: bool = False) -> Form:
    plan = (Option("cash", s("一次性", "Cash")), Option("loan", s("商业贷款", "Bank loan")))
    unit = (Option("", s("请选择", "Choose")), Option("1-1201", "1-1201"))
    price_error = (
        s("低于底价 1,950,000 元，需先批准", "Below the floor price of CNY 1,950,000; approval comes first") if problem else ""
    )
    return Form(
        "prepare-sale",
        "/deals/1184/steps/prepare_sale",
        (
            Field("unit", s("房号", "Unit"), "select", "1-1201", unit),
            Field("price", s("成交总价", "Price"), "money", "1,998,747", error=price_error, live="/words/money"),
            Field("plan", s("付款方式", "Payment plan"), "choice", "loan", plan),
            Field("bank", s("贷款银行", "Bank"), shown_when=("plan", ("loan",)), required=False),
            Field("deposit", s("约定定金", "Agreed deposit"), "money", "50,000", hint=s("不少于 5,000 元", "At least CNY 5,000")),
            Field(
                "buyers",
                s("购房人", "Buyers"),
                "rows",
                rows=(buyer_row(s, "0", s("张立群", "Zhang Liqun")),),
                blank=buyer_row(s, "__n__"),
            ),
            Field("note", s("备注", "Note"), "textarea", required=False),
        ),
        s("保存认购准备", "Save the preparation"),
        key="k-2",
        version="14",
        problem=Problem(s("有 1 处需要改", "One thing to mend"), (("price", price_error),)) if problem else None,
        clash=(Difference(s("成交总价", "Price"), "1,990,000", "1,998,747"),) if problem else (),
    )


def agree_step(s: Say, ready: bool = False) -> Step:
    upload = Action(s("上传", "Upload"), form=upload_form(s), icon="up")
    needs = (
        Need(
            "d18.signed",
            s("认购书由全部购房人签字", "Agreement signed by every buyer"),
            ready,
            mine=True,
            rule="R-SUB-05",
            note=s("打印、签字后上传扫描件", "Print, sign, upload the scan"),
            how=upload,
        ),
        Need(
            "no_clause",
            s("补充条款已由经理确认", "Extra clause confirmed by the manager"),
            ready,
            who=(s("案场经理", "Sales manager"),),
            since=NOW - timedelta(hours=17),
            rule="R-SUB-08",
        ),
        Need("deposit", s("定金 50,000 元已到账", "Deposit of CNY 50,000 received"), True),
        Need("licence", s("预售许可有效", "Presale licence in force"), True),
    )
    form = Form("agree", "/deals/1184/steps/agree", (), s("签认购书", "Sign the agreement"), key="k-3", version="14")
    preview = (s("房源 1-1201 状态改为认购", "Unit 1-1201 becomes subscribed"), s("开具 D-20 认购登记", "Paper D-20 is issued"))
    return Step("agree", s("认购", "Subscribe"), needs, open=ready, permitted=True, form=form, preview=preview)


def other_steps(s: Say) -> tuple[Step, ...]:
    manager = (s("案场经理", "Sales manager"),)
    extend = Form(
        "extend",
        "/x",
        (Field("reason", s("理由", "Reason"), "textarea"), Field("due", s("新期限", "New due moment"), "datetime")),
        s("延长补足期限", "Extend"),
    )
    lose = Form(
        "void",
        "/x",
        (Field("reason", s("理由", "Reason"), "textarea"),),
        s("作废认购书", "Void the agreement"),
        danger=True,
        confirm=(s("认购书 D-18 作废并重开", "Paper D-18 is void and issued anew"),),
    )
    return (
        Step(
            "prepare_sale",
            s("认购准备", "Prepare the sale"),
            (),
            True,
            True,
            sale_form(s),
            place="more",
            note=s("房号、价格、付款方式、购房人", "Unit, price, plan, buyers"),
        ),
        Step("extend_top_up", s("延长补足期限", "Extend the top-up"), (), True, False, extend, who=manager, place="more"),
        Step(
            "take_deposit",
            s("收定金", "Take the deposit"),
            (Need("unit_free", s("房源未被占用", "The unit is free"), False, who=manager, rule="R-DEP-02"),),
            False,
            False,
            who=manager,
            place="more",
        ),
        Step("void_agreement", s("作废认购书", "Void the agreement"), (), True, True, lose, inverse_of="agree", place="back"),
    )


def deal_money(s: Say) -> Money:
    reverse = Form("reverse-7", "/x", (Field("reason", s("理由", "Reason"), "textarea"),), s("冲正收据", "Reverse"), danger=True)
    receipt = Receipt(
        "7",
        "SJ-2026-000007",
        NOW,
        s("定金收据", "Deposit receipt"),
        s("张立群", "Zhang Liqun"),
        "POS",
        3_000_000,
        Badge(s("已到账", "Cleared"), "ok"),
        "/papers/7",
        (Action(s("冲正", "Reverse"), form=reverse),),
    )
    refund = Refund(
        "3",
        s("张立群", "Zhang Liqun"),
        50_000,
        Badge(s("待付", "To be paid"), "acc"),
        NOW,
        NOW + timedelta(days=5),
        s("封号金退回", "Hold fee goes back"),
    )
    lines = (
        MoneyLine("1", NOW, s("封号金", "Hold fee"), 50_000, 50_000),
        MoneyLine("2", NOW, s("冲正", "Reversal"), -50_000, 0, uncleared=True),
    )
    return Money(
        3_000_000,
        100_050,
        5_000_000,
        s("约定定金", "Agreed deposit"),
        lines,
        (receipt,),
        (refund,),
        (Action(s("收定金", "Take the deposit"), form=replace(sale_form(s), id="take-deposit")),),
    )


def paper_rows(s: Say) -> tuple[PaperRow, ...]:
    return (
        PaperRow(
            "18",
            s("认购书 D-18 第 2 版", "Agreement D-18, version 2"),
            "RG-2026-00018",
            s("系统", "Service"),
            NOW,
            Badge(s("待签字", "To be signed"), "warn"),
            "/papers/18",
            actions=(Action(s("上传签字页", "Upload"), form=replace(upload_form(s), id="scan-row")),),
        ),
        PaperRow(
            "15",
            s("封号金收据", "Hold fee receipt"),
            "SJ-2026-000003",
            s("方静", "Fang Jing"),
            NOW,
            Badge(s("已作废", "Void")),
            waiting=s("正在生成", "Being made"),
        ),
    )


def timeline(s: Say) -> tuple[TimelineEntry, ...]:
    today, before = s("今天", "Today"), s("11 月 18 日", "18 Nov")
    return (
        TimelineEntry(
            "9",
            NOW,
            today,
            s("电话跟进", "Follow-up by phone"),
            s("林知夏", "Lin Zhixia"),
            s("夏", "L"),
            quote=s("客户下午来补签字。", "The client comes this afternoon to sign."),
        ),
        TimelineEntry(
            "8",
            NOW - timedelta(days=4),
            before,
            s("推进阶段", "Stage moved"),
            s("林知夏", "Lin Zhixia"),
            "",
            icon="deal",
            from_stage=Badge(s("封号", "Reservation"), "hold"),
            to_stage=Badge(s("认购", "Subscription"), "warn"),
        ),
        TimelineEntry(
            "7",
            NOW - timedelta(days=4, hours=1),
            before,
            s("开具收据", "Receipt issued"),
            icon="file",
            papers=(Action("SJ-2026-000007", href="/papers/7"),),
        ),
    )


def deal_page(s: Say, ready: bool = False) -> DealPage:
    names = (
        s("新访", "New visit"),
        s("跟踪", "Tracking"),
        s("封号", "Reservation"),
        s("认购", "Subscription"),
        s("签约", "Contract"),
        s("按揭", "Mortgage"),
        s("入住", "Move-in"),
        s("售后", "After-sales"),
    )
    stages = tuple(
        Stage(f"s{i}", n, "past" if i < 3 else "now" if i == 3 else "todo", "11-18" if i < 4 else "") for i, n in enumerate(names)
    )
    composer = Form(
        "follow-up",
        "/deals/1184/follow-ups",
        (
            Field(
                "kind",
                s("方式", "By"),
                "choice",
                "phone",
                (Option("phone", s("电话", "Phone")), Option("visit", s("到访", "Visit"))),
            ),
            Field("result", s("内容", "Text"), "textarea", longest=500),
        ),
        s("记录跟进", "Log a follow-up"),
    )
    leaving = Banner(
        s("退房中", "Withdrawing"),
        s("结清前房源保留", "The unit stays claimed until settled"),
        "warn",
        steps=(
            Stage("a", s("提出", "Proposed"), "past"),
            Stage("b", s("结算", "Settling"), "now"),
            Stage("c", s("退款", "Refund"), "todo"),
        ),
    )
    facts = (
        s("1 栋 1201", "Building 1, 1201"),
        s("三房两厅 118.62 ㎡", "3 rooms, 118.62 m2"),
        s("总价 1,998,747 元", "CNY 1,998,747"),
    )
    record = (
        Facts(s("购房人", "Buyers"), ((s("张立群", "Zhang Liqun"), "190****0001"),)),
        Facts(s("付款计划", "Plan"), ((s("商业贷款", "Loan"), "1,399,000"),)),
    )
    tabs = (Tab(s("全部", "All"), "?show=all", True), Tab(s("跟进", "Follow-ups"), "?show=follow"))
    return DealPage(
        "1184",
        s("张立群、刘玉梅", "Zhang Liqun, Liu Yumei"),
        "DF-2026-01184",
        facts,
        stages,
        (agree_step(s, ready), *other_steps(s)),
        timeline(s),
        deal_money(s),
        paper_rows(s),
        (),
        (clock(s), replace(clock(s), label=s("七日跟进", "Follow-up"), paused_why=s("封号期间", "while held"), tone=""))
        if not ready
        else (),
        Badge(s("补足剩 3 天", "Top-up: 3 days left"), "warn", "clock"),
        leaving if ready else None,
        record,
        composer,
        tabs,
        (Action(s("打印认购书", "Print the agreement"), href="/papers/18", icon="file"),),
        "19000000001",
        s("已记录跟进", "Follow-up logged") if ready else "",
    )


def unit_cells(s: Say) -> tuple[UnitFloor, ...]:
    states = list(UNIT_LOOKS)
    floors = []
    for floor in range(5, 0, -1):
        cells: list[UnitCell | None] = []
        for room in range(1, 5):
            state = states[(floor * 3 + room) % len(states)]
            look, glyph = UNIT_LOOKS[state]
            number = f"{floor:02d}{room:02d}"
            line = "199.4" + s("万", "0k") if look == "sale" else "张**" if s("a", "b") == "a" else "Zhang**"
            cells.append(
                UnitCell(
                    f"1-{number}",
                    f"/units?unit=1-{number}",
                    number,
                    look,
                    glyph if s("a", "b") == "a" else look[:1].upper(),
                    f"1-{number} {state}",
                    line,
                    "6h" if look == "hold" else "",
                    number == "0302",
                    number == "0501",
                )
            )
        floors.append(UnitFloor(str(floor), tuple(cells)))
    return tuple(floors)


def page_of(name: str, locale: str, theme: str = "auto") -> str:
    """A sample page as text. The throw-away viewer and the tests read the same samples."""
    s = saying(locale)
    register = Action(s("登记新访", "Register a visit"), href="/register", icon="plus")

    def show(template: str, title: str, current: str, page: object, signed_in: bool = True) -> str:
        around = frame(locale, title, current, theme, name.split("_")[0])
        return pages.render(
            template, locale, frame=around if signed_in else replace(around, person="", role="", nav=()), page=page
        )

    if name == "sign_in":
        fields = (
            Field("account", s("账号", "Account"), autocomplete="username"),
            Field("password", s("密码", "Password"), "password", autocomplete="current-password"),
        )
        form = Form("sign-in", "/sign-in", fields, s("登录", "Sign in"), in_place=False)
        return show(
            "sign_in.html",
            s("登录", "Sign in"),
            "",
            SignInPage(
                form,
                ((s("林知夏", "Lin Zhixia"), s("置业顾问", "Salesperson"), "sales1"),),
                s("只在样板数据中", "Sample world only"),
            ),
            signed_in=False,
        )
    if name == "deals":
        tones = ("bad", "warn")
        rows = tuple(
            DealRow(
                str(i),
                f"/deals/{i}",
                s(n, e),
                "190****00" + f"{i:02d}",
                "1-1201" if i % 2 else "",
                s("跟踪", "Tracking"),
                2 + i % 3,
                8,
                s("补签认购书", "Sign the agreement"),
                s("还差 2 项", "2 missing"),
                s("林知夏", "Lin Zhixia"),
                clock(s, tones[i % 2]) if i < 4 else None,
                Badge(s("已流失", "Lost")) if i == 4 else None,
            )
            for i, (n, e) in enumerate(
                (
                    ("张立群", "Zhang Liqun"),
                    ("黄雅琴", "Huang Yaqin"),
                    ("孙浩", "Sun Hao"),
                    ("朱丽华", "Zhu Lihua"),
                    ("胡志强", "Hu Zhiqiang"),
                )
            )
        )
        return show(
            "deals.html",
            s("交易", "Deals"),
            "deals",
            DealsPage(
                rows,
                "",
                (Tab(s("全部", "All"), "/deals", True, 5), Tab(s("认购", "Subscription"), "/deals?stage=subscribed", count=2)),
                s("共 5 单", "5 deals"),
                "/deals?after=5",
                register,
            ),
        )
    if name == "deal":
        return show("deal.html", s("张立群、刘玉梅", "Zhang Liqun, Liu Yumei"), "deals", deal_page(s))
    if name == "deal_ready":
        page = deal_page(s, ready=True)
        returned = replace(page.steps[1], form=sale_form(s, problem=True))
        return show(
            "deal.html",
            s("张立群、刘玉梅", "Zhang Liqun, Liu Yumei"),
            "deals",
            replace(page, steps=(page.steps[0], returned, *page.steps[2:])),
        )
    if name == "units":
        legend = tuple(
            UnitLegend(look, glyph if locale != "en" else look[:1].upper(), s(zh, en), 4)
            for (look, glyph), zh, en in (
                (UNIT_LOOKS["for_sale"], "可售", "For sale"),
                (UNIT_LOOKS["held"], "保留", "Held"),
                (UNIT_LOOKS["deposit"], "认购", "Subscribed"),
                (UNIT_LOOKS["contracted"], "签约", "Contracted"),
                (UNIT_LOOKS["delivered"], "入住", "Delivered"),
                (UNIT_LOOKS["unreleased"], "未推", "Not released"),
            )
        )
        detail = UnitDetail(
            "1-0302",
            Badge(s("可售", "For sale"), "ok"),
            199_874_700,
            ((s("建面", "Area"), "118.62 m2"), (s("户型", "Layout"), s("三房两厅", "3 rooms"))),
            (Action(s("选这套做认购准备", "Prepare a sale"), href="/deals"),),
            s("封号 72 小时", "Holds last 72 hours"),
        )
        return show(
            "units.html",
            s("销控表", "Units"),
            "units",
            UnitsPage(
                s("1 栋房源", "Units of building 1"),
                s("1 栋 20 套", "20 units"),
                tuple(UnitColumn(f"1-{i:02d}", "118 m2") for i in range(1, 5)),
                unit_cells(s),
                legend,
                detail,
            ),
        )
    if name == "today":
        row = TaskRow(
            "1",
            "/deals/1",
            s("黄雅琴", "Huang Yaqin"),
            "2046",
            s("跟进：总价顾虑", "Follow up: price"),
            s("七日跟进", "Seven-day follow-up"),
            clock(s, "bad"),
            s("跟踪", "Tracking"),
            2,
            8,
            "19000000002",
            s("记录跟进", "Log a follow-up"),
        )
        groups = (
            TaskGroup(s("逾期", "Overdue"), (row,), s("1 项", "1 task"), "bad"),
            TaskGroup(
                s("3 天内", "Within 3 days"),
                (
                    replace(row, id="2", name=s("孙浩", "Sun Hao"), clock=clock(s)),
                    replace(row, id="3", clock=None, phone="", act=""),
                ),
                s("2 项", "2 tasks"),
            ),
        )
        stats = (Stat(s("待办", "Tasks"), "12", s("已完成 4", "4 done")), Stat(s("逾期", "Overdue"), "1", tone="bad"))
        return show(
            "today.html",
            s("今天", "Today"),
            "today",
            TodayPage(
                date(2026, 11, 22),
                s("早上好，知夏", "Good morning"),
                groups,
                stats,
                (Tab(s("按期限", "By deadline"), "/today", True),),
            ),
        )
    if name == "register":
        channel = (Option("walk", s("自然到访", "Walk-in")), Option("web", s("网络", "Web")))
        fields = (
            Field("phone", s("手机号", "Phone"), "phone", live="/register/known"),
            Field("name", s("姓名", "Name"), longest=40),
            Field("channel", s("认知渠道", "Channel"), "select", "walk", channel),
            Field("party", s("同行人数", "Party"), "number", "2"),
            Field("earlier", s("已询问以前是否来过", "Asked about earlier contact"), "checkbox"),
            Field("secret", "x", "hidden", "1"),
        )
        return show(
            "register.html",
            s("到访登记", "Register"),
            "register",
            RegisterPage(
                Form("register", "/register", fields, s("登记到访", "Register the visit"), in_place=False),
                (Tab(s("到访", "Visit"), "/register", True), Tab(s("来电", "Call"), "/register?kind=call")),
            ),
        )
    if name == "papers":
        return show(
            "papers.html",
            s("资料与单据", "Papers"),
            "deals",
            PapersPage(
                s("资料与单据", "Papers"),
                "DF-2026-01184",
                paper_rows(s),
                (Tab(s("全部", "All"), "?", True),),
                back=Action(s("回到交易", "Back to the deal"), href="/deals/1184"),
            ),
        )
    home = (Action(s("回到今天", "Back to today"), href="/today"),)
    if name == "refused":
        return show(
            "problem.html",
            s("现在不能做这一步", "Not yet"),
            "deals",
            ProblemPage(
                409,
                s("现在不能做这一步", "This step is not open yet"),
                s("缺下面几项", "These are missing"),
                agree_step(s).needs[:2],
                home,
            ),
        )
    if name == "missing":
        return show(
            "problem.html",
            s("没有这一页", "Not found"),
            "",
            ProblemPage(
                404, s("没有这一页", "There is no such page"), s("可能已经移走", "It may have moved"), (), home, search=True
            ),
        )
    return show(
        "problem.html",
        s("出错了", "Something failed"),
        "",
        ProblemPage(500, s("系统出错了", "Something failed"), s("已经记下", "It is on record"), (), home, number="E-42"),
        signed_in=False,
    )


class Reading(HTMLParser):
    """What the promises are about: tags, labels, ids, references, and whether anything stands inline."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.inside: list[str] = []
        self.labelled: set[str] = set()
        self.wrapped: set[int] = set()
        self.inline: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {k: v or "" for k, v in attrs}
        self.tags.append((tag, values))
        if "label" in self.inside:
            self.wrapped.add(len(self.tags) - 1)
        if tag == "label" and "for" in values:
            self.labelled.add(values["for"])
        if tag not in ("input", "meta", "link", "br", "col", "use", "img"):
            self.inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self.inside and self.inside.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self.inside and self.inside[-1] in ("script", "style") and data.strip():
            self.inline.append(data)

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attrs for name, attrs in self.tags if name == tag]

    def ids(self) -> list[str]:
        return [attrs["id"] for _, attrs in self.tags if "id" in attrs]


@pytest.fixture(params=["zh_CN", "en"])
def locale(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=PAGES)
def shown(request: pytest.FixtureRequest, locale: str) -> Reading:
    return Reading(page_of(request.param, locale))


def messages() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for path in sorted(TEMPLATES.rglob("*.html")):
        with path.open("rb") as file:
            for _, _, message, _ in babel_extract(file, ("_", "gettext", "ngettext"), (), {"newstyle_gettext": "true"}):
                text = message if isinstance(message, str) else message[0]
                found.setdefault(text, set()).add(path.name)
    return found


def test_every_text_of_the_templates_has_its_english() -> None:
    assert {m: where for m, where in messages().items() if not EN.get(m)} == {}


def test_no_english_text_is_left_over() -> None:
    assert set(EN) - set(messages()) == set()


def test_english_texts_fill_the_same_places_as_the_chinese() -> None:
    places = re.compile(r"%\((\w+)\)s")
    assert [m for m, english in EN.items() if set(places.findall(m)) != set(places.findall(english))] == []


@pytest.mark.parametrize("name", PAGES)
def test_an_english_page_has_no_chinese(name: str) -> None:
    text = re.sub(r'<button name="locale".*?</button>', "", page_of(name, "en"))
    assert re.findall(r"[㐀-鿿。，：；（）“”]+", text.replace("中文", "")) == []


def test_a_page_has_one_heading_one_main_and_a_way_past_the_navigation(shown: Reading) -> None:
    assert (len(shown.all("h1")), len(shown.all("main"))) == (1, 1)
    assert {"href": "#main", "class": "skip"} in shown.all("a")


def test_landmarks_of_the_same_kind_have_different_names(shown: Reading) -> None:
    names = [nav.get("aria-label", "") for nav in shown.all("nav")]
    assert "" not in names
    assert len(names) == len(set(names))


def test_nothing_stands_inline_as_the_policy_demands(shown: Reading) -> None:
    assert shown.inline == []
    assert shown.all("style") == []
    assert [a for _, a in shown.tags if "style" in a or any(k.startswith(("on", "hx-on")) for k in a)] == []


def test_every_control_has_a_label(shown: Reading) -> None:
    bare = []
    for i, (tag, attrs) in enumerate(shown.tags):
        if tag in ("input", "select", "textarea") and attrs.get("type") != "hidden":
            named = attrs.get("id") in shown.labelled or i in shown.wrapped or "aria-label" in attrs
            bare += [] if named else [attrs]
    assert bare == []


def test_ids_are_unique_and_references_lead_somewhere(shown: Reading) -> None:
    ids = shown.ids()
    assert sorted({i for i in ids if ids.count(i) > 1}) == []
    wanted = {a["href"][1:] for a in shown.all("a") if a.get("href", "").startswith("#")}
    for _, attrs in shown.tags:
        for key in ("aria-describedby", "aria-labelledby", "for", "data-opens"):
            wanted.update(attrs.get(key, "").split())
    assert wanted - set(ids) == set()


def test_every_posting_form_carries_the_token_against_forgery(locale: str) -> None:
    for name in PAGES:
        for form in re.findall(r"<form[^>]*method=\"post\".*?</form>", page_of(name, locale), re.S):
            assert 'name="csrf" value="token-1"' in form


def test_icons_stand_in_the_sprite(shown: Reading) -> None:
    sprite = (pages.STATIC / "icons.svg").read_text(encoding="utf-8")
    assert [u["href"] for u in shown.all("use") if f'id="{u["href"].split("#")[1]}"' not in sprite] == []


def test_buttons_without_words_say_what_they_do(shown: Reading) -> None:
    assert [a for _, a in shown.tags if "sq" in a.get("class", "").split() and not a.get("aria-label")] == []


def test_a_closed_step_lists_own_needs_before_those_of_others() -> None:
    text = page_of("deal", "zh_CN")
    panel = text[text.index('id="step-agree"') : text.index('id="steps"')]
    assert panel.index("认购书由全部购房人签字") < panel.index("补充条款已由经理确认") < panel.index("定金 50,000 元已到账")
    assert "认购 · 还差 2 项" in panel
    assert "R-SUB-05" in panel


def test_a_closed_step_leads_to_its_first_missing_need_without_scripts() -> None:
    text = page_of("deal", "zh_CN")
    assert 'href="#step-agree-d18.signed" data-unmet' in text
    assert 'id="step-agree-d18.signed" data-missing' in text


def test_an_open_step_says_what_will_happen_before_it_is_taken() -> None:
    text = page_of("deal_ready", "zh_CN")
    sheet = text[text.index('id="sheet-agree"') :]
    assert sheet.index("将会发生") < sheet.index("房源 1-1201 状态改为认购") < sheet.index('type="submit"')


def test_a_form_sends_its_key_and_the_version_it_was_shown_with() -> None:
    text = page_of("deal", "zh_CN")
    form = text[text.index('<form class="form" id="agree"') if 'id="agree"' in text else text.index('id="scan-d18"') :]
    assert 'name="key"' in form[:900]
    assert 'name="version" value="14"' in form[:900]


def test_a_returned_form_keeps_what_was_typed_and_ties_the_fault_to_the_field() -> None:
    text = page_of("deal_ready", "zh_CN")
    assert 'value="1,998,747" id="prepare-sale-price" name="price" aria-describedby="prepare-sale-price-err"' in text
    assert '<a href="#prepare-sale-price">' in text


def test_what_people_typed_is_never_markup() -> None:
    page = replace(deal_page(saying("zh_CN")), name="<script>alert(1)</script>")
    text = pages.render("deal.html", "zh_CN", frame=frame("zh_CN", "x", "deals"), page=page)
    assert "<script>alert(1)" not in text
    assert "&lt;script&gt;alert(1)" in text


def test_money_is_exact_to_the_fen() -> None:
    assert [pages.exact(n) for n in (5, 123_456_789, -50)] == ["0.05", "1,234,567.89", "−0.50"]
    assert [pages.money(n) for n in (199_874_700, 199_874_750)] == ["1,998,747", "1,998,747.50"]


def test_moments_are_shown_in_the_zone_of_the_project() -> None:
    late = datetime(2026, 11, 22, 17, 30, tzinfo=UTC)
    assert (pages.moment(late), pages.day(late), pages.clock_time(late)) == ("2026-11-23 01:30", "2026-11-23", "01:30")
    assert (pages.long_day(late, "zh_CN"), pages.long_day(late, "en")) == ("11 月 23 日 周一", "Mon 23 Nov")


def test_parts_can_be_shown_by_themselves(locale: str) -> None:
    around = frame(locale, "x", "deals")
    page = deal_page(saying(locale))
    for part in ("next", "steps", "papers", "money", "details", "timeline"):
        assert 'id="' in pages.render(f"_parts/{part}.html", locale, frame=around, page=page)
    assert "probe ok" in pages.render("_parts/probe.html", locale, probe=Probe("x", "ok", "/deals/1", "y"), frame=around)
    assert 'id="prepare-sale"' in pages.render("_parts/form.html", locale, frame=around, form=sale_form(saying(locale)))


def test_scripts_and_styles_keep_to_the_browsers_we_aim_at() -> None:
    for path in (pages.STATIC / "css").glob("*.css"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"light-dark\(|color-mix\(|https?://|^\s*&", text, re.M), path.name
    for path in (pages.STATIC / "js").glob("*.js"):
        text = path.read_text(encoding="utf-8")
        assert len(text.splitlines()) <= 120, path.name
        assert not re.search(r"\beval\(|new Function|\.style\b|https?://|window\.\w+ =", text), path.name


def test_no_file_of_the_look_comes_from_elsewhere() -> None:
    own = {p.relative_to(pages.STATIC).parts[0] for p in Path(pages.STATIC).rglob("*") if p.is_file()}
    assert own - {"vendor"} == {"css", "js", "icons.svg", "mark.svg"}
