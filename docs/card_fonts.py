"""Make the fonts of the recap's cards from the vendored ones: python docs/card_fonts.py. Needs fontTools and brotli.

What draws the cards reads static TrueType alone, so each face is one instance of a variable font, latin and latin-ext in one
file, under a name of its own; the same as woff2 for browsers. Beside them stands how wide each sign is, so that names can be
broken into lines before drawing.
"""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

from fontTools.merge import Merger
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

DASHBOARD = Path(__file__).parents[1] / "src" / "groovelog" / "dashboard"
VENDORED = DASHBOARD / "static"
MADE = DASHBOARD / "recap_cards" / "fonts"
FACES = {
    "Groovelog Display": ("bricolage-grotesque", "wdth", {"wght": 800, "wdth": 80}),
    "Groovelog Text": ("instrument-sans", "wght", {"wght": 500}),
    "Groovelog Strong": ("instrument-sans", "wght", {"wght": 600}),
}


def instance(path: Path, axes: dict[str, int], target: Path) -> Path:
    font = instancer.instantiateVariableFont(TTFont(path), axes)
    font.flavor = None
    font.save(target)
    return target


def named(font: TTFont, family: str) -> TTFont:
    """The copyright and licence stay; everything else that tells the name is ours, and the weight is the plain one."""
    told = {record.nameID: record.toUnicode() for record in font["name"].names if record.nameID in (0, 13, 14)}
    font["name"].names = []
    postscript = family.replace(" ", "")
    ours = {1: family, 2: "Regular", 3: postscript, 4: family, 6: postscript}
    for number, text in sorted({**told, **ours}.items()):
        font["name"].setName(text, number, 3, 1, 0x409)
    font["OS/2"].usWeightClass = 400
    font["OS/2"].usWidthClass = 5
    font["OS/2"].fsSelection = 0x40
    font["head"].macStyle = 0
    return font


def widths(font: TTFont) -> dict[str, int]:
    """Thousandths of the size by sign."""
    scale = 1000 / font["head"].unitsPerEm
    return {chr(sign): round(font["hmtx"][glyph][0] * scale) for sign, glyph in sorted(font.getBestCmap().items())}


if __name__ == "__main__":
    MADE.mkdir(exist_ok=True)
    measured = {}
    with TemporaryDirectory() as folder:
        for family, (family_file, axis, axes) in FACES.items():
            parts = [
                instance(VENDORED / f"{family_file}-{subset}-{axis}-normal.woff2", axes, Path(folder) / f"{subset}.ttf")
                for subset in ("latin", "latin-ext")
            ]
            font = named(Merger().merge([str(part) for part in parts]), family)
            target = MADE / f"{family.lower().replace(' ', '-')}.ttf"
            font.save(target)
            measured[family] = widths(font)
            font.flavor = "woff2"
            font.save(target.with_suffix(".woff2"))
    text = json.dumps(measured, ensure_ascii=False, separators=(",", ":"))
    (MADE / "widths.json").write_text(text + "\n", encoding="utf-8")
    for licence in VENDORED.glob("*-LICENSE.txt"):
        (MADE / licence.name).write_bytes(licence.read_bytes())
