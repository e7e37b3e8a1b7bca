"""accounts.spotify.com: the page that asks for consent, and the token endpoint."""

import html
from urllib.parse import parse_qsl, urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response

from groovelog.demo.standin.accounts import SCOPES
from groovelog.demo.standin.exchange import Asker, answered
from groovelog.demo.standin.oauth import Consent
from groovelog.demo.standin.oauth_rules import client_of, is_registered
from groovelog.demo.standin.refusals import TokenRefused
from groovelog.demo.standin.state import Standin

# What of a request to sign in travels through the page; `state` and the challenge never reach the record of calls.
CARRIED = ("client_id", "response_type", "redirect_uri", "scope", "state", "code_challenge", "code_challenge_method")
RECORDED = ("client_id", "response_type", "redirect_uri", "scope", "show_dialog", "error")

PAGE = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Stand-in Spotify</title></head>
<body>
<h1>{client_id} asks for consent</h1>
<p>This is a stand-in for Spotify. Its accounts are invented.</p>
<form method="post" action="/authorize">
{hidden}
<p><label>Account <select name="user">{users}</select></label></p>
<fieldset><legend>It may</legend>
{scopes}
</fieldset>
<p><button name="decision" value="approve">Approve</button> <button name="decision" value="deny">Deny</button></p>
</form>
</body>
</html>
"""


async def consent_page(standin: Standin, request: Request) -> Response:
    """GET: the page. Its form comes back as POST: `user`, `granted` (once a scope) and `decision`."""
    form = await form_of(request) if request.method == "POST" else list(request.query_params.multi_items())
    asked = dict(form)
    asker = Asker(None, asked.get("client_id"))
    query = urlencode({name: asked[name] for name in RECORDED if name in asked})
    return await answered(standin, request, query, asker, lambda _: consented(standin, request.method, form))


def consented(standin: Standin, method: str, form: list[tuple[str, str]]) -> Response:
    asked = dict(form)
    app = standin.apps.get(asked.get("client_id", ""))
    if app is None:
        return PlainTextResponse("INVALID_CLIENT: Invalid client", 400)
    redirect_uri = asked.get("redirect_uri", "")
    if not is_registered(redirect_uri, app):
        return PlainTextResponse("INVALID_CLIENT: Invalid redirect URI", 400)
    error = fault_of(asked, needs_pkce=app.client_secret is None)
    if error is None and method == "GET":
        return HTMLResponse(page(standin, asked))
    if error is None and asked.get("decision") != "approve":
        error = "access_denied"
    if error is None and asked.get("user") not in standin.accounts:
        return PlainTextResponse("There is no such account", 400)
    if error is not None:
        return redirected(redirect_uri, {"error": error}, asked)
    wanted = asked.get("scope", "").split()
    granted = tuple(scope for scope in wanted if ("granted", scope) in form)
    challenge = asked.get("code_challenge") or None
    consent = Consent(asked["user"], app, granted, standin.clock.now(), pkce=challenge is not None)
    return redirected(redirect_uri, {"code": standin.oauth.code_for(consent, redirect_uri, challenge)}, asked)


def fault_of(asked: dict[str, str], *, needs_pkce: bool) -> str | None:
    """OAuth's word for what is wrong with a request to sign in."""
    if asked.get("response_type") != "code":
        return "unsupported_response_type"
    if not set(asked.get("scope", "").split()) <= set(SCOPES):
        return "invalid_scope"
    challenge, way = asked.get("code_challenge", ""), asked.get("code_challenge_method", "")
    if (challenge and way != "S256") or (needs_pkce and not challenge):
        return "invalid_request"
    return None


def redirected(redirect_uri: str, told: dict[str, str], asked: dict[str, str]) -> Response:
    if "state" in asked:
        told = {**told, "state": asked["state"]}
    joint = "&" if "?" in redirect_uri else "?"
    return RedirectResponse(f"{redirect_uri}{joint}{urlencode(told)}", 303)


def page(standin: Standin, asked: dict[str, str]) -> str:
    def hidden(name: str) -> str:
        return f'<input type="hidden" name="{name}" value="{html.escape(asked[name])}">'

    def scope_box(scope: str) -> str:
        return f'<p><label><input type="checkbox" name="granted" value="{scope}" checked> {scope}</label></p>'

    def option(user_id: str) -> str:
        name = standin.accounts[user_id].display_name or user_id
        return f'<option value="{html.escape(user_id)}">{html.escape(name)}</option>'

    return PAGE.format(
        client_id=html.escape(asked["client_id"]),
        hidden="\n".join(hidden(name) for name in CARRIED if name in asked),
        users="".join(map(option, standin.accounts)),
        scopes="\n".join(map(scope_box, asked.get("scope", "").split())),
    )


async def token(standin: Standin, request: Request) -> Response:
    form = dict(await form_of(request))
    authorization = request.headers.get("authorization")
    query = urlencode({"grant_type": form.get("grant_type", "")})
    asker = Asker(standin.oauth.user_behind(form), client_of(authorization, form)[0])
    return await answered(standin, request, query, asker, lambda _: granted(standin, authorization, form))


def granted(standin: Standin, authorization: str | None, form: dict[str, str]) -> Response:
    try:
        return JSONResponse(standin.oauth.token(authorization, form), headers={"Cache-Control": "no-store"})
    except TokenRefused as refused:
        return refused.response()


async def form_of(request: Request) -> list[tuple[str, str]]:
    return parse_qsl((await request.body()).decode(), keep_blank_values=True)
