"""Recommend: suggestions for a listener and a moment, by their ranker where it is the best that is known.

Without a ranker, or where a rule was better, the rule is used, and that is said.
"""

import threading
from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import numpy as np

from groovelog import access
from groovelog.access import Viewer
from groovelog.errors import ModelMissing, ModelRefused
from groovelog.lake.home import Home
from groovelog.lake.people import as_known
from groovelog.lake.snapshot import Snapshot
from groovelog.model import Listener
from groovelog.recommend import stored
from groovelog.recommend.baselines import WORDS
from groovelog.recommend.friends import friends_of, song_key
from groovelog.recommend.history import History, history
from groovelog.recommend.listened import Moment
from groovelog.recommend.music import Music, music
from groovelog.recommend.rerank import RESTS_HOURS
from groovelog.recommend.said import thumbs
from groovelog.recommend.songs import Ints
from groovelog.recommend.suggesting import Known, Scorer, known, suggest
from groovelog.recommend.suggestions import Suggestions, Wanted
from groovelog.reports.question import Question
from groovelog.tables import (
    CONSENTS,
    LISTENERS,
    PLAYLIST_TRACKS,
    PLAYLISTS,
    PLAYS,
    REFERENCES,
    SAVED_TRACKS,
    SOURCE_PLAYS,
    TRACK_MATCHES,
    TRACKS,
)

# Used where nothing is known of which is the best: it was, of these rules, on the invented listeners.
DEFAULT, COLD = "recency", "popularity"
SESSION_S = 30 * 60  # as everywhere: a silence of so long ends a session
LEAST_PLAYS = 50
# Plays, songs, and who shows what; what was said of songs is read each time.
STANDS_ON = (
    PLAYS, SOURCE_PLAYS, TRACKS, REFERENCES, TRACK_MATCHES, CONSENTS, LISTENERS, PLAYLISTS, PLAYLIST_TRACKS, SAVED_TRACKS,
)  # fmt: skip
MOST_LOADED = 4
_loaded: dict[tuple[str, Listener, tuple[int | None, ...]], Known] = {}
_loading = threading.Lock()

NO_MODEL = "No model is trained for you yet (`groovelog train`), so this goes by {words}."
WORSE = (
    "On the weeks after those it learnt from, the ranker's lists, made varied as they are shown, were not better than those by "
    "{words} (nDCG@10 {own:.3f} against {rule:.3f}), so this goes by that."
)
BETTER = (
    "On weeks it had not seen, the lists of the ranker, learnt from your plays and made varied as they are shown, were better "
    "than those of every plain rule (nDCG@10 {own:.3f}; the best rule {rule:.3f})."
)
LITTLE = (
    "You have {plays} plays here; from {least} on, suggestions can go by what you play. Until then they go by {words}."
)


def recommend(  # noqa: PLR0917 (who asks, of what, what, when)
    home: Home, snapshot: Snapshot, viewer: Viewer, listener: str | None, wanted: Wanted, now: datetime
) -> Suggestions:
    """Suggestions for the listener of that name, else the viewer's own, at the instant `now` (with a zone).

    Raises NotFoundError for a listener whose reports the viewer does not see, UsageError where there is none to choose,
    NothingToTell where there is nothing to suggest: the message says what is missing.
    """
    person = whose(viewer, snapshot, listener)
    return of(home, remembered(snapshot, person), snapshot, wanted, now)


def whose(viewer: Viewer, snapshot: Snapshot, name: str | None) -> Listener:
    """Raises as `recommend`."""
    people = snapshot.listeners()
    if name is not None:
        return access.seen(viewer, people, as_known(people, name))
    return Question().choose(people) if viewer.listener_id is None else access.own(viewer, people)


def remembered(snapshot: Snapshot, person: Listener) -> Known:
    """What is loaded, kept for a few listeners while the tables it stands on stay as they are."""
    versions = tuple(snapshot.versions.get(table.name) for table in STANDS_ON)
    key = str(snapshot.lake), person, versions
    with _loading:
        told = _loaded.pop(key, None) or loaded(snapshot, person)
        _loaded[key] = told
        while len(_loaded) > MOST_LOADED:
            _loaded.pop(next(iter(_loaded)))
    return told


def loaded(snapshot: Snapshot, person: Listener) -> Known:
    """What suggestions for one listener stand on. What takes time is done here; `of` is quick."""
    plays = history(snapshot, person)
    told = known(plays, music(snapshot, plays))
    _ = told.music.points, told.music.group, told.music.luck, told.music.keys
    return told


def of(home: Home, told: Known, snapshot: Snapshot, wanted: Wanted, now: datetime) -> Suggestions:
    """Suggestions from what is loaded. Raises NothingToTell."""
    person = told.history.listener
    scorer, method, why = chosen_method(home, told.history)
    left_out = _just_played(snapshot, person, told.music, now)
    moment = moment_at(told.history, person, now)
    said = thumbs(snapshot, person, told.music)
    found = suggest(told, said, moment, wanted, scorer=scorer, baseline=method, left_out=left_out)
    return Suggestions(
        listener=person.name,
        context=wanted.context,
        novelty=wanted.novelty,
        at=now,
        method=method,
        why=why,
        suggestions=found,
        notes=_notes(snapshot, person, told.music),
    )


def chosen_method(home: Home, plays: History) -> tuple[Scorer | None, str, str]:
    """How to score, what it is called, and why, in a sentence. The ranker is chosen where its shown lists were the best."""
    if len(plays) < LEAST_PLAYS:
        return None, COLD, LITTLE.format(plays=len(plays), least=LEAST_PLAYS, words=WORDS[COLD])
    try:
        about, boosters, _ = stored.load(home, plays.listener.listener_id, stored.RANKING)
    except ModelMissing:
        return None, DEFAULT, NO_MODEL.format(words=WORDS[DEFAULT])
    except ModelRefused as error:
        return None, DEFAULT, f"{error.message} This goes by {WORDS[DEFAULT]}."
    shown = about.scores[
        "shown"
    ]  # what is suggested is made varied: an order that is the best before need not be so after
    own = shown["models"][0]["ndcg_at_10"]
    rule = max(shown["baselines"], key=lambda row: row["ndcg_at_10"])
    if own <= rule["ndcg_at_10"]:
        return None, rule["name"], WORSE.format(words=WORDS[rule["name"]], own=own, rule=rule["ndcg_at_10"])
    from groovelog.recommend.ranking import scores  # noqa: PLC0415 (XGBoost, loaded where there is a model alone)

    return partial(scores, boosters[stored.RANKER]), stored.RANKER, BETTER.format(own=own, rule=rule["ndcg_at_10"])


def moment_at(plays: History, person: Listener, now: datetime) -> Moment:
    """The moment: hour and weekday where the listener lives, and the session that is under way, if one is."""
    at = int(now.timestamp() * 1_000_000)
    zone = next((zone for since, zone in reversed(person.zones) if since is None or since <= now.date()), "UTC")
    local = now.astimezone(ZoneInfo(zone))
    end = int(np.searchsorted(plays.at, at))
    begin = end
    if end and at - int(plays.stop[end - 1]) < SESSION_S * 1_000_000:
        while begin and plays.session[begin - 1] == plays.session[end - 1]:
            begin -= 1
    return Moment(at, local.hour, local.weekday(), np.arange(begin, end))


def _just_played(snapshot: Snapshot, person: Listener, songs: Music, now: datetime) -> Ints:
    """Songs played in the last day, whichever source tells it: not to bring them again needs no learning."""
    own = snapshot.cut(PLAYS, person.listener_id)
    rows = snapshot.connection.execute(
        f'SELECT DISTINCT track_name, artist_name FROM "{own}" WHERE started_at BETWEEN $1 AND $2',
        [now - timedelta(hours=RESTS_HOURS), now],
    ).fetchall()
    places = {songs.places.get(song_key(title, artist) or "") for title, artist in rows} - {None}
    return np.array(sorted(place for place in places if place is not None), dtype=np.int64)


def _notes(snapshot: Snapshot, person: Listener, songs: Music) -> tuple[str, ...]:
    """What is missing that would make suggestions better."""
    notes = []
    if len(songs) == songs.own or not songs.told.any():
        notes.append("No reference has songs you never played: `groovelog reference add FILE` brings some.")
    if not friends_of(snapshot, person):
        notes.append("Nobody else here shows you what they play, so nothing comes from friends.")
    return tuple(notes)
