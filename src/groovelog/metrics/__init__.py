"""What describes a history: pure Ibis functions from table to table, which somebody else executes.

They name columns of unbound tables (`unbound.py`), so a misspelt column fails without data, and the same expression
compiles for DuckDB and for Spark. Their plays have gone through `works.named` and `counting.marked`.
"""
