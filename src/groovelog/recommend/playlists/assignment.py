"""The cheapest assignment of rows to columns: the Hungarian method with potentials (Kuhn 1955, Jonker and Volgenant 1987)."""

import numpy as np

from groovelog.recommend.playlists.costs import Floats


def assign(cost: Floats) -> list[int]:
    """The column of each row, no column twice, so that the sum is least; shape (rows, columns), rows ≤ columns, all finite."""
    rows, columns = cost.shape
    of_row, of_column = np.zeros(rows), np.zeros(columns)
    row_at = np.full(columns, -1, dtype=np.intp)
    for row in range(rows):
        shortest = np.full(columns, np.inf)
        came = np.full(columns, -1, dtype=np.intp)
        done = np.zeros(columns, dtype=bool)
        at, reached, column = row, 0.0, -1
        while True:
            reduced = reached + cost[at] - of_row[at] - of_column
            better = ~done & (reduced < shortest)
            shortest[better], came[better] = reduced[better], column
            column = int(np.where(done, np.inf, shortest).argmin())
            reached, done[column] = float(shortest[column]), True
            if row_at[column] < 0:
                break
            at = int(row_at[column])
        of_row[row] += reached
        passed = done & (row_at >= 0)
        of_row[row_at[passed]] += reached - shortest[passed]
        of_column[done] -= reached - shortest[done]
        while column >= 0:
            before = int(came[column])
            row_at[column] = row if before < 0 else row_at[before]
            column = before
    found = [0] * rows
    for place, of in enumerate(row_at.tolist()):
        if of >= 0:
            found[of] = place
    return found
