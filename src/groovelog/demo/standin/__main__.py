"""`python -m groovelog.demo.standin --port N [--now ISO]`: the stand-in of the demo's listeners, until Ctrl-C."""

import argparse
import contextlib
import sys
import threading
from datetime import UTC, datetime

from groovelog.demo.standin.app import aware
from groovelog.demo.standin.clock import Clock
from groovelog.demo.standin.invented import CLIENT_ID, CLIENT_SECRET, REDIRECT_URI, demo_standin
from groovelog.demo.standin.serving import served

SAID = """The stand-in Spotify is at {address} (stop it with Ctrl-C). Its time is {now:%Y-%m-%dT%H:%M:%SZ}. Set:
GROOVELOG_SPOTIFY_API_URL={address}/v1
GROOVELOG_SPOTIFY_ACCOUNTS_URL={address}
SPOTIFY_CLIENT_ID={client_id}
SPOTIFY_CLIENT_SECRET={client_secret}
SPOTIFY_REDIRECT_URI={redirect_uri}
"""


def moment(text: str) -> datetime:
    try:
        return aware(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def main() -> None:
    asked = argparse.ArgumentParser(prog="python -m groovelog.demo.standin", description=__doc__)
    asked.add_argument("--port", type=int, default=0, help="port to listen on; any free one unless given")
    asked.add_argument("--now", type=moment, help="the time to begin at, ISO 8601 with an offset; now unless given")
    told = asked.parse_args()
    standin = demo_standin(Clock(told.now or datetime.now(UTC), runs=True))
    # Making it took seconds, which are not to be missing from the time asked for.
    standin.clock.set(told.now or datetime.now(UTC))
    with served(standin, told.port) as address, contextlib.suppress(KeyboardInterrupt):
        sys.stdout.write(
            SAID.format(
                address=address,
                now=standin.clock.now(),
                client_id=CLIENT_ID,
                client_secret=CLIENT_SECRET,
                redirect_uri=REDIRECT_URI,
            )
        )
        sys.stdout.flush()
        threading.Event().wait()


if __name__ == "__main__":
    main()
