"""`groovelog playlist`: short words for the reports of playlists; one put in order, and one for several listeners."""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from groovelog import access
from groovelog.cli.report import Format, report
from groovelog.errors import UsageError
from groovelog.lake.home import Home
from groovelog.lake.people import as_known, consents, named
from groovelog.lake.snapshot import Snapshot, open_snapshot
from groovelog.model import Listener as Person
from groovelog.reports import Question

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, no_args_is_help=True)

Listener = Annotated[
    str | None, typer.Option(help="Whose playlists; else the only listener who is not invented, else me.")
]
Top = Annotated[int | None, typer.Option(metavar="N", help="Rows at most; else all, in a table the first 20.")]
Form = Annotated[Format | None, typer.Option("--format", help="How the answer is printed.")]
AsJson = Annotated[bool, typer.Option("--json", help="The same as --format json.")]
Output = Annotated[Path | None, typer.Option(metavar="FILE", help="Write here instead of to stdout.")]


@app.callback()
def _playlist() -> None:
    """Look at playlists beside what was played, and put them right."""


@app.command()
def health(
    context: typer.Context,
    *,
    listener: Listener = None,
    top: Top = None,
    form: Form = None,
    as_json: AsJson = False,
    output: Output = None,
) -> None:
    """Size, age, freshness, variety and plays of every playlist: the report playlist-health."""
    report(context, "playlist-health", listener=listener, top=top, form=form, as_json=as_json, output=output)


@app.command()
def overlap(
    context: typer.Context,
    *,
    listener: Listener = None,
    top: Top = None,
    form: Form = None,
    as_json: AsJson = False,
    output: Output = None,
) -> None:
    """Pairs of playlists with tracks in common: the report playlist-overlap."""
    report(context, "playlist-overlap", listener=listener, top=top, form=form, as_json=as_json, output=output)


@app.command()
def optimize(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="The playlist: its name, or its id.")],
    *,
    listener: Listener = None,
    arc: Annotated[str, typer.Option(help="How energy runs: flat, warm-up, peak or cool-down.")] = "flat",
    acoustic: Annotated[
        float | None,
        typer.Option(metavar="SHARE", help="Share of acoustic tracks, 0 to 1; songs are swapped to reach it."),
    ] = None,
    energy: Annotated[
        float | None, typer.Option(metavar="X", help="Energy to go for, 0 still to 1 loud, by adding and dropping.")
    ] = None,
    mood: Annotated[
        float | None, typer.Option(metavar="X", help="Mood (valence) to go for, 0 dark to 1 bright, in the same way.")
    ] = None,
    add: Annotated[
        int | None, typer.Option(metavar="K", help="Songs to add, from what you play and from references.")
    ] = None,
    drop: Annotated[
        int | None, typer.Option(metavar="K", help="Songs to drop: those that most speaks against.")
    ] = None,
    m3u: Annotated[Path | None, typer.Option(metavar="FILE", help="Write the new order as an M3U list, too.")] = None,
    write: Annotated[bool, typer.Option("--write", help="Make a new playlist of it on Spotify.")] = False,
    replace: Annotated[
        bool, typer.Option("--replace", help="With --write: change the playlist itself instead.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="With --write: do not ask.")] = False,
    as_json: AsJson = False,
) -> None:
    """Put a playlist in a smooth order along an arc; balance it, add and drop. Nothing is written unless asked."""
    # numpy and Ibis: 0.5 s that the other words do without.
    from groovelog.recommend.playlists import library, told  # noqa: PLC0415
    from groovelog.recommend.playlists.proposal import Wish, propose  # noqa: PLC0415

    if (replace or yes) and not write:
        raise UsageError(f"{'--replace' if replace else '--yes'} says how to write. Add --write, or leave it out.")
    wish = Wish(arc, acoustic, energy, mood, add, drop)
    with open_snapshot(context.obj.lake) as snapshot:
        person = _person(snapshot, listener)
        playlist = library.find(library.playlists(snapshot, person), name)
        proposal = propose(snapshot, person, playlist, wish, datetime.now(UTC).date())
    if replace:
        _check_replaceable(playlist.on_spotify, len(proposal.uris), len(proposal.after))
    if m3u is not None:
        _save(m3u, told.m3u(proposal.name, proposal.songs))
    if not as_json:
        from groovelog.cli.playlist_told import print_proposal  # noqa: PLC0415 - rich: JSON does without

        print_proposal(proposal)
    over = playlist.playlist_id if replace else None
    written = None
    if write:
        called = proposal.name if over else f"{proposal.name} ({arc})"
        written = _write(context.obj, person, (over, called), proposal.uris, yes)
    if as_json:
        known = {"listener": person.name, "playlist_id": playlist.playlist_id, "written": written}
        sys.stdout.write(json.dumps(told.as_json(proposal) | known, ensure_ascii=False) + "\n")
    elif not write:
        sys.stdout.write("Nothing was written. --write makes a new playlist of it on Spotify.\n")


@app.command()
def blend(
    context: typer.Context,
    *,
    listener: Annotated[list[str], typer.Option(metavar="NAME", help="For whom; two or more, each by --listener.")],
    number: Annotated[int, typer.Option("-n", "--number", metavar="N", help="Songs.", min=1, max=500)] = 30,
    m3u: Annotated[Path | None, typer.Option(metavar="FILE", help="Write it as an M3U list, too.")] = None,
    as_json: AsJson = False,
) -> None:
    """One list for two or more listeners who show each other everything, fair to each of them."""
    from groovelog.recommend.playlists import blending, library, told  # noqa: PLC0415

    with open_snapshot(context.obj.lake) as snapshot:
        people = _consenting(snapshot, listener)
        libraries = {person.name: library.library(snapshot, person, shown_to_others=True) for person in people}
    blended = blending.blend(libraries, number)
    if m3u is not None:
        _save(m3u, told.m3u(f"Blend of {' and '.join(libraries)}", [one.song for one in blended.songs]))
    if as_json:
        sys.stdout.write(json.dumps(told.blend_as_json(blended), ensure_ascii=False) + "\n")
        return
    from groovelog.cli.playlist_told import print_blend  # noqa: PLC0415

    print_blend(blended)


def _person(snapshot: Snapshot, name: str | None) -> Person:
    known = snapshot.listeners()
    return Question(None if name is None else as_known(known, name)).choose(known)


def _consenting(snapshot: Snapshot, names: list[str]) -> list[Person]:
    """The listeners of a blend. Raises UsageError for fewer than two, NotAllowed for one who does not show everything."""
    known, said = snapshot.listeners(), consents(snapshot)
    told = list(dict.fromkeys(as_known(known, name) for name in names))
    if len(told) < 2:
        raise UsageError("A blend is for two listeners or more. Name each by --listener.")
    people = [named(known, name) for name in told]
    access.group(people[0], known, said, access.ALL, told[1:])
    access.group(people[1], known, said, access.ALL, told[:1])
    return people


def _check_replaceable(on_spotify: bool, writable: int, entries: int) -> None:
    """Raises UsageError for a playlist that cannot be changed, or would lose entries by it."""
    if not on_spotify:
        raise UsageError(
            "An export does not tell which playlist of Spotify this is. Leave --replace out, and a new one is made; or collect "
            "playlists first: groovelog collect."
        )
    if writable < entries:
        raise UsageError(
            f"{entries - writable:,} of {entries:,} entries have no address at Spotify, as local files, and would be lost. "
            "Leave --replace out, and a new playlist is made."
        )


def _write(
    home: Home, person: Person, into: tuple[str | None, str], uris: list[str], yes: bool
) -> dict[str, Any] | None:
    # spotipy and state.db: 0.3 s that a dry run does without.
    from groovelog.config import Settings  # noqa: PLC0415
    from groovelog.pipeline import playlists as writing  # noqa: PLC0415
    from groovelog.spotify.client import connect  # noqa: PLC0415
    from groovelog.state.database import open_state  # noqa: PLC0415

    playlist_id, name = into
    writing.check_items(uris)
    settings = Settings()
    with open_state(home.root, settings.sealing_key) as state:
        client = connect(settings.spotify(home), state, person.listener_id)
        what = f"the playlist {name!r} that is there" if playlist_id else f"a new private playlist {name!r}"
        if not yes:
            if not (sys.stdin.isatty() and sys.stderr.isatty()):
                raise UsageError(f"Nobody can answer here whether to write {what}. Add --yes, or leave --write out.")
            if not typer.confirm(f"Write {len(uris):,} tracks into {what}?", err=True):
                sys.stderr.write("groovelog: Nothing was written.\n")
                raise typer.Exit(1)
        written = writing.write(client, name, uris, into=playlist_id)
    sys.stderr.write(f"groovelog: {written.tracks:,} tracks are in {what}.\n")
    return {
        "playlist_id": written.playlist_id,
        "name": written.name,
        "tracks": written.tracks,
        "replaced": written.replaced,
    }


def _save(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}.") from None
