"""Cuts one face out of a Noto CJK collection: chosen characters, static TrueType, no layout tables, fixed timestamps.

Called by `fonts.build` in a process of its own. One character becomes one glyph, so a width is a sum of advances.
"""

import bz2
import tempfile
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from fontTools import subset
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable

SIMPLIFIED = 2
"""The place of the SC face in Debian's Noto CJK collections."""
NOT_CUT = ("BASE", "vhea", "vmtx", "VORG", "DSIG", "STAT", "GDEF", "GSUB", "GPOS", "meta", "gasp", "VVAR", "HVAR")
MADE_AT = 3_600_000_000
"""Seconds since 1904: the one moment every cut face says it was made at."""
EXTRA = "·—…‘’“”¥€°±×÷²³½㎡℃№〇①②③④⑤⑥⑦⑧⑨⑩☑☐□■○●◎△▲▽▼◇◆★☆→←↑↓✓"
"""Symbols that papers use and GB 2312 lacks, or holds under another form."""
LICENCE = """This font is cut from Noto {source} CJK SC, (c) 2014-2021 Adobe, with fewer characters
and without layout tables. It is licensed under the SIL Open Font License, Version 1.1: https://openfontlicense.org"""
ZEROES = """maxZones maxTwilightPoints maxStorage maxFunctionDefs maxInstructionDefs maxStackElements maxSizeOfInstructions
maxComponentElements"""


@dataclass(frozen=True, slots=True)
class Cut:
    """One face to be cut: what from, into which file, under which name, with which characters."""

    source: Path
    file: str
    family: str
    style: str
    characters: frozenset[int]

    @property
    def postscript(self) -> str:
        """The name without blanks, as it stands in the PDF."""
        return f"{self.family.replace(' ', '')}-{self.style}"


def general_standard(unihan: Path) -> frozenset[int]:
    """The characters of 通用规范汉字表, by the kTGH lines of Unihan."""
    with bz2.open(unihan, "rt", encoding="utf-8") as lines:
        return frozenset(int(line.split("\t", 1)[0][2:], 16) for line in lines if "\tkTGH\t" in line)


def everyday(unihan: Path) -> frozenset[int]:
    """What the four everyday faces hold: Latin, GB 2312 with its symbols, 通用规范汉字表, and a few more symbols."""
    rows = (bytes((high, low)) for high in range(0xA1, 0xF8) for low in range(0xA1, 0xFF))
    gb2312 = {ord(c) for row in rows if len(c := row.decode("gb2312", "ignore")) == 1}
    latin = {c for c in range(0x20, 0x180) if unicodedata.category(chr(c)) not in ("Cc", "Cf")}
    return general_standard(unihan) | gb2312 | latin | {ord(c) for c in EXTRA}


def in_source(source: Path) -> frozenset[int]:
    """Every character the collection's simplified face has."""
    with TTFont(source, fontNumber=SIMPLIFIED, lazy=True) as font:
        return frozenset(font.getBestCmap())


def rare(source: Path, known: frozenset[int]) -> frozenset[int]:
    """Every other Han character of the source: old names, dialect, other regions. The blank is there for measuring."""
    han = {c for c in in_source(source) if 0x3400 <= c <= 0x9FFF or 0xF900 <= c <= 0xFAFF or c >= 0x20000}
    return frozenset(han - known | {0x20})


def cut(order: Cut, folder: Path) -> str:
    """Write the face into the folder; returns its file name."""
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        small = Path(scratch) / "small.otf"
        _subset(order, small)
        with TTFont(small, recalcTimestamp=False) as font:
            _to_truetype(font)
            font.save(folder / order.file, reorderTables=True)
    return order.file


def _subset(order: Cut, out: Path) -> None:
    options = subset.Options(
        hinting=False,
        desubroutinize=True,
        layout_features=[],
        name_IDs=[1, 2, 3, 4, 6, 13, 14],
        notdef_outline=True,
        glyph_names=False,
    )
    options.drop_tables += NOT_CUT
    cutter = subset.Subsetter(options)
    with TTFont(order.source, fontNumber=SIMPLIFIED, lazy=True) as font:
        cutter.populate(unicodes=order.characters & set(font.getBestCmap()))
        cutter.subset(font)
        _rename(font, order)
        font["head"].created = font["head"].modified = MADE_AT
        font.recalcTimestamp = False
        font.save(out)


def _rename(font: TTFont, order: Cut) -> None:
    """Names of our own: the licence reserves the originals for the originals."""
    full = order.postscript
    names = {1: order.family, 2: order.style, 3: full, 4: f"{order.family} {order.style}", 6: full}
    source = "Serif" if "Serif" in order.source.name else "Sans"
    names[13] = LICENCE.format(source=source).replace("\n", " ")
    for record in font["name"].names:
        record.string = names.get(record.nameID, record.toUnicode())


def _to_truetype(font: TTFont) -> None:
    """Cubic curves become quadratic ones, at most one unit away; the tables that only CFF needs go."""
    shapes, order = font.getGlyphSet(), font.getGlyphOrder()
    glyphs = {}
    for name in order:
        pen = TTGlyphPen(shapes)
        shapes[name].draw(Cu2QuPen(pen, 1.0, reverse_direction=True))
        glyphs[name] = pen.glyph()
    font["loca"] = newTable("loca")
    outlines = font["glyf"] = newTable("glyf")
    outlines.glyphOrder, outlines.glyphs = order, glyphs
    del font["CFF "]
    outlines.compile(font)
    _maxima(font)
    font["post"].formatType = 3.0
    font.sfntVersion = "\0\1\0\0"
    for name in order:
        left = getattr(glyphs[name], "xMin", None)
        if left is not None:
            font["hmtx"][name] = (font["hmtx"][name][0], left)


def _maxima(font: TTFont) -> None:
    table = font["maxp"]
    table.tableVersion = 0x00010000
    for name in ZEROES.split():
        setattr(table, name, int(name == "maxZones"))
    table.compile(font)
