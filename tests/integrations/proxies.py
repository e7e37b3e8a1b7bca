"""nginx and Caddy with the configuration that the documents show, on a port of this machine."""

import os
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from documented import block

NAME = "music.localhost"  # which browsers take for this machine
START_SECONDS = 30

OF_NGINX = """daemon off; pid {folder}/nginx.pid; error_log stderr; events {{}}
http {{ access_log off; {temporary}
{block}
}}"""
TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
OF_CADDY = "{{\n admin off\n auto_https disable_redirects\n}}\n{block}"


def certified(folder: Path) -> tuple[Path, Path]:
    """A certificate of our own for the name, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(now).not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False).sign(key, hashes.SHA256())
    )  # fmt: skip
    paths = folder / "certificate.pem", folder / "key.pem"
    paths[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    kind = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    paths[1].write_bytes(key.private_bytes(*kind))
    return paths


def with_nginx(folder: Path, port: int, behind: int) -> list[str]:
    """The command; writes its configuration."""
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if program is None:
        pytest.skip("nginx is not installed")
    certificate, key = certified(folder)
    told = block("proxy.md", "nginx").replace("listen 443 ssl", f"listen 127.0.0.1:{port} ssl")
    told = told.replace("127.0.0.1:8888", f"127.0.0.1:{behind}").replace("music.example.org;", f"{NAME};")
    told = told.replace("/etc/letsencrypt/live/music.example.org/fullchain.pem", str(certificate))
    told = told.replace("/etc/letsencrypt/live/music.example.org/privkey.pem", str(key))
    temporary = " ".join(f"{kind}_temp_path {folder}/{kind};" for kind in TEMPORARY)
    path = folder / "nginx.conf"
    path.write_text(OF_NGINX.format(folder=folder, temporary=temporary, block=told), encoding="utf-8")
    return [program, "-p", str(folder), "-e", "stderr", "-c", str(path)]


def with_caddy(folder: Path, port: int, behind: int) -> list[str]:
    """The command; writes its configuration."""
    program = shutil.which("caddy")
    if program is None:
        pytest.skip("Caddy is not installed")
    certificate, key = certified(folder)
    told = block("proxy.md", "caddy").replace("127.0.0.1:8888", f"127.0.0.1:{behind}")
    told = told.replace("music.example.org {", f"https://{NAME}:{port} {{\n    tls {certificate} {key}")
    path = folder / "Caddyfile"
    path.write_text(OF_CADDY.format(block=told), encoding="utf-8")
    return [program, "run", "--config", str(path), "--adapter", "caddyfile"]


@contextmanager
def running(command: list[str], port: int, folder: Path) -> Iterator[None]:
    """The proxy, once it takes connections; what it keeps for itself it keeps in `folder`."""
    own = {"XDG_CONFIG_HOME": str(folder / "config"), "XDG_DATA_HOME": str(folder / "data")}
    with subprocess.Popen(command, env=os.environ | own) as proxy:
        try:
            given_up = time.monotonic() + START_SECONDS
            while not _speaks(port):
                assert proxy.poll() is None, "the proxy ended"
                assert time.monotonic() < given_up, "the proxy does not answer"
                time.sleep(0.1)
            yield
        finally:
            proxy.terminate()


def connected(port: int) -> ssl.SSLSocket:
    """A connection that asks for the name, and takes a certificate of our own for it. Raises OSError."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    plain = socket.create_connection(("127.0.0.1", port), timeout=60)
    try:
        return context.wrap_socket(plain, server_hostname=NAME)
    except OSError:
        plain.close()
        raise


def _speaks(port: int) -> bool:
    try:
        connected(port).close()
    except OSError:
        return False
    return True
