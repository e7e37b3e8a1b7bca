"""Splink 4 with what its guide suggests for names: run in an environment of its own, as it is no dependency.

python -m benchmarks.matching.splink_peer REFERENCE.csv QUERIES.csv OUTPUT.csv
"""

import csv
import sys
from pathlib import Path

import pandas as pd
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on


def main() -> None:
    reference, queries, output = map(Path, sys.argv[1:])
    frames = [_frame(queries, "query_id", "artist_name"), _frame(reference, "track_id", "artists")]
    settings = SettingsCreator(
        link_type="link_only",
        comparisons=[
            cl.JaroWinklerAtThresholds("title", [0.95, 0.88]),
            cl.JaroWinklerAtThresholds("artist", [0.95, 0.88]),
        ],
        blocking_rules_to_generate_predictions=[block_on("title"), block_on("artist"), block_on("substr(title, 1, 6)")],
    )
    linker = Linker(frames, settings, db_api=DuckDBAPI(), set_up_basic_logging=False)
    linker.training.estimate_probability_two_random_records_match([block_on("title", "artist")], recall=0.7)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("title"))
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("artist"))
    pairs = linker.inference.predict(threshold_match_probability=0.01).as_pandas_dataframe()
    best = pairs.sort_values(["match_probability", "unique_id_r"], ascending=[False, True])
    left_is_query = best.unique_id_l.str.startswith("q:")
    best["query"] = best.unique_id_l.where(left_is_query, best.unique_id_r).str[2:]
    best["row"] = best.unique_id_r.where(left_is_query, best.unique_id_l).str[2:]
    best = best.drop_duplicates("query")
    with output.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["query_id", "ref_id", "confidence"])
        writer.writerows(zip(best["query"], best["row"], best.match_probability, strict=True))


def _frame(path: Path, number: str, artist: str) -> pd.DataFrame:
    """Titles and artists in lower case, numbered "q:…" or "r:…"."""
    told = pd.read_csv(path, dtype=str, keep_default_na=False)
    mark = "q:" if number == "query_id" else "r:"
    return pd.DataFrame(
        {"unique_id": mark + told[number], "title": told.track_name.str.lower(), "artist": told[artist].str.lower()}
    ).drop_duplicates("unique_id")


if __name__ == "__main__":
    main()
