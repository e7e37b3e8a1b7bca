"""Colours, scales and type: the tokens that Streamlit, the style sheet and the charts share."""

import re
from pathlib import Path
from typing import Any, Literal

Scheme = Literal["light", "dark"]

INK_ON_SLEEVE = "#17143A"
MARKER = "#FFC53D"
PAPER = "#FFFDF5"

# name -> (light, dark)
TOKENS: dict[str, tuple[str, str]] = {
    "page": ("#F1F0F9", "#14122B"),
    "card": ("#FFFFFF", "#1F1C3D"),
    "sunk": ("#E6E4F2", "#0E0C20"),
    "ink": ("#17143A", "#F3F1FC"),
    "ink2": ("#4C4870", "#BDB8DB"),
    "ink3": ("#625D85", "#9A94BF"),
    "control": ("#8A85AD", "#726CA0"),
    "line": ("#D5D2E8", "#37335C"),
    "link": ("#3F35C4", "#B3ABFF"),
    "primary": ("#3F35C4", "#FFC53D"),
    "on-primary": ("#FFFFFF", "#17143A"),
    "marker-line": ("#B86E00", "#FFC53D"),
    "marker-text": ("#855300", "#FFC53D"),
    "series": ("#4A3FD6", "#9C92FF"),
    "rest": ("#A9A5C4", "#5D5888"),
    "good": ("#0B6E55", "#5FD6B0"),
    "bad": ("#B3264A", "#FF8FA3"),
}

SLEEVES = {
    "marigold": MARKER,
    "coral": "#FF9B85",
    "mint": "#7BDDC0",
    "sky": "#8CC8FF",
    "lilac": "#C6B5FF",
}

CATEGORICAL = {
    "light": ("#4A3FD6", "#B86E00", "#08885B", "#953767", "#0093D9"),
    "dark": ("#FFC53D", "#35B5F9", "#E07491", "#117D4C", "#8650CF"),
}

# Low to high. Zero is not the low end: it is drawn in the token "sunk".
SEQUENTIAL = {
    "light": (
        "#FFF1CF", "#FFE09A", "#FFC861", "#FBA65A", "#EF8064", "#D95D77", "#B84389", "#8E3292", "#61278A", "#351D6B",
    ),
    "dark": (
        "#2A2452", "#432A70", "#632F85", "#86378D", "#AA428B", "#CC5580", "#E7716F", "#F7935F", "#FFB74F", "#FFDF7A",
    ),
}  # fmt: skip

DIVERGING = {
    "light": (
        "#2C2391", "#4A3FD6", "#8A82EC", "#BFBAF6", "#E4E2F6", "#FBEBCB", "#FFD684", "#F2A93B", "#C47A00", "#7D4B00",
    ),
    "dark": (
        "#B9B2FF", "#9C92FF", "#776DDE", "#544BA8", "#363163", "#4A3B2E", "#7D5A20", "#B27D1A", "#E5A424", "#FFCF63",
    ),
}  # fmt: skip

TEXT_FONT = '"Instrument Sans", "Noto Sans", sans-serif'
DISPLAY_FONT = '"Bricolage Grotesque", "Noto Sans", sans-serif'

LATIN = (
    "U+0000-00FF, U+0131, U+0152-0153, U+02BB-02BC, U+02C6, U+02DA, U+02DC, U+0304, U+0308, U+0329, U+2000-206F, "
    "U+20AC, U+2122, U+2191, U+2193, U+2212, U+2215, U+FEFF, U+FFFD"
)
LATIN_EXT = (
    "U+0100-02BA, U+02BD-02C5, U+02C7-02CC, U+02CE-02D7, U+02DD-02FF, U+0304, U+0308, U+0329, U+1D00-1DBF, "
    "U+1E00-1E9F, U+1EF2-1EFF, U+2020, U+20A0-20AB, U+20AD-20C0, U+2113, U+2C60-2C7F, U+A720-A7FF"
)


def colour(token: str, scheme: Scheme) -> str:
    """The hex colour of a token in one of the two themes."""
    return TOKENS[token][scheme == "dark"]


def style_sheet() -> str:
    """The sheets in `look/` by name, with the tokens in front, as one `<style>` element."""
    tokens = [f"--{name}:light-dark({light},{dark});" for name, (light, dark) in TOKENS.items()]
    tokens += [f"--sleeve-{name}:{value};" for name, value in SLEEVES.items()]
    tokens += [f"--on-sleeve:{INK_ON_SLEEVE};", f"--marker:{MARKER};", f"--paper:{PAPER};"]
    tokens += [
        f"--step-{number}:light-dark({light},{dark});"
        for number, (light, dark) in enumerate(zip(SEQUENTIAL["light"], SEQUENTIAL["dark"], strict=True))
    ]
    tokens += [
        f"--category-{number}:light-dark({light},{dark});"
        for number, (light, dark) in enumerate(zip(CATEGORICAL["light"], CATEGORICAL["dark"], strict=True))
    ]
    tokens += [f"--text:{TEXT_FONT};", f"--display:{DISPLAY_FONT};"]
    sheets = sorted(Path(__file__).with_name("look").glob("*.css"))
    look = "\n".join(sheet.read_text(encoding="utf-8") for sheet in sheets)
    rules = re.sub(r"/\*.*?\*/", "", look, flags=re.DOTALL)
    return f"<style>.stApp{{{''.join(tokens)}}}\n{rules}</style>"


def streamlit_options() -> dict[str, Any]:
    """Streamlit's own options, by their dotted names."""
    return {
        "browser.gatherUsageStats": False,
        "client.toolbarMode": "viewer",
        "client.showErrorDetails": "none",
        "client.showErrorLinks": False,
        "server.enableStaticServing": True,
        "server.fileWatcherType": "none",
        "server.maxUploadSize": 500,
        "theme.font": TEXT_FONT,
        "theme.headingFont": DISPLAY_FONT,
        "theme.fontFaces": [
            _face("Bricolage Grotesque", "bricolage-grotesque-latin-wdth-normal", "200 800", LATIN),
            _face("Bricolage Grotesque", "bricolage-grotesque-latin-ext-wdth-normal", "200 800", LATIN_EXT),
            _face("Instrument Sans", "instrument-sans-latin-wght-normal", "400 700", LATIN),
            _face("Instrument Sans", "instrument-sans-latin-ext-wght-normal", "400 700", LATIN_EXT),
        ],
        "theme.baseFontSize": 16,
        "theme.baseRadius": "12px",
        "theme.buttonRadius": "full",
        "theme.paddingTop": "0.5rem",
        "theme.paddingBottom": "3rem",
        "theme.showWidgetBorder": True,
        **_scheme_options("light"),
        **_scheme_options("dark"),
    }


def _face(family: str, file: str, weight: str, unicode_range: str) -> dict[str, str]:
    return {
        "family": family,
        "url": f"app/static/{file}.woff2",
        "weight": weight,
        "style": "normal",
        "unicodeRange": unicode_range,
    }


def _scheme_options(scheme: Scheme) -> dict[str, Any]:
    options = {
        "primaryColor": colour("primary", scheme),
        "backgroundColor": colour("page", scheme),
        "secondaryBackgroundColor": colour("card", scheme),
        "textColor": colour("ink", scheme),
        "linkColor": colour("link", scheme),
        "borderColor": colour("line", scheme),
        "chartCategoricalColors": list(CATEGORICAL[scheme]),
        "chartSequentialColors": list(SEQUENTIAL[scheme]),
        "chartDivergingColors": list(DIVERGING[scheme]),
    }
    return {f"theme.{scheme}.{name}": value for name, value in options.items()}
