"""A drawing of a network as SVG: states in two camps, left and right, friendly ties blue, hostile ones orange.

Colours are those of Okabe and Ito (2008). A thick dark line crosses: friends across the camps, foes within.
"""

from __future__ import annotations

from html import escape
from typing import Any

import numpy as np

from entente.analysis.intervals import Floats
from entente.analysis.network import Network

WIDTH, HEIGHT, _MARGIN = 900, 620, 46
FRIENDLY, HOSTILE, INK = "#0072B2", "#D55E00", "#222222"
CAMPS = {1: "#E8F1F8", 2: "#FBEEE2", None: "#F2F2F2"}
_STEPS, _MOST_TIES = 300, 400
_SEED = 1


def draw(network: Network) -> str:
    """Return the network as SVG; of very many ties the heaviest are drawn, and the drawing says so."""
    states = network.states.rows()
    ties = [(place, row) for place, row in enumerate(network.rows()) if row["sign"]][:_MOST_TIES]
    head = f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" xmlns="http://www.w3.org/2000/svg" role="img" '
    head += 'aria-label="Network of states" font-family="Helvetica, Arial, Liberation Sans, sans-serif">'
    head += '<rect width="100%" height="100%" fill="white"/>'
    if not states:
        return f'{head}<text x="{WIDTH / 2}" y="{HEIGHT / 2}" text-anchor="middle">no ties</text></svg>'
    places = {row["state"]: place for place, row in enumerate(states)}
    at = _layout(states, [(places[row["one"]], places[row["other"]], row["net"]) for _, row in ties])
    heaviest = max((abs(row["net"]) for _, row in ties), default=1.0)
    lines = [_tie(row, at[places[row["one"]]], at[places[row["other"]]], heaviest, network.ids(place)) for place, row in ties]
    left_out = sum(1 for row in network.rows() if row["sign"]) - len(ties)
    note = f"the {_MOST_TIES} heaviest ties; {left_out} more are not drawn" if left_out else ""
    said = f'<text x="12" y="{HEIGHT - 10}" font-size="11" fill="#6b6b6b">{note}</text>'
    return head + "".join([*reversed(lines), *(_state(row, at[place]) for place, row in enumerate(states)), said]) + "</svg>"


def _layout(states: list[dict[str, Any]], ties: list[tuple[int, int, float]]) -> Floats:
    """Return places, shape (states, 2): friends draw each other near, all keep their distance, camps lean left and right."""
    rng = np.random.default_rng(_SEED)
    size = len(states)
    lean = np.array([{1: -1.0, 2: 1.0, None: 0.0}[row["camp"]] for row in states])
    if not (lean == 1).any():
        lean[:] = 0
    at = np.column_stack([0.6 * lean, np.zeros(size)]) + rng.normal(scale=0.4, size=(size, 2))
    pull = np.zeros((size, size))
    strongest = max((abs(net) for *_, net in ties), default=1.0)
    for one, other, net in ties:
        pull[one, other] = pull[other, one] = (0.25 + abs(net) / strongest) if net > 0 else 0.0
    spread = 1.6 / np.sqrt(size)
    for step in range(_STEPS):
        apart = at[:, None] - at[None, :]
        distance = np.sqrt((apart**2).sum(axis=2)) + 1e-3
        push = (spread**2 / distance**2 - pull * distance / (2 * spread * np.sqrt(size)))[:, :, None] * apart
        force = push.sum(axis=1) - 0.15 * at
        force[:, 0] += 0.6 * (0.75 * lean - at[:, 0])
        length = np.maximum(np.sqrt((force**2).sum(axis=1, keepdims=True)), 1e-9)
        at = at + force / length * np.minimum(length, 0.15 * (1 - step / _STEPS))
    low, high = at.min(axis=0), at.max(axis=0)
    room = np.array([WIDTH, HEIGHT]) - 2 * _MARGIN
    wide = np.where(high - low > 1e-6, high - low, 1.0)
    centred = np.where(high - low > 1e-6, (at - low) / wide, 0.5)
    return np.asarray(_MARGIN + centred * room)


def _tie(row: dict[str, Any], one: Floats, other: Floats, heaviest: float, ids: list[str]) -> str:
    colour = FRIENDLY if row["sign"] > 0 else HOSTILE
    part = abs(row["net"]) / heaviest
    crossing = bool(row["crossing"])
    dashes = ' stroke-dasharray="7 4"' if row["sign"] < 0 else ""
    line = (
        f'<line x1="{one[0]:.1f}" y1="{one[1]:.1f}" x2="{other[0]:.1f}" y2="{other[1]:.1f}" stroke="{colour}" '
        f'stroke-width="{0.8 + 5 * part**0.5:.1f}" stroke-opacity="{0.95 if crossing else 0.45}"{dashes}/>'
    )
    said = f"{row['one']} – {row['other']}: net {row['net']:+.1f}, {row['records']} records".replace("-", "−")
    said += f", {row['crossing']}" if crossing else ""
    return f'<g class="figure" data-records="{escape(" ".join(ids))}"><title>{escape(said)}</title>{line}</g>'


def _state(row: dict[str, Any], at: Floats) -> str:
    x, y = at
    said = f"{row['state']}: camp {row['camp'] or '–'}, {row['friends']} friends, {row['foes']} foes, {row['records']} records"
    width = 15 + 3.4 * len(row["state"])
    return (
        f'<g><title>{escape(said)}</title><rect x="{x - width:.1f}" y="{y - 11:.1f}" width="{2 * width:.1f}" height="22" rx="11" '
        f'fill="{CAMPS[row["camp"]]}" stroke="{INK}" stroke-width="1"/><text x="{x:.1f}" y="{y + 4:.1f}" font-size="12" '
        f'text-anchor="middle" fill="{INK}">{escape(row["state"])}</text></g>'
    )
