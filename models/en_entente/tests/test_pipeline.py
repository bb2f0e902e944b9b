"""The installed pipeline as a whole: what it promises of any text."""

import pickle
from itertools import pairwise

import pytest
import spacy
from spacy import displacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin

NEWS = (
    "Kenya’s president said on Tuesday it would lift its ban on Ugandan maize. "
    "The decision, announced in Nairobi by Foreign Minister Alfred Mutua, was welcomed by the African Union."
)

ODD_TEXTS = {
    "empty": "",
    "spaces": "   ",
    "newlines": "\n\n\n",
    "leading whitespace": " \n Russia left.",
    "trailing whitespace": "Russia left. \n ",
    "emoji": "Talks resume 🙂🇺🇳 today!",
    "right to left": "قال الرئيس إن المحادثات ستستأنف. שלום עולם.",
    "control characters": "a\x00b \u200b \ufeff c\u2028d",
    "one long word": "x" * 20_000,
    "only signs": "?!… — “”",
    "no-break space": "5\u00a0million people\u00a0fled.",
}


def list_annotations(doc: Doc) -> list[tuple[object, ...]]:
    return [
        (t.text, t.tag_, t.pos_, str(t.morph), t.lemma_, t.dep_, t.head.i, t.is_sent_start, t.ent_iob_, t.ent_type_) for t in doc
    ]


def list_sentences(doc: Doc) -> list[str]:
    return [sentence.text.strip() for sentence in doc.sents]


def test_a_news_sentence_gets_its_subject_object_and_time(nlp: Language) -> None:
    first = next(nlp(NEWS).sents)
    assert first.root.lemma_ == "say"
    labels = {token.dep_: token.text for token in first if token.head.lemma_ == "lift"}
    assert (labels["nsubj"], labels["obj"]) == ("it", "ban")


def test_a_passive_keeps_the_subtypes_of_its_labels(nlp: Language) -> None:
    doc = nlp("The treaty was signed by France.")
    assert {token.text: token.dep_ for token in doc if token.head.text == "signed"}["treaty"] == "nsubj:pass"
    assert doc[5].dep_ == "obl:agent"


def test_names_are_persons_organisations_and_places(nlp: Language) -> None:
    found = {(entity.text, entity.label_) for entity in nlp(NEWS).ents}
    assert {("Nairobi", "PLACE"), ("Alfred Mutua", "PERSON"), ("African Union", "ORG")} <= {
        (text.removeprefix("the "), label) for text, label in found
    }


@pytest.mark.parametrize("text", ODD_TEXTS.values(), ids=ODD_TEXTS.keys())
def test_any_text_comes_back_whole_and_annotated(nlp: Language, text: str) -> None:
    doc = nlp(text)
    assert doc.text == text
    assert all(token.dep_ and token.pos_ and token.lemma_ for token in doc)
    assert sum(len(sentence) for sentence in doc.sents) == len(doc)


def test_every_sentence_is_one_tree(nlp: Language) -> None:
    for sentence in nlp(NEWS + "\nA headline without a verb\n" + "and so on, " * 300).sents:
        roots = [token for token in sentence if token.dep_ == "ROOT"]
        assert len(roots) == 1
        assert all(token.head.sent.start == sentence.start for token in sentence)
        assert len(list(roots[0].subtree)) == len(sentence)


def test_a_newline_ends_a_sentence(nlp: Language) -> None:
    assert list_sentences(nlp("Kenya lifts ban\nTraders in Kampala welcomed it.")) == [
        "Kenya lifts ban",
        "Traders in Kampala welcomed it.",
    ]


def test_a_single_newline_need_not_end_a_sentence() -> None:
    lenient = spacy.load("en_entente", config={"components.entente_annotator.sentence_break": "paragraph"})
    wrapped = "Traders in the Ugandan capital\nwelcomed the decision.\n\nNairobi"
    assert list_sentences(lenient(wrapped)) == ["Traders in the Ugandan capital\nwelcomed the decision.", "Nairobi"]


def test_sentence_starts_set_before_are_kept(nlp: Language) -> None:
    doc = nlp.make_doc("Russia left. Ukraine stayed and Poland watched")
    for token in doc:
        token.is_sent_start = token.text in {"Russia", "Poland"}
    assert list_sentences(nlp(doc)) == ["Russia left. Ukraine stayed and", "Poland watched"]


def test_an_entity_never_crosses_a_sentence_end(nlp: Language) -> None:
    doc = nlp("President Vladimir\nPutin of\nRussia")
    assert all(entity.start >= entity.sent.start and entity.end <= entity.sent.end for entity in doc.ents)


def test_results_do_not_depend_on_how_documents_are_batched(nlp: Language) -> None:
    texts = [NEWS, "Short.", NEWS * 20, "", "Another headline"]
    together = [list_annotations(doc) for doc in nlp.pipe(texts, batch_size=2)]
    assert together == [list_annotations(nlp(text)) for text in reversed(texts)][::-1]


def test_a_text_without_any_sentence_end_is_cut_into_bounded_sentences(nlp: Language) -> None:
    doc = nlp("the talks of the ministers of the states and " * 500)
    assert max(len(sentence) for sentence in doc.sents) <= 480


def test_ten_thousand_lines_are_ten_thousand_sentences(nlp: Language) -> None:
    doc = nlp("Kenya\n" * 10_000)
    starts = [sentence.start for sentence in doc.sents]
    assert len(starts) == 10_000
    assert all(later - earlier == 2 for earlier, later in pairwise(starts))


def test_annotations_survive_a_docbin(nlp: Language) -> None:
    doc = nlp(NEWS)
    restored = next(DocBin().from_bytes(DocBin(docs=[doc]).to_bytes()).get_docs(nlp.vocab))
    assert list_annotations(restored) == list_annotations(doc)


def test_displacy_draws_the_tree(nlp: Language) -> None:
    assert "nsubj" in displacy.render(nlp(NEWS), style="dep", jupyter=False)


def test_the_component_can_be_sent_to_a_worker(nlp: Language) -> None:
    copy = pickle.loads(pickle.dumps(nlp.get_pipe("entente_annotator")))
    assert list_annotations(copy(copy_doc(nlp.make_doc(NEWS), copy))) == list_annotations(nlp(NEWS))


def copy_doc(doc: Doc, component: object) -> Doc:
    vocab = component.vocab  # type: ignore[attr-defined]
    return Doc(vocab, words=[token.text for token in doc], spaces=[bool(token.whitespace_) for token in doc])
