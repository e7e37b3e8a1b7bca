"""The pages at the door: sign in, join, sign out, and a word where something went wrong. Plain HTML that needs no script."""

from collections.abc import Sequence
from html import escape

from starlette.responses import HTMLResponse

from groovelog.dashboard import prints
from groovelog.dashboard.theme import DISPLAY_FONT, TEXT_FONT, TOKENS

_TOKENS = "".join(f"--{name}:light-dark({light},{dark});" for name, (light, dark) in TOKENS.items())
_FACES = "".join(
    f'@font-face{{font-family:"{family}";src:url(/app/static/{file}.woff2) format("woff2");font-weight:{weight}}}'
    for family, file, weight in (
        ("Bricolage Grotesque", "bricolage-grotesque-latin-wdth-normal", "200 800"),
        ("Instrument Sans", "instrument-sans-latin-wght-normal", "400 700"),
    )
)
_STYLE = f"""{_FACES}:root{{color-scheme:light dark;{_TOKENS}}}
*{{box-sizing:border-box}}
body{{margin:0;min-height:100vh;display:grid;place-items:center;padding:1.5rem;background:var(--page);color:var(--ink);
font:1rem/1.5 {TEXT_FONT}}}
main{{width:100%;max-width:26rem;background:var(--card);border:1px solid var(--line);border-radius:12px;padding:2rem}}
img{{width:2.5rem;height:2.5rem;display:block;margin-bottom:1rem}}
h1{{font:600 1.75rem/1.15 {DISPLAY_FONT};margin:0 0 .5rem;overflow-wrap:anywhere}}
p{{margin:.5rem 0 1rem;color:var(--ink2);overflow-wrap:anywhere}}
label{{display:block;font-weight:600;margin:1rem 0 .25rem}}
small{{display:block;color:var(--ink3);margin-top:.25rem;font-size:.875rem}}
input{{width:100%;font:inherit;color:inherit;background:var(--page);border:1px solid var(--control);border-radius:12px;
padding:.6rem .8rem}}
button,.button{{display:block;width:100%;margin-top:1rem;font:600 1rem/1.5 {TEXT_FONT};text-align:center;
text-decoration:none;cursor:pointer;color:var(--on-primary);background:var(--primary);border:1px solid var(--primary);
border-radius:99px;padding:.6rem 1rem}}
.quiet{{color:var(--ink);background:transparent;border-color:var(--control)}}
:focus-visible{{outline:3px solid var(--link);outline-offset:2px}}
.bad{{color:var(--bad);font-weight:600}}
a{{color:var(--link)}}"""


def page(title: str, inner: str, *, bad: str | None = None, status: int = 200) -> HTMLResponse:
    """One page; `inner` is HTML, `bad` what went wrong, in words."""
    told = f'<p class="bad" role="alert">{escape(bad)}</p>' if bad else ""
    html = (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">'
        f'<title>{escape(title)} · Groovelog</title><link rel="icon" href="{prints.data_uri(prints.MARK)}">'
        f'<style>{_STYLE}</style></head><body><main><img src="{prints.data_uri(prints.MARK)}" alt="Groovelog">'
        f"<h1>{escape(title)}</h1>{told}{inner}</main></body></html>"
    )
    return HTMLResponse(html, status_code=status, headers={"Cache-Control": "no-store"})


def words(text: str) -> str:
    """Paragraphs, one for each line."""
    return "".join(f"<p>{escape(line)}</p>" for line in text.splitlines())


def form(fields: str, word: str, button: str, *, action: str = "", hidden: Sequence[tuple[str, str]] = ()) -> str:
    """A form that is sent to its own address unless told; `word` shows that it came from us."""
    kept = "".join(
        f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">'
        for name, value in (("form", word), *hidden)
    )
    to = f' action="{escape(action)}"' if action else ""
    return f'<form method="post"{to}>{kept}{fields}<button type="submit">{escape(button)}</button></form>'


def field(name: str, label: str, *, kind: str = "text", fill: str, value: str = "", note: str = "") -> str:
    """A field with its label; `fill` is what a browser or a password manager is told of it (autocomplete)."""
    small = f'<small id="{name}-note">{escape(note)}</small>' if note else ""
    by = f' aria-describedby="{name}-note"' if note else ""
    return (
        f'<label for="{name}">{escape(label)}</label><input id="{name}" name="{name}" type="{kind}" autocomplete="{fill}" '
        f'value="{escape(value)}" required{by}>{small}'
    )


def link(address: str, text: str, *, quiet: bool = True) -> str:
    """A link that looks like a button."""
    return f'<a class="button{" quiet" if quiet else ""}" href="{escape(address)}">{escape(text)}</a>'
