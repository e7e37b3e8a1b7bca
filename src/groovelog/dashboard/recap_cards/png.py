"""A card as PNG, drawn without a browser; the fonts of the machine are asked only for signs that ours lack."""

import unicodedata
from dataclasses import replace
from functools import lru_cache
from html import escape

import resvg_py

from groovelog.dashboard.recap_cards.fonts import FILES, lacking
from groovelog.dashboard.recap_cards.told import Look, Recap
from groovelog.dashboard.recap_cards.words import OTHER_FAMILIES

NOBODYS = "\U0010fffd"  # no font has a sign for it


def png(svg: str, *, system_fonts: bool = True) -> bytes:
    """1080×1920. `system_fonts` is False where only the vendored fonts may be used."""
    return _made(svg, system_fonts=system_fonts and bool(lacking(svg)))


def undrawable(name: str, *, system_fonts: bool = True) -> str:
    """Those signs of a name that no font here has. One sign is tried for each script, as fonts hold whole scripts."""
    signs = lacking(name)
    tried = {_script(sign): sign for sign in signs}
    without = {script for script, sign in tried.items() if not _drawn(sign, system_fonts)}
    return "".join(sign for sign in signs if _script(sign) in without)


def look_here(recap: Recap, look: Look) -> Look:
    """The look without the names that cannot be drawn here."""
    return replace(look, undrawable=frozenset(name for name in recap.named if undrawable(name)))


@lru_cache(maxsize=256)
def _drawn(sign: str, system_fonts: bool) -> bool:
    """Whether it looks other than a sign that no font has: nothing, or a box."""
    return _sample(sign, system_fonts) != _sample(NOBODYS, system_fonts)


@lru_cache(maxsize=256)
def _sample(sign: str, system_fonts: bool) -> bytes:
    words = f'<text x="8" y="48" font-size="40" font-family="{OTHER_FAMILIES}">{escape(sign)}</text>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64">{words}</svg>'
    return _made(svg, system_fonts=system_fonts)


def _made(svg: str, *, system_fonts: bool) -> bytes:
    files = [str(path) for path in FILES.values()]
    return bytes(resvg_py.svg_to_bytes(svg_string=svg, font_files=files, skip_system_fonts=not system_fonts))


def _script(sign: str) -> str:
    return unicodedata.name(sign, sign).split(" ")[0]
