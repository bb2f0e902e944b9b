import pytest

from entente.codebook.language import load_language
from entente.codebook.load import SHIPPED
from entente.parsing.clauses import ClauseBuilder
from entente.parsing.model import load_parser
from entente.records.text import Document

WORDS = load_language(SHIPPED / "language" / "en.yml")


@pytest.fixture(scope="session")
def parser():
    return load_parser()


@pytest.fixture(scope="session")
def clause_of(parser):
    """Return a function from a sentence and a word to the clause of that word and the words of its roles."""

    def build(text: str, word: str, kind: str = "verb"):
        sentence = parser.parse(Document(id="s", text=text)).sentences[0]
        token = next(t for t in sentence.tokens if t.text == word)
        clause = getattr(ClauseBuilder(sentence, WORDS), kind)(token.i)
        return clause, {role: [sentence.tokens[i].text for i in heads] for role, heads in clause.roles.items()}

    return build
