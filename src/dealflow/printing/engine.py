"""What stands between the press and WeasyPrint: the fetcher that opens nothing outside a paper's folder, the proof that the right
libraries and faces are in use, and the stamp of their versions. Called by `press`.
"""

import ctypes
import ctypes.util
import re
import sys
import zlib
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Final
from urllib.parse import unquote

from weasyprint import CSS, HTML
from weasyprint.text.ffi import harfbuzz_subset, pango
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from dealflow.kernel.errors import DealflowError
from dealflow.printing.pages import Folder

ORIGIN: Final = "https://paper.invalid/"
"""Where a page seems to live, so that plain names become addresses the fetcher can tell from all others. Never opened."""
WANTED: Final = {"Paper-Serif", "Paper-Serif-Bold", "Paper-Sans", "Paper-Sans-Bold", "Paper-Rare"}
PROBE: Final = (
    '<html><body style="font-family: Paper Serif, Paper Rare">正<b>黑</b>{rare}'
    '<p style="font-family: Paper Sans">体<b>粗</b></p></body></html>'
)


class NotReady(DealflowError):
    """This machine lacks something without which papers would come out wrong or different. Says what."""

    kind = "not_ready"


class Fetcher(URLFetcher):
    """Opens plain names in the paper's own folder and the shared base; everything else ends the printing."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = Folder(folder)

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        """The file behind an address, or no paper at all."""
        name = unquote(url.removeprefix(ORIGIN))
        file = self._folder.find(name) if url.startswith(ORIGIN) else None
        if file is None:
            raise FatalURLFetchingError(f"refused: {url}")
        return URLFetcherResponse(url, file.read_bytes())


def need_subsetting() -> None:
    """Without HarfBuzz's subset library a paper costs several times as much and has other bytes."""
    if harfbuzz_subset is None:
        raise NotReady("缺少 libharfbuzz-subset，请安装 libharfbuzz-subset0 / install libharfbuzz-subset0")


def prove_faces(fonts: FontConfiguration, fetcher: Fetcher, rare: str) -> None:
    """Lay out one line in every face and look which fonts the file then holds: ours, all of them, and nothing else."""
    sheet = CSS(string="@page { size: A6 }", url_fetcher=fetcher, font_config=fonts)
    page = HTML(string=PROBE.format(rare=rare), base_url=ORIGIN, url_fetcher=fetcher)
    pdf = page.write_pdf(font_config=fonts, stylesheets=[sheet], uncompressed_pdf=True)
    found = {name.decode() for name in re.findall(rb"/BaseFont /[A-Z]{6}\+([A-Za-z-]+)", pdf)}
    if found != WANTED:
        raise NotReady(f"单据字体未生效 / the papers' faces are not in use: {sorted(found)} instead of {sorted(WANTED)}")


def stamp() -> dict[str, str]:
    """The versions of everything that decides a paper's bytes beside its record, template and faces."""
    return {
        "weasyprint": version("weasyprint"),
        "pydyf": version("pydyf"),
        "fonttools": version("fonttools"),
        "jinja2": version("jinja2"),
        "tinycss2": version("tinycss2"),
        "tinyhtml5": version("tinyhtml5"),
        "pango": _pango(pango.pango_version()),
        "harfbuzz": _harfbuzz(),
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
        "python": f"{sys.version_info.major}.{sys.version_info.minor}",
    }


def _pango(number: int) -> str:
    return f"{number // 10000}.{number // 100 % 100}.{number % 100}"


def _harfbuzz() -> str:
    """HarfBuzz and its subset library are released together under one version."""
    name = ctypes.util.find_library("harfbuzz")
    if name is None:
        return "unknown"
    ask = ctypes.CDLL(name).hb_version_string
    ask.restype = ctypes.c_char_p
    said: bytes = ask()
    return said.decode()
