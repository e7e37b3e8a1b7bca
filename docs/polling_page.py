"""Print what a simulated month of polls came to: python docs/polling_page.py > docs/polling.md"""

import json
import sys
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).parent.parent / "benchmarks" / "results" / "polling.json"

HEAD = """# When Spotify is asked, and what that misses

Printed from [benchmarks/results/polling.json](../benchmarks/results/polling.json) by `make docs`; a test holds the two
together. `python -m benchmarks.polling --save` makes the numbers anew: a month of {days} days for invented listeners,
{seeds} times each with other chances, without a network. The functions that decide when to ask and what is a gap are
those that collect.

The Web API lists the last 50 plays and no more. Who asks too seldom loses plays; who asks too often uses up a quota of
some 500 calls a day, which a whole developer account shares. So Groovelog waits as long as the listener's fastest pace at
that hour takes to fill most of the list, from 10 minutes to 90 ([how that was chosen](decisions/0019-polls-and-gaps.md)).
"""

HABITS = """
## The listeners

| who | listens |
|---|---|
"""

LISTENS = {
    "evening listener": "nine evenings of ten from about half past seven, for some two and a half hours",
    "office-day listener": "on weekdays three hours in the morning and four after lunch; on some days of a weekend one hour",
    "night owl": "every night from about half past ten, for some five hours",
    "weekend binger": "on Saturdays and Sundays alone, for some ten hours",
    "all-day listener": "every day from seven, for sixteen hours",
    "heavy skipper": "every day for some three hours, 2.5 plays a minute",
    "31-second tracks": "every day for some three hours, tracks of 31 seconds one after another",
}

AROUND = """
Whoever is not named for a pace plays a track of about three and a half minutes after another, and skips one in seven:
some 17 plays an hour. Of all plays 2 % are told to Spotify up to 40 minutes late, as by a phone without a connection.
Nine calls a day are for what is not plays: six top lists, playlists and one that has changed, saved tracks. *Blocked for
20 hours* is what Spotify does when the quota is used up; *host stopped* is a machine that was off.

## A month of each

*Seen* is the share of the plays that the Web API ever listed. *Seen of avoidable* leaves out those that had left the list
before anybody could ask again, when nothing could be sent. *Gaps told* are those of all {seeds} months, *false* those in
which nothing was lost. *Lost, untold* are plays in no gap; all of them were told to Spotify late, and enter the middle of
a list that overlaps with the one before.

| who | plays a day | calls a day | at most | seen | seen of avoidable | gaps told | false | lost | lost, untold |
|---|---|---|---|---|---|---|---|---|---|
"""

ACCOUNTS = """
## Calls of a developer account

| who shares it | calls a day, all apps | calls a day of an account |
|---|---|---|
"""

GAPS = """
## What a gap is, and when it is told

A gap is a stretch in which plays were likely missed: from the newest play that is known to the oldest of a list of 50
that begins after it, where there is room in between for another play. It is found at the first poll that is read after
it, and kept in the table [`gaps`](data-dictionary.md) with its cause and the plays that the listener's last eight weeks
let expect:

| cause | what lasted longest since the last poll that was read |
|---|---|
| `full_window` | the list filled up faster than it was asked for |
| `stopped_host` | nobody asked for more than three hours |
| `blocked` | Spotify's quota or rate limit, or the account is not on the app's list |
| `reauth_required` | the consent had ended, or new plays were not allowed |
| `unreachable` | no network, or no answer that made sense |

While it lasts `groovelog status`, and the page *Connect*, tell it without an end: at once where a poll has failed, and
where nobody has asked for hours as soon as more than 50 plays are to be expected. Where the next list overlaps with what
is known nothing was missed, and nothing is kept. An export that has plays at both ends closes a gap; that is worked out
whenever gaps are read, so that the order of import and poll does not matter.
"""


def page() -> str:
    """The whole page."""
    told = json.loads(RESULTS.read_text(encoding="utf-8"))
    habits = "".join(f"| {who} | {listens} |\n" for who, listens in LISTENS.items())
    months = "".join(map(_month, told["habits"]))
    accounts = "".join(
        f"| {row['who']} | {row['calls_a_day']} | {row['calls_a_day_of_an_account']} |\n" for row in told["accounts"]
    )
    head, around = HEAD.format(**told), AROUND.format(**told)
    return f"{head}{HABITS}{habits}{around}{months}{ACCOUNTS}{accounts}{GAPS}"


def _month(row: dict[str, Any]) -> str:
    seen = [f"{100 * row[share]:.2f} %" for share in ("seen_of_listed", "seen_of_avoidable")]
    calls = [row[name] for name in ("plays_a_day", "calls_a_day", "calls_a_day_at_most")]
    counts = [f"{row[name]:,}" for name in ("gaps_told", "gaps_false", "lost", "lost_untold")]
    return f"| {' | '.join(map(str, (row['who'], *calls, *seen, *counts)))} |\n"


if __name__ == "__main__":
    sys.stdout.write(page())
