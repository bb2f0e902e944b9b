#!/usr/bin/env python3
"""Seconds and memory that measures need on a large ledger, beside the same series made by pandas from a flat file.

    analysis.py [LEDGER] [--records 1000000]

LEDGER is a ledger made by `synthetic.py`; without it one is made and thrown away. Prints one JSON object and exits with 1
where a figure is above its bound. "first" is the first question to a ledger just opened, its records read with it (for
contradictions, the ledger opened and the codebook read, too); the others are asked of a workspace that has read them. Seconds are
of wall time; `cpu` are of the processor.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

STATES = """
UKR TUR IRN ISR SYR IND PAK JPN KOR BLR KAZ ARM AZE GEO MDA SRB EGY IRQ SAU CHN BRA MEX ARG ZAF NGA ETH KEN VNM THA IDN
""".split()
DYAD = ("KAZ", "RUS")
STATE = "RUS"  # the one with the most records


def main() -> int:
    """Measure, print, and compare with the bounds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("ledger", nargs="?", type=Path)
    parser.add_argument("--records", type=int, default=1_000_000)
    parser.add_argument("--part", choices=list(PARTS), help=argparse.SUPPRESS)
    parser.add_argument("--flat", type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.part:
        print(json.dumps(PARTS[args.part](args.ledger, args.flat)))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        ledger = args.ledger or Path(folder) / "ledger"
        if args.ledger is None:
            from synthetic import write_ledger

            write_ledger(ledger, args.records)
        figures: dict[str, Any] = {}
        for part in PARTS:
            figures |= _apart(part, ledger, Path(folder) / "flat.csv")
    same = figures.pop("series") == figures.pop("pandas_series")
    figures["pandas_gives_the_same_series"] = same
    print(json.dumps(figures))
    bounds = json.loads((Path(__file__).parent / "floors.json").read_text(encoding="utf-8"))["analysis"]["at_most"]
    failed = [f"{name} {figures[name]} exceeds {bound}" for name, bound in bounds.items() if figures[name] > bound]
    print("\n".join(failed), file=sys.stderr)
    return 1 if failed or not same else 0


def _apart(part: str, ledger: Path, flat: Path) -> dict[str, Any]:
    """Run one part in a process of its own, so that its memory is its own."""
    command = [sys.executable, __file__, str(ledger), "--part", part, "--flat", str(flat)]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def first_dyad(ledger: Path, flat: Path) -> dict[str, Any]:
    """Time one dyad as the first question."""
    from entente.workspace import Workspace

    with Workspace(ledger) as workspace:
        workspace.sql("select 1")
        _ = workspace.questions.sides
        return _timed("dyad_first", lambda: workspace.dyads(*DYAD)) | {"dyad_first_peak_mb": _peak_mb()}


def first_stance(ledger: Path, flat: Path) -> dict[str, Any]:
    """Time a stance as the first question."""
    from entente.workspace import Workspace

    with Workspace(ledger) as workspace:
        workspace.sql("select 1")
        _ = workspace.questions.sides
        return _timed("stance_first", lambda: workspace.stance(STATES, ("RUS", "WEST"), intervals=False))


def first_contradictions(ledger: Path, flat: Path) -> dict[str, Any]:
    """Time the contradictions of one state as the first question, from the opening of the ledger on."""

    def ask() -> None:
        with Workspace(ledger) as workspace:
            workspace.contradictions(STATE)

    from entente.workspace import Workspace

    return _timed("contradictions_first", ask) | {"contradictions_first_peak_mb": _peak_mb()}


def asked_again(ledger: Path, flat: Path) -> dict[str, Any]:
    """Time the measures once the records are read, and write the flat file for pandas."""
    from entente.workspace import Workspace

    with Workspace(ledger) as workspace:
        workspace.sql("select 1")
        _ = workspace.questions.sides
        figures = _timed("read", lambda: workspace.questions.facts)
        figures |= _timed("dyad", lambda: workspace.dyads(*DYAD, intervals=False))
        figures |= _timed("dyad_200", lambda: workspace.dyads(*DYAD))
        figures |= _timed("changes", lambda: workspace.dyads(*DYAD).changes)
        figures |= _timed("stance", lambda: workspace.stance(STATES, ("RUS", "WEST"), intervals=False))
        figures |= _timed("stance_200", lambda: workspace.stance(STATES, ("RUS", "WEST")))
        figures |= _timed("contradictions", lambda: len(workspace.contradictions(STATE)))
        figures |= _timed("network", lambda: workspace.network(since="2014", until="2016", intervals=False).balance)
        figures |= {"peak_mb": _peak_mb(), "records": len(workspace.questions.facts)}
        rows = [row for row in workspace.dyads(*DYAD, intervals=False).rows() if row["actor"] == DYAD[0]]
        # a month with too few records has no net score, but its sums are stated
        figures["series"] = [
            [row["start"].isoformat(), round(row["cooperation"] - row["conflict"], 3)] for row in rows if row["records"]
        ]
        _write_flat(workspace, flat)
    return figures


def by_pandas(ledger: Path, flat: Path) -> dict[str, Any]:
    """Time the same series as one makes it from a flat file: read, filter, one a day, sum by month."""
    import pandas

    start = time.perf_counter()
    table = pandas.read_csv(flat, parse_dates=["day"])
    read = time.perf_counter() - start
    start = time.perf_counter()
    mine = table[(table.actor == DYAD[0]) & (table.recipient == DYAD[1]) & (table.kind == "event") & (table.status == "actual")]
    mine = mine[mine.day.notna() & mine.precision.isin(["day", "month"])]
    daily = mine.groupby(["day", "precision", "type"]).score.mean().reset_index()
    series = daily.groupby(daily.day.dt.to_period("M")).score.sum()
    seconds = time.perf_counter() - start
    return {
        "pandas_read_s": round(read, 3),
        "pandas_dyad_s": round(seconds, 3),
        "pandas_peak_mb": _peak_mb(),
        "pandas_series": [[period.start_time.date().isoformat(), round(value, 3)] for period, value in series.items()],
    }


PARTS: dict[str, Callable[[Path, Path], dict[str, Any]]] = {
    "first_dyad": first_dyad,
    "first_stance": first_stance,
    "first_contradictions": first_contradictions,
    "asked_again": asked_again,
    "by_pandas": by_pandas,
}


def _write_flat(workspace: Any, flat: Path) -> None:
    """Write one row for each record, actor and recipient, as event data sets have them; mutual events stand both ways."""
    import numpy as np
    import pyarrow as pa
    from pyarrow import csv

    facts = workspace.questions.facts
    codes = pa.array([*facts.codes, None])
    rows = facts.record
    day = np.where(facts.dated, facts.start, 0).astype("datetime64[D]")
    columns = {
        "day": pa.array(day[rows], mask=~facts.dated[rows]),
        "actor": codes.take(pa.array(facts.actor % len(codes))),
        "recipient": codes.take(pa.array(facts.recipient % len(codes))),
        "score": pa.array(facts.score[rows], mask=np.isnan(facts.score[rows])),
        **{
            name: pa.array([*getattr(facts, name).names, None]).take(
                pa.array(getattr(facts, name).values[rows] % (len(getattr(facts, name).names) + 1))
            )
            for name in ("kind", "type", "status", "precision")
        },
    }
    csv.write_csv(pa.table(columns), flat)


def _timed(name: str, question: Callable[[], Any]) -> dict[str, float]:
    wall, cpu = time.perf_counter(), time.process_time()
    question()
    return {f"{name}_s": round(time.perf_counter() - wall, 3), f"{name}_cpu_s": round(time.process_time() - cpu, 3)}


def _peak_mb() -> int:
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


if __name__ == "__main__":
    raise SystemExit(main())
