"""A network as one HTML file that needs nothing else: drawing and tables within, no script, no network."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

from entente.analysis.network import Network
from entente.analysis.results import Result
from entente.cli.figures import as_text, interval_note
from entente.cli.graph.drawing import draw

_STYLE = """
body { margin: 2rem auto; max-width: 60rem; padding: 0 1.5rem; color: #222; background: #fff;
  font: 15px/1.5 "Helvetica Neue", Helvetica, Arial, "Liberation Sans", sans-serif; }
h1 { font-size: 1.5rem; margin: 0 0 .3rem; } h2 { font-size: 1rem; margin: 2rem 0 .5rem; }
svg { width: 100%; height: auto; } .note { color: #5f5f5f; font-size: .85rem; }
table { border-collapse: collapse; width: 100%; font-size: .85rem; }
th { text-align: left; color: #5f5f5f; border-bottom: 1px solid #dcdcdc; padding: .2rem .8rem .3rem 0; }
td { padding: .25rem .8rem .25rem 0; border-bottom: 1px solid #efefef; vertical-align: top; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
summary { cursor: pointer; color: #0b5a8c; } code { font-size: .78rem; word-break: break-all; }
"""
_TIES = ("one", "other", "net", "net_low", "net_high", "cooperation", "conflict", "crossing", "records", "documents")
_BALANCE = ("frustration", "bound", "share", "share_low", "share_high", "states", "ties", "circles", "records", "documents")


def render_page(network: Network, title: str) -> str:
    """Return the page; every row opens the ids of its records."""
    notes = network.notes
    parts = [
        f"<h1>{escape(title)}</h1>",
        f'<p class="note">{escape(said_of(network))}</p>',
        draw(network),
        '<p class="note">Blue: friendly; orange, dashed: hostile; full colour: at odds with the two camps. '
        "Width: net weight. Point at a line for its figures.</p>",
        _table("Balance", network.balance, _BALANCE),
        _table("Camps", network.states, network.states.columns),
        _table("Hosts and mediators", network.brokers, network.brokers.columns),
        _table("Ties", network, _TIES),
        f'<p class="note">{escape(interval_note(notes))}</p>',
    ]
    head = '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
    head += f"<title>{escape(title)}</title><style>{_STYLE}</style></head>"
    return f"{head}\n<body>\n" + "\n".join(parts) + "\n</body></html>\n"


def said_of(network: Network) -> str:
    """Return the balance in a sentence or two."""
    row = network.balance.rows()[0]
    if not row["ties"]:
        return "The ledger has no signed tie between two states of these days."
    least = as_text(row["frustration"], 1)
    said = f"{row['ties']:,} signed ties of {row['states']} states. "
    if row["exact"]:
        said += f"Two camps leave ties of weight {least} at odds, and no division leaves less"
    else:
        said += f"Two camps leave ties of weight {least} at odds; no division leaves less than {as_text(row['bound'], 1)}"
    if row["share"] is None:
        return f"{said}. {row['note'].capitalize()}."
    interval = "" if row["share_low"] is None else f" [{row['share_low']:.1%}, {row['share_high']:.1%}]"
    return f"{said}: {row['share']:.1%}{interval} of all weight."


def _table(name: str, result: Result, columns: Sequence[str]) -> str:
    if not len(result):
        return f'<h2>{name}</h2><p class="note">none</p>'
    heads = "".join(f'<th class="{_kind(result, column)}">{escape(column.replace("_", " "))}</th>' for column in columns)
    rows = "".join(_row(result, place, row, columns) for place, row in enumerate(result.rows()))
    return f"<h2>{name}</h2><table><tr>{heads}<th>evidence</th></tr>{rows}</table>"


def _row(result: Result, place: int, row: dict[str, Any], columns: Sequence[str]) -> str:
    cells = "".join(f'<td class="{_kind(result, column)}">{escape(as_text(row[column]))}</td>' for column in columns)
    ids = escape(" ".join(result.ids(place)))
    evidence = f"<details><summary>ids</summary><code>{ids}</code></details>"
    return f'<tr class="figure" data-records="{ids}">{cells}<td>{evidence}</td></tr>'


def _kind(result: Result, column: str) -> str:
    return "words" if any(isinstance(value, str) for value in result.column(column)) else "number"
