"""A report on a lake in a bucket whose data files a local cache already holds, against the same from disk.

    python -m benchmarks.bucket [--plays 100000] [--save NAME]

The bucket is of moto's S3 server on this machine, in a process of its own. Each is a process of its own, run several times in
turn; the quickest of each counts. The first report of a machine, which has to fetch every file, is told beside them.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.import_speed import export, imported
from benchmarks.measure import Took, groovelog, keep, timed
from groovelog.lake.s3 import Access, client

TIMES = 7
TARGET = "≤ 2 × the same from disk"
REPORTS = ("overview", "top-artists", "recap")
SERVER = Path(__file__).parent.parent / "tests" / "lake" / "s3_server.py"
BUCKET = "music"


def main(plays: int = 100_000, save: str | None = None) -> None:
    with tempfile.TemporaryDirectory(prefix="groovelog-bench-") as name, served() as access:
        home, far = Path(name, "home"), Path(name, "far")
        imported(home, export(Path(name), plays))
        client(access).put(str(home / "lake") + "/", f"{BUCKET}/lake/", recursive=True)
        env = environment(access)
        took: dict[str, list[Took]] = {}
        for turn in range(TIMES):
            for report in REPORTS:
                took.setdefault(f"{report} from disk", []).append(timed(groovelog(home, "report", report, "--json")))
                took.setdefault(f"{report} from a bucket", []).append(
                    timed(groovelog(far, "report", report, "--json"), env)
                )
            shutil.rmtree(far / "cache")
            took.setdefault(f"{REPORTS[0]} from a bucket, nothing near", []).append(
                timed(groovelog(far, "report", REPORTS[0], "--json"), env)
            )
            print(f"turn {turn + 1} of {TIMES}", file=sys.stderr)
    best = {what: min(runs, key=lambda run: run.wall) for what, runs in took.items()}
    rows = [
        {
            "what": what, "wall_s": round(run.wall, 2), "cpu_s": round(run.cpu, 2), "peak_mb": round(run.peak_mb),
            "ratio": round(run.wall / best[f"{what.partition(' ')[0]} from disk"].wall, 2),
            "target": TARGET if what.endswith("bucket") else "",
        }
        for what, run in best.items()
    ]  # fmt: skip
    for row in rows:
        print(row)
    if save:
        keep("bucket.json", save, rows, plays=plays)


@contextmanager
def served() -> Iterator[Access]:
    with subprocess.Popen([sys.executable, str(SERVER)], stdout=subprocess.PIPE) as process:
        try:
            assert process.stdout is not None
            access = Access(f"http://127.0.0.1:{int(process.stdout.readline())}", "key", "secret")
            client(access).call_s3("create_bucket", Bucket=BUCKET)
            yield access
        finally:
            process.kill()


def environment(access: Access) -> dict[str, str]:
    return {
        **os.environ,
        "GROOVELOG_LAKE": f"s3://{BUCKET}/lake",
        "AWS_ENDPOINT_URL": str(access.endpoint),
        "AWS_ACCESS_KEY_ID": str(access.key),
        "AWS_SECRET_ACCESS_KEY": str(access.secret),
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--plays", type=int, default=100_000)
    parser.add_argument("--save", help="keep the results under this name")
    given = parser.parse_args()
    main(given.plays, given.save)
