"""The press: a frozen record becomes the bytes of a PDF, by the reference route. Built once per process by whoever prints.

A pure function of the record: dates come from its issue moment; no clock, no random id, no network, no file outside the folder.
"""

import warnings
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path
from typing import Final

from jinja2 import Template
from weasyprint import CSS, HTML, Attachment
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError

from dealflow.kernel.errors import DealflowError
from dealflow.printing.engine import ORIGIN, Fetcher, need_subsetting, prove_faces, stamp
from dealflow.printing.fonts import Faces
from dealflow.printing.inputs import Facts, Need, texts
from dealflow.printing.kinds import DRAFT, PaperKind
from dealflow.printing.pages import BASE, environment
from dealflow.printing.papers import Catalogue
from dealflow.printing.proving import PAGE, SHEET
from dealflow.printing.record import PaperRecord

ARCHIVE: Final = "pdf/a-3u"


class UnprintableText(DealflowError):
    """The record holds characters that no face has. Names them."""

    kind = "invalid"

    def __init__(self, characters: str) -> None:
        self.characters = characters
        named = "、".join(f"{c if c.isprintable() else ''}（U+{ord(c):04X}）" for c in characters)
        super().__init__(f"字体中没有这些字符，无法打印：{named} / no face has these characters: {named}")


class Unfilled(DealflowError):
    """The record does not fill the paper's inputs. Names every one."""

    kind = "invalid"

    def __init__(self, kind: str, needs: list[Need]) -> None:
        self.needs = tuple(needs)
        super().__init__(f"{kind}: " + "; ".join(f"{need.zh} / {need.en}" for need in needs))


class OtherTemplate(DealflowError):
    """The record was issued by another version of the template than the one at hand."""

    kind = "conflict"


class OutsideFolder(DealflowError):
    """The page asked for something outside its folder. No paper is made."""

    kind = "invalid"


@dataclass(frozen=True, slots=True)
class _Form:
    """A kind made ready: its page compiled, its sheets parsed, its fetcher."""

    kind: PaperKind
    page: Template
    sheets: tuple[CSS, ...]
    fetcher: Fetcher


class Press:
    """Prints every kind of a catalogue with one set of faces. `state` holds the font configuration and its cache."""

    def __init__(self, catalogue: Catalogue, faces: Faces, state: Path | None = None) -> None:
        need_subsetting()
        faces.install(state or faces.folder.parent / "fontconfig")
        self.catalogue, self.faces = catalogue, faces
        self._fonts = FontConfiguration()
        self._forms: dict[str, _Form] = {}
        prove_faces(self._fonts, Fetcher(faces.folder), chr(max(faces.rare)))

    def render(self, record: PaperRecord) -> bytes:
        """The paper, or why there can be none: Unfilled, UnprintableText, OtherTemplate, NoSuchPaper."""
        form = self._form(record.kind)
        if record.template_hash != form.kind.template_hash:
            raise OtherTemplate(f"{record.kind} {record.number}: 由另一版模板开具 / issued by another version of its template")
        page = self._page(form, record, "")
        if not form.kind.archive:
            return self._print(form, page)
        return self._print(form, page, ARCHIVE, [_attached(record, form.fetcher)])

    def draft(self, record: PaperRecord) -> bytes:
        """The same paper as it would be, marked 草稿 DRAFT, without number, seal or record."""
        form = self._form(record.kind)
        return self._print(form, self._page(form, record, DRAFT))

    def unprintable(self, facts: Facts) -> str:
        """The characters of these facts that no face has; empty when all can be printed. Ask before a number is taken."""
        return self.faces.missing("".join(texts(facts)))

    def engine_stamp(self) -> dict[str, str]:
        """What printed it: with the same stamp, record, template and faces the bytes must be the same."""
        return stamp()

    def _form(self, name: str) -> _Form:
        if name not in self._forms:
            kind = self.catalogue.kind(name)
            fetcher = Fetcher(kind.folder)
            files = (kind.folder.parent / BASE / "base.css", kind.folder / SHEET)
            sheets = tuple(
                CSS(string=file.read_text(encoding="utf-8"), base_url=ORIGIN, url_fetcher=fetcher, font_config=self._fonts)
                for file in files
                if file.is_file()
            )
            self._forms[name] = _Form(kind, environment(kind.folder).get_template(PAGE), sheets, fetcher)
        return self._forms[name]

    def _page(self, form: _Form, record: PaperRecord, mark: str) -> str:
        wrong = form.kind.check(record.facts)
        if wrong:
            raise Unfilled(record.kind, wrong)
        lost = self.faces.missing("".join((record.number, record.project, record.issued_by, *texts(record.facts))))
        if lost:
            raise UnprintableText(lost)
        return form.page.render(**record.facts, paper=form.kind.heading(record, mark))

    def _print(self, form: _Form, page: str, variant: str | None = None, attachments: list[Attachment] | None = None) -> bytes:
        html = HTML(string=page, base_url=ORIGIN, url_fetcher=form.fetcher)
        try:
            with warnings.catch_warnings():
                # WeasyPrint drops its colour profile's file without closing it; it is closed at that same moment.
                warnings.simplefilter("ignore", ResourceWarning)
                return html.write_pdf(
                    font_config=self._fonts, stylesheets=form.sheets, attachments=attachments, pdf_variant=variant
                )
        except FatalURLFetchingError as error:
            raise OutsideFolder(
                f"{form.kind.id}: 模板引用了目录以外的内容 / the page names something outside its folder: {error}"
            ) from error


def _attached(record: PaperRecord, fetcher: Fetcher) -> Attachment:
    """The frozen facts travel inside the archived file, dated by the issue (WeasyPrint writes the moment as if it were UTC)."""
    moment = record.issued_at.astimezone(UTC)
    return Attachment(
        string=record.facts_text,
        name="record.json",
        description=f"{record.kind} {record.number}",
        created=moment,
        modified=moment,
        relationship="Data",
        url_fetcher=fetcher,
    )
