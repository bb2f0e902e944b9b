"""Pictures of measures, drawn by Altair: series with their intervals, evidence thin where it is thin."""

from __future__ import annotations

from typing import Any

from entente.analysis.dyads import Dyads
from entente.analysis.results import Result
from entente.analysis.stance import Stance
from entente.errors import EntenteError

WIDTH, HEIGHT = 720, 220
COOPERATION, CONFLICT, LINE = "#2a78b5", "#c8442d", "#333333"


def dyad_chart(dyads: Dyads) -> Any:
    """Return bars of cooperation and conflict and the decayed line for both directions together, with the change points."""
    altair = _altair()
    both = [row for row in dyads.rows() if "+" in row["actor"] and row["actor"] == row["recipient"]]
    bars = [
        {"start": row["start"].isoformat(), "end": row["end"].isoformat(), "of": of, "score": score}
        for row in both
        for of, score in (("cooperation", row["cooperation"]), ("conflict", -row["conflict"]))
    ]
    x = altair.X("start:T", title=None)
    colour = altair.Color(
        "of:N", title=None, scale=altair.Scale(domain=["cooperation", "conflict"], range=[COOPERATION, CONFLICT])
    )
    base = (
        altair.Chart(altair.Data(values=bars))
        .mark_bar()
        .encode(x=x, x2="end:T", y=altair.Y("score:Q", title="sum of scores", stack=None), y2=altair.datum(0), color=colour)
    )
    lines = altair.Data(values=[_dated(row, ("decayed", "decayed_low", "decayed_high")) for row in both])
    line = (
        altair.Chart(lines)
        .mark_line(color=LINE, point={"color": LINE})
        .encode(x=x, y=altair.Y("decayed:Q", title="decayed score"))
    )
    band = altair.Chart(lines).mark_area(color=LINE, opacity=0.15).encode(x=x, y="decayed_low:Q", y2="decayed_high:Q")
    marks = [_dated(row, ("net_before", "net_after")) for row in dyads.changes.rows() if row["actor"] == row["recipient"]]
    rules = altair.Chart(altair.Data(values=marks)).mark_rule(strokeDash=[4, 3], color=LINE).encode(x=x)
    title = f"{both[0]['actor'].replace('+', ' and ')}, by {dyads.notes['by']}" if both else "no events"
    parts = [layer.properties(width=WIDTH, height=HEIGHT) for layer in (base + rules, band + line + rules)]
    return altair.vconcat(*parts, title=title).resolve_scale(x="shared")


def stance_chart(stance: Stance) -> Any:
    """Return the axis of each state over time with its interval, X above and Y below."""
    altair = _altair()
    known = [row for row in stance.rows() if row["axis"] is not None]
    rows = [{"state": row["state"], **_dated(row, ("axis", "axis_low", "axis_high"), "end")} for row in known]
    data = altair.Data(values=rows)
    x_name, y_name = stance.notes["x"], stance.notes["y"]
    x = altair.X("end:T", title=None)
    y = altair.Y("axis:Q", title=f"{y_name} ← axis → {x_name}", scale=altair.Scale(domain=[-1, 1]))
    line = altair.Chart(data).mark_line(point=True).encode(x=x, y=y, color=altair.Color("state:N", title=None))
    band = (
        altair.Chart(data)
        .mark_area(opacity=0.15)
        .encode(x=x, y="axis_low:Q", y2="axis_high:Q", color=altair.Color("state:N", title=None))
    )
    zero = altair.Chart(altair.Data(values=[{"y": 0}])).mark_rule(color="#999999").encode(y="y:Q")
    return (zero + band + line).properties(width=WIDTH, height=HEIGHT * 1.4, title=f"Between {x_name} and {y_name}")


def similarity_chart(result: Result) -> Any:
    """Return kappa of each pair with its interval."""
    altair = _altair()
    data = altair.Data(values=[row for row in result.rows() if row["kappa"] is not None])
    y = altair.Y("state:N", title=None)
    colour = altair.Color("other:N", title="with")
    offset = altair.YOffset("other:N")
    points = (
        altair.Chart(data)
        .mark_point(filled=True, size=60)
        .encode(x=altair.X("kappa:Q", title="kappa", scale=altair.Scale(domain=[-1, 1])), y=y, yOffset=offset, color=colour)
    )
    rules = altair.Chart(data).mark_rule().encode(x="kappa_low:Q", x2="kappa_high:Q", y=y, yOffset=offset, color=colour)
    return (rules + points).properties(width=WIDTH)


def _dated(row: dict[str, Any], names: tuple[str, ...], day: str = "start") -> dict[str, Any]:
    dated: dict[str, Any] = {key: row[key].isoformat() for key in ("start", "end") if key in row}
    return {day: dated[day], **dated, **{name: row[name] for name in names}}


def _altair() -> Any:
    try:
        import altair  # a second to load
    except ImportError as error:
        raise EntenteError("altair is not installed, which draws pictures; `pip install 'entente[plots]'`") from error
    return altair
