"""The ledger: the only door to Delta Lake and DuckDB. A folder of three tables, documents, records and runs.

Delta commits one table at a time. A batch is committed to documents and records first, then one row of runs names the versions
that belong together. That row is the ledger's version: 1, 2, 3 … What no row names is invisible, and the next writer
rolls it back.
"""
