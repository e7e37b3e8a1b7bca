"""The habits declared in people.py can be found again in the rows of the exports, with nothing of Groovelog's."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from spotify_files import Row, Rows

from groovelog.demo.catalogue import Catalogue


def began(row: Row, timezone: str) -> datetime:
    start = datetime.fromisoformat(row["ts"]) - timedelta(milliseconds=row["ms_played"])
    return start.astimezone(ZoneInfo(timezone))


def share(rows: Iterable[bool]) -> float:
    answers = list(rows)
    return sum(answers) / len(answers)


def music(rows: Rows) -> Rows:
    return [row for row in rows if row["master_metadata_track_name"]]


def test_mara_is_a_night_owl(plays: dict[str, Rows]) -> None:
    hours = Counter(began(row, "Europe/Lisbon").hour for row in plays["Mara"])
    assert hours.most_common(1)[0][0] in (0, 1)
    assert sum(hours[hour] for hour in (22, 23, 0, 1, 2)) > sum(hours[hour] for hour in range(6, 18))


def test_orrin_listens_on_the_way_to_work_and_home(plays: dict[str, Rows]) -> None:
    starts = [began(row, "Asia/Kolkata") for row in plays["Orrin"]]
    hours = Counter(start.hour for start in starts if start.weekday() < 5)
    assert {hour for hour, _ in hours.most_common(4)} == {7, 8, 17, 18}
    assert share(start.weekday() < 5 for start in starts if start.hour == 7) > 0.95


def test_orrin_leaves_the_train_alone_in_may(plays: dict[str, Rows]) -> None:
    days = [began(row, "Asia/Kolkata") for row in plays["Orrin"]]
    on_holiday = [day for day in days if day.month == 5 and 11 <= day.day <= 31]
    assert share(day.weekday() < 5 for day in days) > 0.7
    assert share(day.weekday() < 5 for day in on_holiday) < 0.05


def test_juno_studies_more_before_exams(plays: dict[str, Rows]) -> None:
    days = [began(row, "America/Toronto") for row in plays["Juno"]]
    afternoon = Counter((day.month, day.day) for day in days if 12 <= day.hour < 18)
    exams = sum(afternoon[4, day] for day in range(8, 29)) / 21
    before = sum(afternoon[3, day] for day in range(8, 29)) / 21
    assert exams > 2 * before


def test_juno_is_out_on_fridays_and_saturdays(plays: dict[str, Rows]) -> None:
    late = [day.weekday() for row in plays["Juno"] if (day := began(row, "America/Toronto")).hour >= 22]
    assert share(weekday in (4, 5) for weekday in late) > 0.85


def test_mara_hears_winter_songs_in_december_alone(plays: dict[str, Rows], catalogue: Catalogue) -> None:
    winter = {artist.name for artist in catalogue.artists if artist.scene.name == "winter songs"}
    rows = [(began(row, "Europe/Lisbon"), row["master_metadata_album_artist_name"]) for row in music(plays["Mara"])]
    december = share(artist in winter for day, artist in rows if day.month == 12 and 6 <= day.day <= 26)
    june = share(artist in winter for day, artist in rows if day.month == 6)
    assert december > 0.15
    assert june < 0.02


@pytest.mark.parametrize(("name", "drops_on", "dropped"), [("Mara", "2020-07", 4), ("Orrin", "2022-01", 2)])
def test_favourites_are_forgotten(plays: dict[str, Rows], name: str, drops_on: str, dropped: int) -> None:
    before = Counter(row["master_metadata_album_artist_name"] for row in music(plays[name]) if row["ts"] < drops_on)
    # A quarter begins some hours later or earlier in the listener's zone.
    after = {row["master_metadata_album_artist_name"] for row in music(plays[name]) if row["ts"] > f"{drops_on}-02"}
    gone = [artist for artist, _ in before.most_common(10) if artist not in after]
    assert len(gone) == dropped


def test_new_artists_are_found_every_year(plays: dict[str, Rows]) -> None:
    first: dict[str, str] = {}
    for row in sorted(music(plays["Mara"]), key=lambda row: str(row["ts"])):
        first.setdefault(row["master_metadata_album_artist_name"], row["ts"][:4])
    years = Counter(first.values())
    assert years["2017"] > 30
    assert all(10 <= years[str(year)] <= 40 for year in range(2018, 2026))


def test_an_obsession_takes_a_month(plays: dict[str, Rows]) -> None:
    """In most quarters one track has more than a twentieth of its fullest month."""
    months: dict[str, Counter[str]] = {}
    for row in music(plays["Juno"]):
        months.setdefault(row["ts"][:7], Counter())[row["spotify_track_uri"]] += 1
    obsessed = [month for month, tracks in months.items() if tracks.most_common(1)[0][1] > tracks.total() / 20]
    assert len({(month[:4], (int(month[5:]) - 1) // 3) for month in obsessed}) >= 15


def test_orrin_skips_hip_hop_and_sits_through_jazz(plays: dict[str, Rows], catalogue: Catalogue) -> None:
    scene = {artist.name: artist.scene.name for artist in catalogue.artists}
    skips: dict[str, list[bool]] = {}
    for row in music(plays["Orrin"]):
        if row["skipped"] is not None:
            skips.setdefault(scene[row["master_metadata_album_artist_name"]], []).append(row["skipped"])
    assert share(skips["hip hop"]) > 3 * share(skips["jazz"])
