"""The stand-in as a whole; everything it knows lives in memory."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from groovelog.demo.catalogue import Item
from groovelog.demo.standin.accounts import Account, App
from groovelog.demo.standin.clock import Clock
from groovelog.demo.standin.faults import Faults
from groovelog.demo.standin.history import History, Rule, half_a_minute
from groovelog.demo.standin.library import Library
from groovelog.demo.standin.oauth import OAuth
from groovelog.demo.standin.quota import Limits, Quota


@dataclass(frozen=True)
class Call:
    """A request as it was answered: `query` never holds a code or token, `status` is None where the answer never came.

    `user_id` is None where no valid token told it; `client_id` likewise.
    """

    method: str
    path: str
    query: str
    user_id: str | None
    client_id: str | None
    status: int | None
    at: datetime


class Standin:
    """Spotify's two hosts for some accounts and apps.

    `items` are what can be looked up beside the tracks that the accounts played; `rule` says which plays are listed.
    The first account is the one that the consent page proposes.
    """

    def __init__(
        self,
        clock: Clock,
        accounts: Iterable[Account],
        apps: Iterable[App],
        *,
        items: Iterable[Item] = (),
        rule: Rule = half_a_minute,
        limits: Limits | None = None,
    ) -> None:
        self.clock = clock
        self.accounts = {account.user_id: account for account in accounts}
        self.apps = {app.client_id: app for app in apps}
        self.items = {item.uri: item for item in items}
        self.items |= {play.track.uri: play.track for account in self.accounts.values() for play in account.plays}
        self.histories = {user_id: History(account.plays, rule) for user_id, account in self.accounts.items()}
        self.library = Library(self.accounts.values())
        self.oauth = OAuth(self.apps, clock)
        self.quota = Quota(limits or Limits())
        self.faults = Faults()
        self.calls: list[Call] = []
