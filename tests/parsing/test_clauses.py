def test_object_control_turns_the_parties_round(clause_of):
    _, roles = clause_of("Russia urged Ukraine to withdraw its troops.", "withdraw")
    assert roles["subject"] == ["Ukraine"]


def test_a_promise_leaves_them_as_they_are(clause_of):
    _, roles = clause_of("Russia promised Ukraine to withdraw its troops.", "withdraw")
    assert roles["subject"] == ["Russia"]


def test_an_order_in_the_passive_is_carried_out_by_who_received_it(clause_of):
    _, roles = clause_of("The company was ordered to leave Chad.", "leave")
    assert roles["subject"] == ["company"]


def test_a_passive_is_undone(clause_of):
    clause, roles = clause_of("Iran was condemned by France.", "condemned")
    assert clause.passive
    assert roles["subject"] == ["France"]
    assert roles["object"] == ["Iran"]


def test_a_reduced_participle_is_a_passive_of_its_noun(clause_of):
    _, roles = clause_of("The sanctions imposed on Iran by the EU in 2012 hurt its banks.", "imposed")
    assert roles["object"] == ["sanctions"]
    assert roles["on"] == ["Iran"]
    assert roles["subject"] == ["EU"]


def test_coordinated_verbs_share_the_subject(clause_of):
    _, roles = clause_of("Kenya closed the border and recalled its ambassador.", "recalled")
    assert roles["subject"] == ["Kenya"]


def test_coordinated_subjects_are_all_found(clause_of):
    _, roles = clause_of("Chad, Niger and Mali signed the pact.", "signed")
    assert roles["subject"] == ["Chad", "Niger", "Mali"]


def test_the_subject_of_a_relative_clause_is_what_it_modifies(clause_of):
    _, roles = clause_of("Mali, which had expelled the envoy, apologised.", "expelled")
    assert roles["subject"] == ["Mali"]


def test_a_relative_clause_without_a_pronoun_has_its_noun_as_object(clause_of):
    _, roles = clause_of("The pact they signed in May failed.", "signed")
    assert roles["object"] == ["pact"]


def test_a_participle_clause_shares_the_subject(clause_of):
    _, roles = clause_of("Egypt cut its ties with Qatar, accusing it of meddling.", "accusing")
    assert roles["subject"] == ["Egypt"]


def test_what_somebody_is_accused_of_is_done_by_the_accused(clause_of):
    _, roles = clause_of("Egypt accused Qatar of financing militants.", "financing")
    assert roles["subject"] == ["Qatar"]


def test_a_bare_noun_hands_its_phrase_on(clause_of):
    _, roles = clause_of("Peru voted in favour of the resolution.", "voted")
    assert roles["in favour of"] == ["resolution"]


def test_a_light_verb_lends_the_noun_its_subject_and_phrases(clause_of):
    clause, roles = clause_of("Japan held talks with India.", "talks", "noun")
    assert roles["subject"] == ["Japan"]
    assert roles["with"] == ["India"]
    assert clause.light is not None


def test_an_apposition_is_said_of_what_it_stands_beside(clause_of):
    _, roles = clause_of("Laos, a member of ASEAN, objected.", "member", "copula")
    assert roles["subject"] == ["Laos"]
    assert roles["of"] == ["ASEAN"]


def test_the_speaker_of_a_reported_clause_is_noted(clause_of):
    clause, _ = clause_of("Officials said that the army had attacked the town.", "attacked")
    assert clause.speaker == 0


def test_the_span_of_a_clause_leaves_out_the_clauses_beside_it(clause_of):
    text = "Kenya closed the border and Uganda protested."
    clause, _ = clause_of(text, "closed")
    assert text[slice(*clause.span)] == "Kenya closed the border"


def test_who_did_the_same_joins_the_subject(clause_of):
    _, roles = clause_of("Mongolia abstained in March, as did China.", "abstained")
    assert roles["subject"] == ["Mongolia", "China"]


def test_a_cleft_sentence_names_its_subject(clause_of):
    _, roles = clause_of("It was Turkey that blocked the deal.", "blocked")
    assert roles["subject"] == ["Turkey"]


def test_a_noun_that_only_counts_is_looked_through(clause_of):
    _, roles = clause_of("Russia sent hundreds of mercenaries to Mali.", "sent")
    assert roles["object"] == ["mercenaries", "hundreds"]


def test_a_participle_that_looks_finite_is_passive(clause_of):
    clause, roles = clause_of("The Czech president, asked to resign by students, refused.", "asked")
    assert clause.passive
    assert roles["object"] == ["president"]


def test_an_infinitive_and_an_indirect_question_are_told_apart(clause_of):
    _, roles = clause_of("Kenya told Uganda to open the border.", "told")
    assert roles["infinitive"] == ["open"]
    _, roles = clause_of("Kenya asked Uganda whether the border was open.", "asked")
    assert "infinitive" not in roles
    assert roles["question"] == ["open"]


def test_a_purpose_is_a_role_of_its_verb(clause_of):
    _, roles = clause_of("Angola sent two frigates to deter Gabon.", "sent")
    assert roles["purpose"] == ["deter"]


def test_the_first_of_two_objects_receives_the_second(clause_of):
    _, roles = clause_of("Belarus owes Moscow two-thirds of its foreign debt.", "owes")
    assert roles["iobject"] == ["Moscow"]
    assert "Moscow" not in roles["object"]


def test_the_preposition_of_a_noun_is_a_role_of_it(clause_of):
    _, roles = clause_of("Nepal printed the map over the protests of India.", "protests", kind="noun")
    assert roles["case"] == ["over"]


def test_a_relayed_noun_counts_as_the_preposition(clause_of):
    _, roles = clause_of("Nepal printed the map in the face of protests by India.", "protests", kind="noun")
    assert "face" in roles["case"]


def test_what_somebody_is_kept_from_is_a_complement(clause_of):
    _, roles = clause_of("Slovakia stopped the envoys from attending.", "stopped")
    assert roles["complement"] == ["attending"]


def test_a_name_after_like_does_the_same(clause_of):
    _, roles = clause_of("Kenya, like Ghana but unlike Chad, has recognised Kosovo.", "recognised")
    assert roles["subject"] == ["Kenya", "Ghana"]


def test_who_does_it_together_with_somebody_has_company(clause_of):
    _, roles = clause_of("France, together with Italy, condemned Russia.", "condemned")
    assert roles["subject"] == ["France", "Italy"]


def test_who_did_so_too_is_a_subject(clause_of):
    _, roles = clause_of("Mongolia abstained in March, as did China.", "abstained")
    assert roles["subject"] == ["Mongolia", "China"]


def test_whom_somebody_joins_in_an_act_does_it_too(clause_of):
    _, roles = clause_of("Canada joined Britain on Friday in imposing sanctions on Iran.", "imposing")
    assert roles["subject"] == ["Canada", "Britain"]


def test_a_feeling_about_an_act_is_nobody_it_is_directed_at(clause_of):
    _, roles = clause_of("In January China, to Kenya's indignation, gave 20 million euros to Uganda.", "gave")
    assert roles["to"] == ["Uganda"]


def test_an_object_with_no_denies_the_clause(clause_of):
    _, roles = clause_of("Lisbon will hold no talks with Luanda.", "hold")
    assert roles["negation"] == ["no"]


def test_a_particle_has_a_role_of_its_own(clause_of):
    _, roles = clause_of("The court struck down the accord.", "struck")
    assert roles["particle"] == ["down"]


def test_what_somebody_talks_of_doing_is_a_complement(clause_of):
    _, roles = clause_of("The marshal talked of seizing the wells of Chad.", "talked")
    assert roles["complement"] == ["seizing"]


def test_a_noun_in_a_phrase_of_a_verb_knows_its_verb(clause_of):
    _, roles = clause_of("Chad urged Niger at a meeting to close the border.", "meeting", "noun")
    assert roles["verb"] == ["urged"]
