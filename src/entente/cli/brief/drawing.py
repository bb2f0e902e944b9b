"""Drawings of a brief as SVG: the timeline in two lanes, and the axis over time. Every mark names its records.

Colours are those of Okabe and Ito (2008), which colour-blind readers tell apart. A full mark is a deed, a hollow one words, a bar
a span of days.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from html import escape

from entente.analysis.page import AxisPoint, Brief, Mark
from entente.cli.brief.page import mark_date

COLOURS = {"cooperation": "#0072B2", "conflict": "#D55E00", "neither": "#6B6B6B"}
INK, FAINT = "#222222", "#D9D9D9"
WIDTH, LEFT, RIGHT = 760, 108, 16
_ROW, _GAP, _TOP = 19, 16, 8
_MOST_ROWS = 9
_CHARACTER = 5.7  # the mean width of one at 11 px
_LABEL = 34  # characters
_CITED, _CLEAR = 26, 6  # px for a number, and between marks
_SHORT = 2  # years
_MOST_IDS = 100  # at a mark; the JSON names them all


class Scale:
    """Days as places from left to right."""

    def __init__(self, days: Sequence[dt.date]) -> None:
        first, last = min(days), max(days)
        self.first = dt.date(first.year, 1, 1)
        short = last.year - first.year < _SHORT
        self.last = dt.date(last.year + 1 + short, 1, 1)  # few years leave room for the words beside the marks

    def x(self, day: dt.date) -> float:
        """Return the place of a day."""
        part = (day - self.first).days / (self.last - self.first).days
        return LEFT + part * (WIDTH - LEFT - RIGHT)

    def ticks(self) -> list[tuple[float, str]]:
        """Return places and years, about eight of them."""
        years = self.last.year - self.first.year
        step = next((step for step in (1, 2, 5, 10, 20, 50, 100) if years / step <= 9), 200)
        chosen = range(-(-self.first.year // step) * step, self.last.year + 1, step)
        return [(self.x(dt.date(year, 1, 1)), str(year)) for year in chosen]


def timeline_of(brief: Brief, numbers: dict[str, int]) -> str:
    """Return the timeline as SVG, "" where no act has a date. Lanes: toward X, both or elsewhere, toward Y."""
    dated = [mark for mark in brief.timeline if mark.start or mark.end]
    if not dated:
        return ""
    scale = Scale([day for mark in dated for day in (mark.start, mark.end) if day is not None])
    lanes = [(brief.x.name, "x"), ("both, or elsewhere", "both"), (brief.y.name, "y")]
    parts: list[str] = []
    top = float(_TOP)
    for name, lane in lanes:
        marks = [mark for mark in dated if mark.lane == lane]
        if not marks and lane == "both":
            continue
        drawn, rows = _lane(marks, scale, numbers, top)
        height = max(rows, 1) * _ROW + _GAP
        parts.append(_lane_frame(name, top, height))
        parts.extend(drawn)
        top += height
    return _svg(top + 24, [*_grid(scale, _TOP, top), *parts], f"Acts toward {brief.x.name} and {brief.y.name} over time")


def axis_of(brief: Brief, numbers: dict[str, int]) -> str:
    """Return the axis over time with its interval as SVG, "" where it has no figure."""
    points = [point for point in brief.axis if point.axis.value is not None]
    if not points:
        return ""
    scale = Scale([point.end for point in points])
    height = 170.0
    parts = [*_grid(scale, 12, height), _axis_frame(brief, height)]
    banded = [point for point in points if point.axis.low is not None and point.axis.high is not None]
    if len(banded) > 1:
        above = [f"{scale.x(point.end):.1f},{_y(point.axis.high or 0, height):.1f}" for point in banded]
        below = [f"{scale.x(point.end):.1f},{_y(point.axis.low or 0, height):.1f}" for point in reversed(banded)]
        parts.append(f'<polygon points="{" ".join(above + below)}" fill="{COLOURS["cooperation"]}" opacity="0.15"/>')
    line = " ".join(f"{scale.x(point.end):.1f},{_y(point.axis.value or 0, height):.1f}" for point in points)
    parts.append(f'<polyline points="{line}" fill="none" stroke="{COLOURS["cooperation"]}" stroke-width="1.8"/>')
    parts.extend(_axis_point(point, scale, height) for point in points)
    return _svg(height + 24, parts, f"Axis between {brief.y.name} and {brief.x.name} over time")


# --- lanes --------------------------------------------------------------------------------------------------------------


def _lane(marks: Sequence[Mark], scale: Scale, numbers: dict[str, int], top: float) -> tuple[list[str], int]:
    """Return the drawn marks of a lane and its number of rows; a mark takes the first row that has room for its label."""
    free: list[float] = []
    drawn = []
    for mark in sorted(marks, key=lambda mark: mark.start or mark.end or dt.date.max):
        left, right = _ends(mark, scale)
        label = _label(mark)
        end = right + 8 + len(label) * _CHARACTER + _CITED
        outward = end > WIDTH - 2
        begin = left - 8 - len(label) * _CHARACTER - _CITED if outward else left
        row = next((row for row, taken in enumerate(free) if taken < begin - _CLEAR), len(free))
        if row >= _MOST_ROWS:
            row, label = _MOST_ROWS - 1, ""
        elif row == len(free):
            free.append(0.0)
        free[row] = max(free[row], right + 4 if outward else end)
        drawn.append(_mark(mark, left, right, top + _GAP / 2 + row * _ROW + _ROW / 2, label, numbers, outward=outward))
    return drawn, len(free)


def _ends(mark: Mark, scale: Scale) -> tuple[float, float]:
    start = mark.start or mark.end
    end = mark.end or mark.start
    if start is None or end is None:
        return 0.0, 0.0
    return scale.x(start), scale.x(end)


def _label(mark: Mark) -> str:
    arrow = "← " if mark.direction == "to" else ""
    text = arrow + mark.label
    return text if len(text) <= _LABEL else text[: _LABEL - 1].rstrip() + "…"


def _mark(mark: Mark, left: float, right: float, y: float, label: str, numbers: dict[str, int], *, outward: bool) -> str:
    colour = COLOURS[mark.tone]
    fill = colour if mark.manner == "deeds" else "white"
    if right - left > 9:
        form = f'<rect x="{left:.1f}" y="{y - 4:.1f}" width="{right - left:.1f}" height="8" rx="4"'
    else:
        form = f'<circle cx="{(left + right) / 2:.1f}" cy="{y:.1f}" r="4.5"'
    shape = f'{form} fill="{fill}" stroke="{colour}" stroke-width="1.6"/>'
    number = next((numbers[name] for name in mark.records if name in numbers), None)
    cited = "" if number is None else f' <tspan class="ref">[{number}]</tspan>'
    place = (left - 8, "end") if outward else (right + 8, "start")
    text = ""
    if label:
        text = f'<text x="{place[0]:.1f}" y="{y + 3.8:.1f}" text-anchor="{place[1]}">{escape(label)}{cited}</text>'
    title = f"<title>{escape(f'{mark_date(mark)}: {mark.says}')}</title>"
    body = f'<g class="mark figure" data-records="{_ids(mark.records)}">{title}{shape}{text}</g>'
    return body if number is None else f'<a href="#r{number}">{body}</a>'


def _lane_frame(name: str, top: float, height: float) -> str:
    words = escape(name if len(name) <= 18 else name[:17] + "…")
    middle = top + height / 2 + 4
    line = f'<line x1="0" x2="{WIDTH}" y1="{top + height:.1f}" y2="{top + height:.1f}" stroke="{FAINT}"/>'
    return f'{line}<text class="lane" x="0" y="{middle:.1f}">{words}</text>'


# --- axis ---------------------------------------------------------------------------------------------------------------


def _y(value: float, height: float) -> float:
    return 12 + (1 - value) / 2 * (height - 12)


def _axis_frame(brief: Brief, height: float) -> str:
    parts = []
    for value, name in ((1.0, f"1 · {brief.x.name}"), (0.0, "0"), (-1.0, f"−1 · {brief.y.name}")):
        y = _y(value, height)
        parts.append(f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}" stroke="{FAINT}"/>')
        parts.append(f'<text class="scale" x="0" y="{y + 4:.1f}">{escape(name)}</text>')
    return "".join(parts)


def _axis_point(point: AxisPoint, scale: Scale, height: float) -> str:
    value, low, high = point.axis.value or 0.0, point.axis.low, point.axis.high
    x, y = scale.x(point.end), _y(value, height)
    bar = ""
    if low is not None and high is not None:
        ends = f'y1="{_y(high, height):.1f}" y2="{_y(low, height):.1f}"'
        bar = f'<line x1="{x:.1f}" x2="{x:.1f}" {ends} stroke="{COLOURS["cooperation"]}"/>'
    interval = "" if low is None or high is None else f" [{low:+.2f}, {high:+.2f}]"
    said = f"end of {point.end.year}: {value:+.2f}{interval}, {point.label}, {len(point.axis.records)} records"
    return (
        f'<g class="figure" data-records="{_ids(point.axis.records)}"><title>{escape(said.replace("-", "−"))}</title>{bar}'
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="white" stroke="{COLOURS["cooperation"]}" stroke-width="1.8"/></g>'
    )


# --- frame --------------------------------------------------------------------------------------------------------------


def _grid(scale: Scale, top: float, bottom: float) -> list[str]:
    parts = []
    for x, year in scale.ticks():
        parts.append(
            f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{top:.1f}" y2="{bottom:.1f}" stroke="{FAINT}" stroke-dasharray="2 3"/>'
        )
        parts.append(f'<text class="scale" x="{x:.1f}" y="{bottom + 16:.1f}" text-anchor="middle">{year}</text>')
    return parts


def _svg(height: float, parts: Iterable[str], name: str) -> str:
    head = f'<svg viewBox="0 0 {WIDTH} {height:.0f}" role="img" aria-label="{escape(name)}" xmlns="http://www.w3.org/2000/svg">'
    return head + "".join(parts) + "</svg>"


def _ids(records: Iterable[str]) -> str:
    return escape(" ".join(list(records)[:_MOST_IDS]))
