"""`python -m groovelog.demo.standin`, started as somebody would."""

import signal
import subprocess
import sys

from standin_asking import ask, sign_in


def test_it_says_where_it_is_and_what_to_set_and_stops_on_ctrl_c() -> None:
    command = [sys.executable, "-W", "error", "-m", "groovelog.demo.standin", "--now", "2026-11-22T12:00:00Z"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        said = [process.stdout.readline().strip() for _ in range(6)]
        try:
            address = said[1].partition("=")[2].removesuffix("/v1")
            assert said == [
                f"The stand-in Spotify is at {address} (stop it with Ctrl-C). Its time is 2026-11-22T12:00:00Z. Set:",
                f"GROOVELOG_SPOTIFY_API_URL={address}/v1",
                f"GROOVELOG_SPOTIFY_ACCOUNTS_URL={address}",
                "SPOTIFY_CLIENT_ID=stand-in-client-id",
                "SPOTIFY_CLIENT_SECRET=stand-in-client-secret",
                "SPOTIFY_REDIRECT_URI=http://127.0.0.1:8888/callback",
            ]
            assert ask(address, "/standin/clock").told["now"].startswith("2026-11-22T12:0")
            assert sign_in(address, "mara", client="stand-in-client-id:stand-in-client-secret").ask("/me").status == 200
        finally:
            process.send_signal(signal.SIGINT)
            left = process.communicate(timeout=10)
    assert (process.returncode, left) == (0, ("", ""))


def test_a_time_without_an_offset_is_refused() -> None:
    command = [sys.executable, "-m", "groovelog.demo.standin", "--now", "2026-11-22T12:00:00"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "2026-11-22T12:00:00 has no offset" in done.stderr
