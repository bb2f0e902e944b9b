"""Makes a ledger of synthetic records, of any size: nothing in it happened. Seeded, so that figures can be had again.

    python benchmarks/synthetic.py FOLDER [--records 1000000] [--seed 1]

A hundred states and bodies of very different weight, thirty years, the kinds and types in about the shares that news has. Each
pair has a leaning of its own that changes course now and then, so that series have change points and stances a direction.
"""

from __future__ import annotations

import argparse
import datetime as dt
from pathlib import Path

import numpy as np
import pyarrow as pa
from deltalake import write_deltalake

from entente.codebook.measures import SHIPPED
from entente.codebook.vocabulary import TYPES, load_vocabulary
from entente.ledger.rows import DOCUMENTS, RECORDS, Run, runs_table
from entente.ledger.tables import Writer

FIRST, DAYS = (dt.date(1995, 1, 1) - dt.date(1970, 1, 1)).days, 30 * 365
KIND_SHARES = {"event": 0.80, "tie": 0.09, "commitment": 0.04, "position": 0.05, "vote": 0.02}
RECORDS_A_DOCUMENT = 4
STATES = """
RUS USA CHN UKR DEU FRA GBR TUR IRN ISR SYR IND PAK JPN KOR PRK POL ITA ESP SAU EGY IRQ AFG BLR KAZ ARM AZE GEO MDA LTU
LVA EST FIN SWE NOR DNK NLD BEL AUT CHE CZE SVK HUN ROU BGR SRB HRV BIH GRC CYP CAN MEX BRA ARG CHL COL PER VEN CUB AUS
NZL IDN MYS PHL VNM THA MMR KHM LAO SGP MNG UZB TKM TJK KGZ QAT ARE KWT JOR LBN YEM LBY TUN DZA MAR SDN SSD ETH ERI SOM
KEN UGA RWA COD NGA GHA ZAF ZWE ZMB AGO MOZ TZA UN EU NATO WEST
""".split()


def main() -> None:
    """Write the ledger."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--records", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    write_ledger(arguments.folder, arguments.records, arguments.seed)


def write_ledger(folder: Path, records: int, seed: int = 1) -> None:
    """Make ``folder`` a ledger of one version with so many synthetic records."""
    documents = max(records // RECORDS_A_DOCUMENT, 1)
    rng = np.random.default_rng(seed)
    published = np.sort(rng.integers(FIRST, FIRST + DAYS, documents))
    with Writer(folder):
        pass  # makes the tables
    names = pa.array([f"synthetic:{i:07d}" for i in range(documents)])
    write_deltalake(str(folder / "documents"), _documents(names, published), mode="append")
    for start in range(0, records, 250_000):
        count = min(250_000, records - start)
        write_deltalake(str(folder / "records"), _records(rng, names, published, start, count), mode="append")
    run = Run(
        version=1,
        run=1,
        operation="code",
        started="2025-01-01T00:00:00Z",
        finished="2025-01-01T00:00:00Z",
        entente="synthetic",
        codebook="",
        pipeline="",
        settings={"seed": seed},
        documents=documents,
        replaced=0,
        records=records,
        documents_version=1,
        records_version=-(-records // 250_000),
        oldest=0,
    )
    write_deltalake(str(folder / "runs"), runs_table(run), mode="append")


def _documents(names: pa.Array, published: np.ndarray) -> pa.Table:
    size = len(names)
    same = {"title": None, "source": "synthetic", "url": None, "language": "en", "text": "Nothing of this happened."}
    columns = {name: pa.array([value] * size, pa.string()) for name, value in same.items()}
    columns |= {
        "id": names,
        "published": pa.array(published.astype(np.int32), pa.date32()),
        "newline_ends_sentence": pa.array(np.zeros(size, bool)),
        "digest": names,
        "run": pa.array(np.ones(size, np.int64)),
    }
    return pa.table(columns).select(DOCUMENTS.names).cast(DOCUMENTS)


def _records(rng: np.random.Generator, names: pa.Array, published: np.ndarray, start: int, count: int) -> pa.Table:
    vocabulary = load_vocabulary(SHIPPED.with_name("vocabulary.yml"))
    document = np.minimum(np.sort((np.arange(start, start + count)) // RECORDS_A_DOCUMENT), len(names) - 1)
    told = published[document]
    day = told - rng.geometric(0.2, count) + 1
    first, second = _pairs(rng, count)
    kinds = list(KIND_SHARES)
    kind = rng.choice(len(kinds), count, p=list(KIND_SHARES.values()))
    types = np.empty(count, dtype=object)
    for place, name in enumerate(kinds):
        chosen = np.flatnonzero(kind == place)
        types[chosen] = (
            _event_types(first[chosen], second[chosen], day[chosen], rng)
            if name == "event"
            else rng.choice(np.array(TYPES[name], dtype=object), chosen.size)
        )
    modes = np.array(
        [_mode(rng_value, vocabulary.modes.get(type_)) for rng_value, type_ in zip(rng.random(count), types, strict=True)]
    )
    scores = [vocabulary.score(type_, mode) for type_, mode in zip(types, modes, strict=True)]
    columns = {
        "document": names.take(pa.array(document)),
        "id": pa.array([f"{number:016x}" for number in range(start, start + count)]),
        "kind": pa.array(np.array(kinds, dtype=object)[kind], pa.string()),
        "type": pa.array(types, pa.string()),
        "mode": pa.array(modes, pa.string()),
        "contexts": _contexts(rng, count),
        "actor": _actors(rng, first, 0.12, 0.0),
        "recipient": _actors(rng, second, 0.12, 0.1),
        "date": _dates(rng, day),
        "status": pa.array(
            rng.choice(np.array(["actual", "future", "hypothetical", "negated"], dtype=object), count, p=[0.9, 0.04, 0.04, 0.02])
        ),
        "attributed_to": pa.nulls(count, pa.string()),
        "place": pa.nulls(count, RECORDS.field("place").type),
        "score": pa.array(scores, pa.float64()),
        "quad": pa.array([vocabulary.quad(type_) for type_ in types], pa.int64()),
        "attributes": _attributes(rng, types),
        "published": pa.array(told.astype(np.int32), pa.date32()),
        "source": pa.array(["synthetic"] * count),
        "sentence": pa.array(np.arange(count) % RECORDS_A_DOCUMENT),
        "evidence": _evidence(count),
        "also": pa.array([[]] * count, RECORDS.field("also").type),
        "coded_by": pa.array(["synthetic"] * count),
        "confidence": pa.array(np.full(count, 0.5)),
        "run": pa.array(np.ones(count, np.int64)),
    }
    return pa.table(columns).select(RECORDS.names).cast(RECORDS)


def _pairs(rng: np.random.Generator, count: int) -> tuple[np.ndarray, np.ndarray]:
    weights = 1 / np.arange(1, len(STATES) + 1) ** 0.8
    weights /= weights.sum()
    first = rng.choice(len(STATES), count, p=weights)
    second = rng.choice(len(STATES), count, p=weights)
    return first, np.where(first == second, (second + 1) % len(STATES), second)


def _event_types(first: np.ndarray, second: np.ndarray, day: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Draw cooperation or conflict by the pair's leaning, which changes course every few years."""
    course = (day - FIRST) // 1500
    leaning = 0.65 + 0.3 * np.sin(first * 12.9898 + second * 78.233 + course * 37.719)
    cooperative = rng.random(first.size) < leaning
    types = np.array(TYPES["event"], dtype=object)
    return np.where(cooperative, types[rng.integers(0, 7, first.size)], types[rng.integers(7, 16, first.size)])


def _mode(drawn: float, modes: dict[str, float | None] | None) -> str | None:
    names = list(modes or ())
    return names[int(drawn * len(names))] if names else None


def _contexts(rng: np.random.Generator, count: int) -> pa.Array:
    words = pa.array(["military", "economic", "diplomatic", "legal", "territory", "cyber", "human_rights", "natural_resource"])
    lengths = rng.choice([0, 1, 2], count, p=[0.5, 0.4, 0.1])
    offsets = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)
    return pa.ListArray.from_arrays(pa.array(offsets), words.take(pa.array(rng.integers(0, len(words), int(offsets[-1])))))


def _actors(rng: np.random.Generator, places: np.ndarray, more: float, none: float) -> pa.Array:
    drawn = rng.random(places.size)
    lengths = np.where(drawn < none, 0, np.where(drawn > 1 - more, 2, 1))
    offsets = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)
    values = np.repeat(places, lengths)
    again = np.flatnonzero(np.diff(values, prepend=-1) == 0)
    values[again] = rng.integers(0, len(STATES), again.size)
    code = pa.array(STATES).take(pa.array(values))
    sector = pa.array(np.where(rng.random(values.size) < 0.08, "REB", None), pa.string())
    kind = pa.array(["state"] * values.size)
    nothing = pa.nulls(values.size, pa.string())
    fields = dict(
        zip(("code", "sector", "entity", "text", "kind", "reason"), (code, sector, code, code, kind, nothing), strict=True)
    )
    return pa.ListArray.from_arrays(pa.array(offsets), pa.StructArray.from_arrays(list(fields.values()), list(fields)))


def _dates(rng: np.random.Generator, day: np.ndarray) -> pa.Array:
    count = day.size
    sort = rng.choice(4, count, p=[0.7, 0.1, 0.05, 0.15])
    days = day.astype("datetime64[D]")
    start = np.select(
        [sort == 1, sort == 2],
        [days.astype("datetime64[M]").astype("datetime64[D]"), days.astype("datetime64[Y]").astype("datetime64[D]")],
        days,
    )
    month_end = (days.astype("datetime64[M]") + 1).astype("datetime64[D]") - 1
    year_end = (days.astype("datetime64[Y]") + 1).astype("datetime64[D]") - 1
    end = np.select([sort == 1, sort == 2], [month_end, year_end], days)
    precision = pa.array(np.array(["day", "month", "year", "day"], dtype=object)[sort])
    fields = [
        pa.array(start.astype("datetime64[D]")),
        pa.array(end.astype("datetime64[D]")),
        precision,
        pa.nulls(count, pa.string()),
    ]
    kinds = [fields[0].cast(pa.date32()), fields[1].cast(pa.date32()), fields[2], fields[3]]
    return pa.StructArray.from_arrays(kinds, ["start", "end", "precision", "text"], mask=pa.array(sort == 3))


def _attributes(rng: np.random.Generator, types: np.ndarray) -> pa.Array:
    flows = np.array(["imports", "exports", "trade", "energy", "arms"], dtype=object)
    return pa.array(
        [
            f'{{"flow":"{flows[int(share * 5)]}","share":{share:.2f}}}' if type_ == "dependence" else "{}"
            for type_, share in zip(types, rng.random(types.size), strict=True)
        ]
    )


def _evidence(count: int) -> pa.Array:
    text = pa.array(["Nothing of this happened"] * count)
    zeros = pa.array(np.zeros(count, np.int64))
    return pa.StructArray.from_arrays([zeros, pa.array(np.full(count, 24)), text], ["start", "end", "text"])


if __name__ == "__main__":
    main()
