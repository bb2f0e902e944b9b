"""A gazetteer small enough to see at a glance: five states, two alliances, a group, a leader, some roles and offices."""

from __future__ import annotations

import datetime as dt

from entente.codebook.gazetteer import (
    ALWAYS,
    Belonging,
    Collective,
    Gazetteer,
    Group,
    Leader,
    NamedPart,
    OfficeKind,
    Organisation,
    Role,
    Spell,
    State,
    Tenure,
)
from entente.resolving import ActorIndex


def state(
    code: str, name: str, demonym: str, people: str, capital: str, *neighbours: str, **more: tuple[NamedPart, ...]
) -> State:
    return State(
        code=code,
        own_code=code,
        name=name,
        names=(name,),
        demonyms=(demonym,),
        people=(people,),
        capital=(capital,),
        metonyms=more.get("metonyms", ()),
        places=more.get("places", ()),
        neighbours=frozenset(neighbours),
        blocs=frozenset(),
        ambiguous=frozenset(),
        spell=ALWAYS,
    )


STATES = (
    state("NOR", "Norway", "Norwegian", "Norwegians", "Oslo", "SWE", "FIN"),
    state("SWE", "Sweden", "Swedish", "Swedes", "Stockholm", "NOR", "FIN"),
    state("FIN", "Finland", "Finnish", "Finns", "Helsinki", "NOR", "SWE"),
    state("PER", "Peru", "Peruvian", "Peruvians", "Lima", "CHL"),
    state("CHL", "Chile", "Chilean", "Chileans", "Santiago", "PER", metonyms=(NamedPart("La Moneda", "CHL"),)),
    state("MDA", "Moldova", "Moldovan", "Moldovans", "Chisinau", places=(NamedPart("Transnistria", "MDA", "PRE"),)),
    state("TCD", "Chad", "Chadian", "Chadians", "N’Djamena"),
    state("CHN", "China", "Chinese", "Chinese", "Beijing"),
)

ALLIANCE = Organisation(
    "NATO",
    "North Atlantic Treaty Organization",
    ("NATO",),
    (),
    ("North Atlantic Council",),
    (),
    "alliance",
    frozenset(("alliance",)),
    (),
)
GROUP = Group("Shining Path", ("Shining Path",), (Belonging("PER", "REB", ALWAYS),), frozenset(("group",)))
LEADER = Leader(
    "Michelle Bachelet",
    ("Bachelet",),
    "CHL",
    (
        Tenure("president", Spell(dt.date(2006, 3, 11), dt.date(2010, 3, 11))),
        Tenure("president", Spell(dt.date(2014, 3, 11), dt.date(2018, 3, 11))),
    ),
    True,
    "f",
)
ROLES = {
    "diplomat": Role("GOV", True, "person"),
    "minister": Role("GOV", True, "person"),
    "foreign minister": Role("GOV", True, "person"),
    "prime minister": Role("GOV", True, "person"),
    "president": Role("GOV", True, "person"),
    "official": Role("GOV", True, "person"),
    "government": Role("GOV", True, "body"),
    "parliament": Role("LEG", True, "body"),
    "police": Role("COP", False, "body"),
    "rebel": Role("REB", False, "person"),
    "gunman": Role("UAF", False, "person"),
    "peacekeeper": Role("MIL", True, "person"),
}
GAZETTEER = Gazetteer(
    states=STATES,
    organisations=(ALLIANCE,),
    groups=(GROUP,),
    leaders=(LEADER,),
    roles=ROLES,
    offices={
        office: OfficeKind("GOV")
        for office in ("president", "prime minister", "foreign minister", "minister", "secretary of state")
    },
    qualifiers={"past": frozenset(("former", "then"))},
    descriptions={"organisation": frozenset(("alliance",)), "group": frozenset(("group",))},
    unknown=frozenset(("unidentified",)),
    collectives=(Collective(("Nordic countries",), ("FIN", "NOR", "SWE")), Collective(("South China Sea",), ())),
)
INDEX = ActorIndex(GAZETTEER)
