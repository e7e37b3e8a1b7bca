"""Under which names the server answers, and which pages are its own."""

import ipaddress
import platform
from dataclasses import dataclass
from urllib.parse import urlsplit

from groovelog.config import Hosting

LOOPBACK = ("127.0.0.1", "localhost", "::1")
WILDCARD = ("0.0.0.0", "::")  # noqa: S104 (told apart here, not listened on)
HTTP, HTTPS = 80, 443


@dataclass(frozen=True)
class Addresses:
    """`hosts` are values of the Host header. `any_number`: an address in numbers is taken too, with this port.

    A page of another site can make a browser ask us under a name of its own (DNS rebinding), never under a number that is
    not its own.
    """

    hosts: frozenset[str]
    base: str
    any_number: int | None = None
    public_url: str | None = None

    @property
    def secure(self) -> bool:
        """Whether people come over https."""
        return self.public_url is not None and self.public_url.startswith("https:")

    def takes(self, host: str) -> bool:
        return host in self.hosts or (self.any_number is not None and _is_number(host, self.any_number))

    def is_own(self, origin: str, host: str) -> bool:
        """Whether a page of this origin is one of ours, where the request came under `host`."""
        if self.public_url is not None and urlsplit(self.public_url).netloc == host:
            return origin.lower() == self.public_url
        return urlsplit(origin).netloc.lower() == host

    def comes_back(self, redirect_uri: str) -> bool:
        """Whether a browser that Spotify sends to this address arrives here."""
        told = urlsplit(redirect_uri)
        scheme_is = (
            "https" if self.secure and self.public_url and urlsplit(self.public_url).netloc == told.netloc else "http"
        )
        return told.scheme == scheme_is and self.takes(told.netloc.lower())


def addresses(hosting: Hosting, host: str, port: int) -> Addresses:
    """For a server that listens on `host` and `port`: that address, this machine's own names, and the public one."""
    named = {*LOOPBACK, host}
    if host not in LOOPBACK:
        own = platform.node().lower()
        named |= {own, f"{own}.local"}
    hosts = {f"{in_url(name)}:{port}".lower() for name in named if name not in WILDCARD}
    if port == HTTP:
        hosts |= {in_url(name).lower() for name in named if name not in WILDCARD}
    if hosting.public_url is not None:
        hosts.add(urlsplit(hosting.public_url).netloc)
    shown = platform.node() if host in WILDCARD else host
    base = hosting.public_url or f"http://{in_url(shown)}:{port}"
    return Addresses(frozenset(hosts), base, port if host in WILDCARD else None, hosting.public_url)


def in_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _is_number(host: str, port: int) -> bool:
    try:
        told = urlsplit(f"//{host}")
        ipaddress.ip_address(told.hostname or "")
        return (told.port or HTTP) == port and "@" not in host
    except ValueError:
        return False
