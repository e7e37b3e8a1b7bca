"""The cards of what plays sound like: features of two periods, through the day, tempo, keys."""

from datetime import timedelta

import streamlit as st

from groovelog.dashboard import components, frames
from groovelog.dashboard.cards.mood import Heard
from groovelog.dashboard.charts import mood as mood_charts
from groovelog.dashboard.charts import sound as charts
from groovelog.dashboard.explanations import explanation
from groovelog.dashboard.periods import ALL_TIME
from groovelog.dashboard.texts import mood, wording
from groovelog.dashboard.texts import sound as texts
from groovelog.dashboard.texts.wording import (
    count,
    percent,
    rounded,
)
from groovelog.reports import Answer

LAST_YEAR = timedelta(days=364)


def show_profile(heard: Heard) -> None:
    """This period against the whole record; of the whole record its last twelve months."""
    if heard.asked.period.kind == ALL_TIME:
        now_answer = heard.asked.answer("audio-profile", per="all", from_date=heard.span[1] - LAST_YEAR)
        period = texts.LAST_TWELVE
    else:
        now_answer = heard.asked.answer("audio-profile", per="all")
        period = wording.period_name(heard.asked.period)
    whole = heard.asked.ever("audio-profile", per="all")
    now, before = _means(now_answer), _means(whole)
    both = [name for name in texts.FEATURES if name in now and name in before]
    if len(both) < charts.LEAST_CORNERS:
        st.html(components.figure_head("Audio features") + components.note(texts.TOO_FEW_FEATURES))
        return
    title = texts.profile_title({name: now[name] for name in both}, before, heard.asked.period, now_answer.coverage)
    legend = components.colour_legend(
        (("light-dark(var(--marker-line), var(--marker))", period), (components.DOTTED, "the whole record"))
    )
    st.html(components.figure_head(title, texts.PROFILE_SUB, legend))
    frames.plot(
        lambda scheme: frames.once(charts.radar, now, before, scheme), key="profile", height=charts.PROFILE_HEIGHT,
        alt=f"Radar of audio features of {period} and of the whole record. {title}.",
    )  # fmt: skip
    frames.foot(heard.note(now_answer), explanation("profile", now_answer))
    frames.numbers(
        "audio-profile",
        ("Feature", period, "Whole record"),
        [(texts.FEATURE_NAMES[name], rounded(now[name], 2), rounded(before[name], 2)) for name in both],
        now_answer,
    )


def show_day(heard: Heard) -> None:
    answer = heard.asked.answer("audio-profile", per="hour")
    rows = {row["hour"]: row for row in answer.values() if row["known"] >= wording.ENOUGH_PLAYS}
    lines = [[rows[hour][name] if hour in rows else None for hour in range(24)] for name in ("valence", "energy")]
    energy = {hour: row["energy"] for hour, row in rows.items() if row["energy"] is not None}
    title = texts.day_title(energy, heard.covered)
    marked = max(energy, key=lambda hour: energy[hour]) if title.startswith(texts.LIVELIEST) else None
    legend = components.colour_legend((("var(--ink)", "energy"), ("var(--series)", "valence")))
    st.html(components.figure_head(title, texts.DAY_SUB, legend))
    if energy:
        frames.plot(
            lambda scheme: frames.once(mood_charts.by_hour, lines[0], lines[1], marked, scheme), key="moodday",
            height=mood_charts.DAY_HEIGHT, alt=f"Lines of mean valence and energy by hour. {title}.",
        )  # fmt: skip
    else:
        st.html(components.note(texts.TOO_FEW_HOURS))
    frames.foot(f"{heard.note(answer)}, hours of {wording.ENOUGH_PLAYS} plays or more", explanation("moodday", answer))
    frames.numbers(
        "audio-by-hour",
        ("Hour", "Plays", "Known", "Valence", "Energy"),
        [
            (
                f"{row['hour']:02d}:00",
                count(row["plays"]),
                count(row["known"]),
                _mean(row["valence"]),
                _mean(row["energy"]),
            )
            for row in answer.values()
        ],
        answer,
    )


def show_tempo(heard: Heard) -> None:
    answer = heard.asked.answer("tempo")
    bins = [(row["bpm_from"], row["bpm_to"], row["plays"]) for row in answer.values() if row["bpm_from"] is not None]
    if not bins:
        st.html(components.figure_head("Tempo") + components.note(texts.NO_TEMPO))
        return
    title = texts.tempo_title(bins, heard.covered)
    st.html(components.figure_head(title, texts.TEMPO_SUB))
    middle = texts.middle_half(bins) if heard.speaks else None
    frames.plot(
        lambda scheme: frames.once(charts.tempo, bins, middle, scheme), key="tempo", height=charts.BARS_HEIGHT,
        alt=f"Bars of shares of plays by tempo. {title}.",
    )  # fmt: skip
    frames.foot(heard.note(answer), explanation("tempo", answer))
    total = sum(plays for *_, plays in bins)
    frames.numbers(
        "tempo",
        ("Tempo", "Plays", "Share"),
        [(f"{start} to {end}{wording.NB}BPM", count(plays), percent(plays, total)) for start, end, plays in bins],
        answer,
    )


def show_keys(heard: Heard) -> None:
    answer = heard.asked.answer("keys")
    rows = answer.values()
    shares = {row["key_name"]: row["share"] or 0.0 for row in rows}
    if not any(shares.values()):
        st.html(components.figure_head("Keys") + components.note(texts.NO_KEYS))
        return
    pairs = {(row["key_name"].split()[0], row["mode"]): row["share"] or 0.0 for row in rows}
    title = texts.keys_title(shares, heard.covered)
    marked = max(pairs, key=lambda key: pairs[key]) if heard.speaks and mood.leads(shares) else None
    legend = components.colour_legend((("var(--series)", "major"), ("var(--rest)", "minor")))
    st.html(components.figure_head(title, texts.KEYS_SUB, legend))
    pitches = list(dict.fromkeys(pitch for pitch, _ in pairs))
    frames.plot(
        lambda scheme: frames.once(charts.keys, pairs, pitches, marked, scheme), key="keys", height=charts.BARS_HEIGHT,
        alt=f"Bars of shares of plays by key, major beside minor. {title}.",
    )  # fmt: skip
    frames.foot(heard.note(answer), explanation("keys", answer))
    frames.numbers(
        "keys",
        ("Key", "Plays", "Share", "Top track", "Artist"),
        [
            (
                row["key_name"],
                count(row["plays"]),
                _share(row["share"]),
                row["top_track"] or "",
                row["top_track_artist"] or "",
            )
            for row in rows
        ],
        answer,
    )


def _means(answer: Answer) -> dict[str, float]:
    (row,) = answer.rows.slice(0, 1).to_pylist()
    return {name: row[name] for name in texts.FEATURES if row[name] is not None}


def _share(value: float | None) -> str:
    return "" if value is None else percent(value, 1)


def _mean(value: float | None) -> str:
    return "" if value is None else rounded(value, 2)
