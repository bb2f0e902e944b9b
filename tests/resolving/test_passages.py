"""What phrases lead to in short passages, read by the shipped pipeline and tables."""

from __future__ import annotations

import pytest

from entente.coder import Coder, make_document
from entente.resolving import resolve_document


def led_to(coder: Coder, text: str, words: str, day: str = "2023-06-15") -> set[str]:
    """Return the codes, with sectors, that the last phrase made of these words leads to."""
    parsed = next(iter(coder._parse([make_document(text, day)])))
    found = [r for r in resolve_document(parsed, coder._index).references.values() if text[r.start : r.end] == words]
    actors = found[-1].actors if found else ()
    return {f"{actor.code}.{actor.sector}" if actor.sector else str(actor.code) for actor in actors if actor.code}


@pytest.mark.parametrize(
    ("text", "words", "codes"),
    [
        ("Peru told Chile that Chile had bound itself to wait.", "itself", {"CHL"}),
        ("Kenya and Uganda met in Cairo, and both promised Egypt their vote.", "both", {"KEN", "UGA"}),
        ("Denmark thanked Norway, which had paid, and Sweden.", "which", {"NOR"}),
        ("We will wait, and Ghana will go on selling gold.", "We", set()),
        ("Peru congratulated Chile on its victory.", "its", {"CHL"}),
        ("It was agreed in Oslo that Norway would pay.", "It", set()),
        ("France sent soldiers to Mali. In May the soldiers went home.", "the soldiers", {"FRA"}),
        (
            "Thailand has two quarrels, with Laos and Cambodia. Thailand armed its two neighbours.",
            "its two neighbours",
            {"LAO", "KHM"},
        ),
        ("Russia recognised Abkhazia. Georgia wants the breakaway regions back.", "the breakaway regions", {"GEO.PRE"}),
        ("Egypt was suspended, and the League left Cairo for Tunis.", "the League", {"LAS"}),
        ("The 15-member council condemned Sudan.", "The 15-member council", {"UN"}),
        ("Australia sent police to Tonga. In return the islands closed a Chinese shop.", "the islands", {"TON"}),
        ("GUAM and Guam share nothing but letters.", "GUAM", {"GUAM"}),
        ("On 25 January Emmanuel Macron flew home. In January Macron was in Oslo.", "January", set()),
        ("The government sold helicopters, fighters and tanks to Kenya.", "fighters", set()),
        ("In Panama the Americans waited until President Guillermo Endara was sworn in.", "Guillermo Endara", {"PAN"}),
        ("Turkey supports Azerbaijan, and buys more gas from it than from Iran.", "it", {"AZE"}),
        ("Belarus owes Russia money and lends it its territory.", "it", {"RUS"}),
        ("Algeria has cut its rival off from the pipeline.", "its rival", {"MAR"}),
        ("Kabul is ruled by the Taliban’s emirate. Qatar broke with the emirate.", "the emirate", {"AFG"}),
        ("Republican senators accused China of theft.", "Republican senators", {"USA.LEG"}),
        ("Spain stood by Morocco, to the fury of Algeria, which recalled its envoy.", "its", {"DZA"}),
        ("Tonga leans on New Zealand, which defends its waters.", "its", {"TON"}),
        ("Mikheil Saakashvili pointed the finger at Moscow, which denied it.", "which", {"RUS"}),
        ("Guyana and Suriname went to law; a tribunal gave the former two-thirds of the sea.", "former", {"GUY"}),
    ],
)
def test_a_phrase_leads_to(coder, text, words, codes):
    assert led_to(coder, text, words) == codes
