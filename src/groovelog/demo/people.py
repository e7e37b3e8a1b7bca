"""The invented listeners."""

from datetime import date

from groovelog.demo.habits import EVERY_DAY, WEEKEND, WORKDAYS, Packing, Person, Routine, Spell, Tastes
from groovelog.demo.quarters import quarter_of

MARA = Person(
    name="Mara",
    timezone="Europe/Lisbon",
    country="PT",
    since=date(2017, 9, 14),
    routines=(
        Routine(
            "night", EVERY_DAY, 24.4, 1.5, 0.95, 11, "desktop", {"ambient": 5, "techno": 3, "dream pop": 3, "punk": 0.1}
        ),
        Routine("evening", EVERY_DAY, 21.0, 1.4, 0.55, 9, "desktop", {"city pop": 2, "soul": 2}),
        Routine("errands", EVERY_DAY, 15.5, 2.2, 0.35, 7, "phone", {"bossa": 3, "hip hop": 2}, shuffle=0.7, skips=1.5),
        Routine("late weekend", WEEKEND, 26.0, 1.2, 0.5, 14, "speaker", {"techno": 6, "drum and bass": 5}),
        Routine("walk with a podcast", EVERY_DAY, 17.0, 1.5, 0.16, 1, "phone", hears="podcast"),
        Routine("book in bed", EVERY_DAY, 22.5, 0.7, 0.12, 1, "phone", hears="audiobook"),
    ),
    tastes=Tastes(
        scenes={
            "ambient": 4,
            "techno": 3,
            "dream pop": 3,
            "city pop": 2,
            "bossa": 2,
            "metal": 0.1,
            "winter songs": 0.1,
        },
        known_at_first=40,
        found_per_quarter=6,
        obsession=0.15,
        skip=0.14,
        skips={"hip hop": 2.2, "folk": 1.6},
        dropped=4,
        drops_on=date(2020, 7, 1),
    ),
    spells=(
        Spell("August by the sea", (8, 3), (8, 24), {"night": 0.5, "errands": 2.5}, {"bossa": 4}, country="ES"),
        Spell("December", (12, 6), (12, 26), scenes={"winter songs": 250}),
    ),
    shows=("Noites sem Fim", "The Lighthouse Ledger", "Maps of Nowhere"),
    books=(
        ("O Jardim dos Faróis", date(2024, 2, 1)),
        ("The Clockmaker of Inland Harbour", date(2025, 1, 15)),
        ("A Short History of Imaginary Rivers", date(2026, 1, 10)),
    ),
    flight=quarter_of(date(2019, 7, 1)),
)

ORRIN = Person(
    name="Orrin",
    timezone="Asia/Kolkata",
    country="IN",
    since=date(2019, 4, 1),
    routines=(
        Routine(
            "train in", WORKDAYS, 7.7, 0.25, 0.92, 8, "phone", {"drum and bass": 2, "hip hop": 3}, 0.6, 1.2, offline=0.5
        ),
        Routine("train home", WORKDAYS, 17.9, 0.5, 0.88, 8, "phone", {"folk": 3, "soul": 2}, 0.6, offline=0.5),
        Routine("weekend", WEEKEND, 11.5, 2.5, 0.9, 9, "speaker", {"jazz": 4, "chamber": 2}, shuffle=0.2),
        Routine("podcast on the train", WORKDAYS, 7.3, 0.2, 0.22, 1, "phone", offline=0.6, hears="podcast"),
    ),
    tastes=Tastes(
        scenes={"folk": 3, "jazz": 3, "hip hop": 2, "soul": 2, "punk": 0.2},
        known_at_first=25,
        found_per_quarter=4,
        obsession=0.10,
        skip=0.24,
        skips={"jazz": 0.4, "hip hop": 1.5},
        dropped=2,
        drops_on=date(2022, 1, 1),
    ),
    spells=(
        Spell(
            "hills in May",
            (5, 10),
            (5, 31),
            {"train in": 0, "train home": 0, "podcast on the train": 0, "weekend": 1.6},
        ),
        Spell(
            "away in October",
            (10, 12),
            (10, 20),
            {"train in": 0, "train home": 0, "podcast on the train": 0},
            country="NP",
        ),
    ),
    shows=("The Platform Edge", "Umbrella Repairs Weekly"),
    packing=Packing(old_names=True),
)

JUNO = Person(
    name="Juno",
    timezone="America/Toronto",
    country="CA",
    since=date(2021, 9, 5),
    routines=(
        Routine(
            "study", EVERY_DAY, 15.0, 2.4, 0.5, 12, "desktop", {"lo-fi": 8, "chamber": 3, "hip hop": 0.2}, 0.2, 0.2
        ),
        Routine("way to class", WORKDAYS, 9.2, 0.6, 0.7, 5, "phone", {"punk": 3, "city pop": 2}, 0.6, 1.6),
        Routine(
            "night out", (4, 5), 22.5, 1.2, 0.6, 16, "phone", {"techno": 3, "drum and bass": 4, "lo-fi": 0.1}, 0.8, 1.3
        ),
        Routine(
            "run",
            EVERY_DAY,
            18.2,
            0.9,
            0.35,
            9,
            "watch",
            {"drum and bass": 4, "punk": 3, "chamber": 0.1},
            0.9,
            offline=0.3,
        ),
        Routine("podcast at supper", EVERY_DAY, 19.5, 0.8, 0.15, 1, "phone", hears="podcast"),
    ),
    tastes=Tastes(
        scenes={"lo-fi": 3, "punk": 3, "drum and bass": 2, "city pop": 3, "jazz": 0.3},
        known_at_first=20,
        found_per_quarter=9,
        obsession=0.22,
        skip=0.33,
        skips={"chamber": 0.5, "lo-fi": 0.5},
        dropped=2,
        drops_on=date(2023, 10, 1),
    ),
    spells=(
        Spell("exams in April", (4, 8), (4, 28), {"study": 4, "night out": 0.05, "run": 0.5}, {"lo-fi": 2}),
        Spell("exams in December", (12, 4), (12, 20), {"study": 4, "night out": 0.05, "run": 0.5}, {"lo-fi": 2}),
        Spell("summer", (6, 20), (8, 31), {"study": 0.1, "way to class": 0, "night out": 1.8, "run": 1.6}),
    ),
    shows=("Exam Hall Stories", "Ten Slow Minutes"),
    incognito=0.03,
    packing=Packing(nested=True, extended_days_behind=6),
)

PEOPLE = (MARA, ORRIN, JUNO)
