"""Consent without a browser: what a person would click on the page."""

import http.client
from collections.abc import Container
from urllib.parse import parse_qsl, urlencode, urlsplit


def approved(authorize_url: str, user_id: str, *, without: Container[str] = (), decision: str = "approve") -> str:
    """Where the browser would be sent: the redirect URI with a code, or with an error after `decision="deny"`.

    `without` are scopes whose boxes are cleared. Raises ValueError where the stand-in shows no way on.
    """
    parts = urlsplit(authorize_url)
    form = parse_qsl(parts.query)
    scopes = dict(form).get("scope", "").split()
    form += [("user", user_id), ("decision", decision)]
    form += [("granted", scope) for scope in scopes if scope not in without]
    connection = http.client.HTTPConnection(parts.netloc, timeout=20)
    try:
        connection.request("POST", parts.path, urlencode(form), {"Content-Type": "application/x-www-form-urlencoded"})
        answer = connection.getresponse()
        told = answer.read().decode()
    finally:
        connection.close()
    if answer.status != http.client.SEE_OTHER:
        raise ValueError(f"The stand-in answered {answer.status}: {told}")
    return answer.headers["Location"]
