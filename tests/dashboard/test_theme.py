"""Contrast by WCAG 2, computed from the tokens."""

import re
from itertools import pairwise
from pathlib import Path

import pytest

from groovelog.dashboard import theme
from groovelog.dashboard.theme import INK_ON_SLEEVE, MARKER, PAPER, SEQUENTIAL, SLEEVES, TOKENS

TEXT, LARGE = 4.5, 3.0
SCHEMES = ("light", "dark")


def luminance(colour: str) -> float:
    channels = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_computed_as_wcag_says() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("ground", ["page", "card"])
@pytest.mark.parametrize(
    ("token", "least"),
    [
        ("ink", TEXT), ("ink2", TEXT), ("ink3", TEXT), ("link", TEXT), ("marker-text", TEXT), ("good", TEXT),
        ("bad", TEXT), ("control", LARGE), ("series", LARGE), ("marker-line", LARGE),
    ],
)  # fmt: skip
def test_tokens_can_be_read(token, least, ground, scheme) -> None:
    assert contrast(theme.colour(token, scheme), theme.colour(ground, scheme)) >= least


@pytest.mark.parametrize("ground", [*SLEEVES.values(), MARKER, PAPER])
def test_ink_can_be_read_on_every_sleeve(ground) -> None:
    assert contrast(INK_ON_SLEEVE, ground) >= TEXT


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_primary_button_can_be_read(scheme) -> None:
    assert contrast(theme.colour("on-primary", scheme), theme.colour("primary", scheme)) >= TEXT


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_button_that_waits_can_be_read(scheme) -> None:
    assert contrast(theme.colour("ink2", scheme), theme.colour("sunk", scheme)) >= TEXT


def test_more_is_darker_in_light_and_brighter_in_dark() -> None:
    light, dark = ([luminance(step) for step in SEQUENTIAL[scheme]] for scheme in SCHEMES)
    assert all(low > high for low, high in pairwise(light))
    assert all(low < high for low, high in pairwise(dark))


def test_the_style_sheet_uses_no_colour_that_is_no_token() -> None:
    used = set(re.findall(r"var\(--([\w-]+)", theme.style_sheet()))
    given = set(re.findall(r"--([\w-]+):", theme.style_sheet()))
    assert used <= given
    assert set(TOKENS) <= given


def test_nothing_is_loaded_from_another_host() -> None:
    folder = Path(theme.__file__).parent
    # A namespace, and a page of their own account that people may go to.
    named = r"https?://(?!www\.w3\.org/2000/svg|www\.spotify\.com/account/apps\b)\S+"
    for file in (*folder.rglob("*.py"), *folder.rglob("*.css")):
        hosts = re.findall(named, file.read_text(encoding="utf-8"))
        assert not hosts, file.name


def test_fonts_are_there_with_their_licences() -> None:
    static = Path(theme.__file__).with_name("static")
    faces = theme.streamlit_options()["theme.fontFaces"]
    assert {face["url"].removeprefix("app/static/") for face in faces} == {file.name for file in static.glob("*.woff2")}
    for family in ("bricolage-grotesque", "instrument-sans"):
        assert "SIL Open Font License" in (static / f"{family}-LICENSE.txt").read_text(encoding="utf-8")
