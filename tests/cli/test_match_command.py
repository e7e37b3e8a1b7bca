"""`groovelog match --queries`: songs against references, without a lake."""

from pathlib import Path

from calling import Call

REFERENCE = "ref_id,track_name,artists\nr1,Painted Harbour,The Small Hours\nr2,,\n"
QUERIES = "query_id,track_name,artist_name\n1,PAINTED HARBOUR,Small Hours\n2,Quiet,Nobody\n"


def files(folder: Path) -> tuple[Path, Path, Path]:
    reference, queries = folder / "r.csv", folder / "q.csv"
    reference.write_text(REFERENCE, encoding="utf-8")
    queries.write_text(QUERIES, encoding="utf-8")
    return reference, queries, folder / "o.csv"


def test_verdicts_are_written_and_no_lake_is_made(call: Call, home: Path, tmp_path: Path) -> None:
    reference, queries, output = files(tmp_path)
    answer = call("match", "--queries", queries, "--reference", reference, "--output", output)
    assert (answer.code, answer.err) == (0, "")
    assert answer.out == (
        f"r.csv: 1 of 2 rows, each once, with a title\n2 queries: 1 matched, 1 unmatched. Written to {output}\n"
    )
    lines = output.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "query_id,ref_id,confidence,verdict,reason"
    assert lines[1] == "1,r1,0.9959,matched,the same names"
    assert lines[2].startswith("2,,0.0,unmatched,")
    assert not home.exists()


def test_several_references_and_json(call: Call, tmp_path: Path) -> None:
    reference, queries, output = files(tmp_path)
    other = tmp_path / "s.csv"
    other.write_text("ref_id,Lied,artist\ns1,Quiet,Nobody\n", encoding="utf-8")
    words = (
        "match",
        "--queries",
        queries,
        "--reference",
        reference,
        "--reference",
        other,
        "--output",
        output,
        "--json",
    )
    refused = call(*words)
    assert refused.code == 1
    assert refused.json["error"]["file"] == str(other)
    other.write_text("ref_id,title,artist\ns1,Quiet,Nobody\n", encoding="utf-8")
    told = call(*words).json
    assert told == {
        "references": [
            {"file": "r.csv", "rows": 2, "kept": 1, "unreadable": 0},
            {"file": "s.csv", "rows": 1, "kept": 1, "unreadable": 0},
        ],
        "queries": 2,
        "verdicts": {"matched": 2},
    }
    # As a shell spells `--reference *.csv`.
    assert (
        call("match", "--queries", queries, "--output", output, "--json", "--reference", reference, other).json == told
    )


def test_a_column_is_mapped(call: Call, tmp_path: Path) -> None:
    reference, queries, output = files(tmp_path)
    reference.write_text("ref_id,Lied,artist\nr1,Painted Harbour,Small Hours\n", encoding="utf-8")
    words = ("match", "--queries", queries, "--reference", reference, "--output", output, "--map")
    assert call(*words, "track_name=Lied").out.endswith(f"1 matched, 1 unmatched. Written to {output}\n")
    refused = call(*words, "Lied")
    assert (refused.code, refused.err) == (
        1,
        "groovelog: --map Lied: it is written FIELD=COLUMN, as --map track_name=Song.\n",
    )
