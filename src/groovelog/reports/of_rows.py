"""The reports of source rows: what each source told, how much of it, and what is wrong with it."""

from groovelog.reports.report import ANY_KIND, LISTENER, PERIOD, Report
from groovelog.tables import SOURCE_PLAYS, Column

SOURCE = Column("source", "VARCHAR", "what told of the plays, as spotify_extended or lastfm")
ROWS = Column("rows", "BIGINT", "source rows stored")
MEASURES = (
    Column("no_id", "BIGINT", "rows without URI of what was played"),
    Column("no_name", "BIGINT", "rows without title, or with one that stands for none"),
    Column("no_duration", "BIGINT", "rows without ms_played"),
    Column("under_5_s", "BIGINT", "rows of less than five seconds"),
    Column("ms_shortest", "BIGINT", "least ms_played", "ms"),
    Column("ms_mean", "BIGINT", "mean ms_played of the rows that tell it, rounded down", "ms"),
    Column("ms_longest", "BIGINT", "most ms_played", "ms"),
    Column("clock_trouble", "BIGINT", "rows that stop before they start, lie after their import, were uploaded late, or "
           "whose device clock is ahead"),
    Column("overlaps", "BIGINT", "rows that share more than a minute with an earlier one of the source"),
)  # fmt: skip
MEASURED = (
    "Rows without id, without name, without duration, under 5 s; the least, mean and most time listened; clock trouble; "
    "rows that overlap an earlier one of the source."
)
FOUND = (
    Column("rows", "BIGINT", "rows found"),
    Column("of_rows", "BIGINT", "rows looked at"),
    Column("share", "DOUBLE", "rows / of_rows", "share"),
)
OF_SOURCE_ROWS = (LISTENER, *PERIOD, ANY_KIND)

OF_ROWS = (
    Report(
        "sources",
        "Sources",
        f"What each source told: its stored rows, the plays they tell of, and those that it tells of alone. {MEASURED}",
        (
            SOURCE,
            ROWS,
            Column("plays", "BIGINT", "plays that the source told of"),
            Column("plays_alone", "BIGINT", "plays that no other source told of"),
            *MEASURES,
            Column("first_date", "DATE", "local date of the first row's start"),
            Column("last_date", "DATE", "local date of the last row's start"),
        ),
        of=SOURCE_PLAYS,
        parameters=OF_SOURCE_ROWS,
        metric="quality.sources",
    ),
    Report(
        "sources-by-month",
        "Sources by month",
        f"Stored rows of each source by local month; a month without rows is left out. {MEASURED}",
        (Column("month", "DATE", "first day of the month"), SOURCE, ROWS, *MEASURES),
        of=SOURCE_PLAYS,
        parameters=OF_SOURCE_ROWS,
        metric="quality.by_month",
    ),
    Report(
        "sources-by-run",
        "Sources by run",
        "What each run read of files of each source: rows = stored + duplicates + unreadable; the rest is of the stored. "
        f"{MEASURED}",
        (
            Column("run_id", "VARCHAR", "the run, as groovelog receipts has it"),
            Column("source", "VARCHAR", "what the files were read as"),
            Column("imported_at", "TIMESTAMPTZ", "when the run was published"),
            Column("files", "BIGINT", "files read"),
            Column("rows", "BIGINT", "rows in these files"),
            Column("stored", "BIGINT", "rows stored"),
            Column("duplicates", "BIGINT", "rows known already from the same source"),
            Column("unreadable", "BIGINT", "rows that could not be read"),
            *MEASURES,
        ),
        of=SOURCE_PLAYS,
        parameters=(LISTENER,),
        metric="quality.by_run",
    ),
    Report(
        "missing-values",
        "Missing values",
        "For each source and each column: stored rows in which the source tells nothing. Columns that belong to another "
        "kind are null as well; ask for one kind to leave them out of account.",
        (SOURCE, Column("column_name", "VARCHAR", "column of source_plays"), *FOUND),
        of=SOURCE_PLAYS,
        parameters=OF_SOURCE_ROWS,
        metric="quality.missing_values",
    ),
    Report(
        "data-quality",
        "Data quality",
        "What is missing, wrong or odd, by source and check, each explained in the glossary; at last among the plays that "
        "all sources together tell of. For nulls by column ask missing-values, for durations sources.",
        (
            Column("source", "VARCHAR", "what told of the rows, or plays: what is joined of all sources"),
            Column("check", "VARCHAR", "what was looked for"),
            *FOUND,
        ),
        of=SOURCE_PLAYS,
        parameters=(LISTENER,),
        metric="quality.checks",
    ),
)
