"""The papers' faces: built once at set-up (`dealflow fonts build`), loaded by the press, proved by their hash.

Sources are Debian's fonts-noto-cjk and unicode-data; nothing of them is committed. The press sees this folder and no other font.
"""

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path
from xml.sax.saxutils import escape

from fontTools.ttLib import TTFont

from dealflow.kernel.errors import DealflowError
from dealflow.printing.cutting import LICENCE, Cut, cut, everyday, rare

NOTO = Path("/usr/share/fonts/opentype/noto")
UNIHAN = Path("/usr/share/unicode/Unihan_OtherMappings.txt.bz2")
COPYRIGHT = Path("/usr/share/doc/fonts-noto-cjk/copyright")
RECIPE = 1
"""Counted up when the way of cutting changes, so that set-up cuts again."""
STAMP, LICENCE_FILE = "stamp.json", "LICENCE.txt"
FAMILIES = ("Paper Serif", "Paper Sans", "Paper Rare")
FACES = ("PaperSerif-Regular.ttf", "PaperSerif-Bold.ttf", "PaperSans-Regular.ttf", "PaperSans-Bold.ttf", "PaperRare-Regular.ttf")
CONFIG = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{faces}</dir>
  <cachedir>{cache}</cachedir>
</fontconfig>
"""


class NoFonts(DealflowError):
    """The papers' faces, or what they are cut from, are not there. Says what to do."""

    kind = "no_fonts"


def build(out: Path, noto: Path = NOTO, unihan: Path = UNIHAN, log: Callable[[str], None] = print) -> None:
    """Cut the five faces into the folder, all or none; a folder already cut from these sources is left alone."""
    _need(noto, unihan)
    stamp = _stamp(noto, unihan)
    if _is_current(out, stamp):
        return
    out.parent.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(prefix=".fonts-", dir=out.parent))
    try:
        for name in _cut_all(_orders(noto, unihan), scratch):
            log(f"字体已就绪 face ready: {name}")
        (scratch / LICENCE_FILE).write_text(_licence(), encoding="utf-8")
        (scratch / STAMP).write_text(stamp, encoding="utf-8")
        scratch.chmod(0o755)
        _take_place(scratch, out)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _licence() -> str:
    """The notice of both sources and, where the package brings it, the whole licence."""
    notices = [LICENCE.format(source=source) for source in ("Serif", "Sans")]
    whole = [COPYRIGHT.read_text(encoding="utf-8")] if COPYRIGHT.is_file() else []
    return "\n\n".join((*notices, *whole)) + "\n"


def _need(noto: Path, unihan: Path) -> None:
    wanted = [*(noto / f"Noto{face}CJK-{style}.ttc" for face in ("Serif", "Sans") for style in ("Regular", "Bold")), unihan]
    absent = [str(path) for path in wanted if not path.is_file()]
    if absent:
        raise NoFonts(
            f"缺少字体来源，请安装 fonts-noto-cjk 与 unicode-data / install fonts-noto-cjk and unicode-data: {', '.join(absent)}"
        )


def _stamp(noto: Path, unihan: Path) -> str:
    sources = {path.name: path.stat().st_size for path in (*sorted(noto.glob("Noto*CJK-*.ttc")), unihan)}
    return json.dumps({"recipe": RECIPE, "fontTools": version("fonttools"), "sources": sources}, sort_keys=True)


def _is_current(out: Path, stamp: str) -> bool:
    kept = out / STAMP
    return kept.is_file() and kept.read_text(encoding="utf-8") == stamp and all((out / name).is_file() for name in FACES)


def _orders(noto: Path, unihan: Path) -> list[Cut]:
    """The rare face first: it takes longest, and two processes then end together."""
    known = everyday(unihan)
    serif = noto / "NotoSerifCJK-Regular.ttc"
    orders = [Cut(serif, "PaperRare-Regular.ttf", "Paper Rare", "Regular", rare(serif, known))]
    for face in ("Serif", "Sans"):
        for style in ("Regular", "Bold"):
            orders.append(Cut(noto / f"Noto{face}CJK-{style}.ttc", f"Paper{face}-{style}.ttf", f"Paper {face}", style, known))
    return orders


def _cut_all(orders: list[Cut], folder: Path) -> Iterable[str]:
    with ProcessPoolExecutor(max_workers=2, mp_context=get_context("spawn")) as pool:
        yield from pool.map(cut, orders, [folder] * len(orders))


def _take_place(new: Path, out: Path) -> None:
    """Rename into place; an older folder is moved aside first, so no moment shows half of each."""
    if out.exists():
        aside = Path(tempfile.mkdtemp(prefix=".old-", dir=out.parent))
        out.rename(aside / "fonts")
        new.rename(out)
        shutil.rmtree(aside)
    else:
        new.rename(out)


@dataclass(frozen=True)
class Faces:
    """The built faces: where they are, what they hold, and the hash that every paper names."""

    folder: Path
    hash: str
    everyday: frozenset[int]
    rare: frozenset[int]

    @classmethod
    def load(cls, folder: Path) -> "Faces":
        """Read the folder that `build` made, or say that it must be built."""
        absent = [name for name in FACES if not (folder / name).is_file()]
        if absent:
            raise NoFonts(f"字体尚未生成，请运行 / run: dealflow fonts build; missing in {folder}: {', '.join(absent)}")
        digests = sorted(hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in FACES)
        maps = [_characters(folder / name) for name in FACES]
        common = frozenset.intersection(*maps[:-1])
        return cls(folder.resolve(), hashlib.sha256("\n".join(digests).encode()).hexdigest(), common, maps[-1])

    def missing(self, text: str) -> str:
        """The characters that no face has, each once, in their order. A line feed is layout, not a character."""
        return "".join(dict.fromkeys(c for c in text if c != "\n" and ord(c) not in self.everyday and ord(c) not in self.rare))

    def install(self, state: Path) -> None:
        """Make these faces the only ones of this process.

        The one place that sets FONTCONFIG_FILE. Fontconfig reads it when the first layout begins, so this must come before:
        `Press` calls it first of all. A second folder in one process is an error."""
        state.mkdir(parents=True, exist_ok=True)
        config = state.resolve() / f"fonts-{self.hash[:16]}.conf"
        text = CONFIG.format(faces=escape(str(self.folder)), cache=escape(str(state.resolve() / "cache")))
        if _installed and _installed[0] != self.folder:
            raise NoFonts(f"本进程已使用另一字体目录 / this process already prints with the faces in {_installed[0]}")
        if not config.is_file() or config.read_text(encoding="utf-8") != text:
            _write(config, text)
        os.environ["FONTCONFIG_FILE"] = str(config)
        _installed[:] = [self.folder]


_installed: list[Path] = []


def _write(path: Path, text: str) -> None:
    """Whole or not at all: two processes may start at once."""
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, delete=False) as scratch:
        scratch.write(text)
    Path(scratch.name).replace(path)


def _characters(file: Path) -> frozenset[int]:
    with TTFont(file, lazy=True) as font:
        return frozenset(font.getBestCmap())
