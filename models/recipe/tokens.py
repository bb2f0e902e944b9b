"""Adapt spaCy's English tokenizer to how the English treebanks of Universal Dependencies cut text.

Only what differs systematically is here; the share of words cut as in the treebank is in the model's card.
"""

from __future__ import annotations

from typing import Final

from spacy.language import Language
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

#: Prefixes that the treebanks leave joined to their word (*non-state*, *pro-government*); other hyphens are words.
JOINED_PREFIXES: Final = (
    *("anti", "co", "counter", "cross", "e", "ex", "extra", "inter", "intra", "mid", "mini", "multi", "non", "over"),
    *("post", "pre", "pro", "re", "semi", "sub", "un"),
)

#: spaCy's own rule for a hyphen between letters begins with this look-behind; ours also asks what stands before it.
HYPHENS: Final = ("-", "–", "—", "--", "---", "——", "~")

#: What English glues to a word; after the word's own rules, it must also be found before a dash.
CLITICS: Final = r"(?:['’](?:[sSdDmM]|[rR][eE]|[vV][eE]|[lL][lL])|[nN]['’][tT])"

#: Signs that stay one word when repeated.
REPEATED: Final = (r"[!?]{2,}", r"<<+", r">>+", r"={3,}", r"\*{3,}", r"_{3,}", r"~{3,}")

#: Amounts and hours that are written without a space but are two words (*$221bn*, *10am*).
UNITS: Final = r"(?<=[0-9])(?:bn|mn|tn|am|pm|AM|PM|k)"

#: Abbreviations that spaCy's list lacks.
ABBREVIATIONS: Final = ("ca.", "Ft.", "al.")


#: Look-behinds that leave the hyphen after a joined prefix alone.
NOT_AFTER_PREFIX: Final = "".join(rf"(?<!\b{prefix})(?<!\b{prefix.capitalize()})" for prefix in JOINED_PREFIXES)


def adapt_infixes(infixes: list[str]) -> list[str]:
    """Return the rules for what is cut inside a word."""
    rules = []
    for rule in infixes:
        if all(sign in rule for sign in HYPHENS) and rule.startswith("(?<=["):
            # Same letters on both sides, but a plain hyphen after a joined prefix stays.
            letters = rule[len("(?<=[") : rule.index("])")]
            longer = "|".join(sorted((sign for sign in HYPHENS if sign != "-"), key=len, reverse=True))
            rules += [rf"(?<=[{letters}])(?:{longer})(?=[{letters}])", rf"(?<=[{letters}]){NOT_AFTER_PREFIX}-(?=[{letters}])"]
        else:
            rules.append(rule)
    return [
        *rules,
        rf"(?<=[A-Za-z]){NOT_AFTER_PREFIX}-(?=[0-9])",  # F-16
        r"(?<=[0-9])[-–—](?=[0-9$£€])",  # 830–846
        r"(?<=[-–—])[$£€](?=[0-9])",  # $3–$5
        r"(?<=[A-Za-z]\.)[-–—](?=[A-Za-z])",  # U.S.-led
        rf"(?<=[A-Za-z]){CLITICS}(?=[—–])",  # Russia’s—and
        r"(?<=['’\"”)])[—–](?=[A-Za-z])",
        r"(?<=[a-z])/(?=[a-z])",  # and/or
    ]


def adapt_tokenizer(nlp: Language) -> None:
    """Change the tokenizer's rules in place."""
    defaults, tokenizer = nlp.Defaults, nlp.tokenizer
    prefixes = [*REPEATED, *(defaults.prefixes or [])]
    suffixes = [*REPEATED, UNITS, *(defaults.suffixes or [])]
    tokenizer.prefix_search = compile_prefix_regex(prefixes).search
    tokenizer.suffix_search = compile_suffix_regex(suffixes).search
    tokenizer.infix_finditer = compile_infix_regex(adapt_infixes(list(defaults.infixes or []))).finditer
    tokenizer.rules = {text: rule for text, rule in tokenizer.rules.items() if text != "and/or"}
    for text in ABBREVIATIONS:
        tokenizer.add_special_case(text, [{"ORTH": text}])
