"""What a sentence leaves unsaid: checked on short texts through the whole coder."""


def coded(coder, text, published="2024-03-06"):
    return [
        (record.type, [a.code for a in record.actor], [a.code for a in record.recipient])
        for record in coder.code(text, published)
        if record.kind == "event"
    ]


def test_a_denial_answers_who_accused(coder):
    text = "Kenya accused Uganda of arming rebels.\nUganda denied the charge."
    assert ("REJECT", ["UGA"], ["KEN"]) in coded(coder, text)


def test_a_coordinated_clause_shares_the_recipient(coder):
    text = "Kenya expelled two Somali diplomats and closed its embassy."
    recipients = {tuple(recipient) for type_, _, recipient in coded(coder, text) if type_ == "SANCTION"}
    assert recipients == {("SOM",)}


def test_an_inferred_recipient_says_why_and_lowers_the_confidence(coder):
    records = list(coder.code("Kenya accused Uganda of arming rebels.\nUganda denied the charge.", "2024-03-06"))
    denial = next(record for record in records if record.type == "REJECT")
    assert denial.recipient[0].reason == "who did what this act answers"
    assert denial.confidence < 0.7


def test_a_sentence_without_a_subject_goes_on_with_the_last(coder):
    text = "Kenya hesitated for a year.\nAnd finally recalled its ambassador from Somalia."
    assert ("SANCTION", ["KEN"], ["SOM"]) in coded(coder, text)


def test_what_is_promised_is_no_act_of_its_own(coder):
    types = [type_ for type_, _, _ in coded(coder, "France promised to send aid to Niger.")]
    assert types == ["AGREE"]


def test_a_retreat_announced_for_later_is_a_concession(coder):
    assert [type_ for type_, _, _ in coded(coder, "France said it would withdraw its troops from Niger.")] == ["CONCEDE"]


def test_a_protest_that_names_no_target_is_directed_at_the_government(coder):
    records = list(coder.code("Thousands of Kenyan protesters marched in Nairobi on Monday.", "2024-03-06"))
    protest = next(record for record in records if record.type == "PROTEST")
    assert (protest.recipient[0].code, protest.recipient[0].sector) == ("KEN", "GOV")


def test_the_actor_is_no_recipient_of_its_own(coder):
    for _, actors, recipients in coded(coder, "Russia withdrew its troops from Georgia and Russia’s envoy met Georgia’s."):
        assert not set(actors) & set(recipients)


def test_the_only_other_party_of_the_sentence_is_the_recipient(coder):
    text = "Kenya’s fishermen demanded compensation once Uganda had closed the lake."
    assert ("REQUEST", ["KEN"], ["UGA"]) in coded(coder, text)


def test_a_demand_is_said_to_whoever_refuses_it(coder):
    found = coded(coder, "Turkey has refused Syria’s demand to dissolve its brigades.")
    assert ("REQUEST", ["SYR"], ["TUR"]) in found
    assert ("REJECT", ["TUR"], ["SYR"]) in found


def test_what_is_done_at_a_request_was_asked_of_the_doer(coder):
    found = coded(coder, "Cyprus arrested a Russian skipper on Monday at Britain’s request.")
    assert ("REQUEST", ["GBR"], ["CYP"]) in found


def test_a_withdrawn_demand_stays_denied(coder):
    assert ("REQUEST", "actual") not in [
        (record.type, record.status) for record in coder.code("Syria dropped its demand for talks with Turkey.", "2024-03-06")
    ]


def test_a_protest_is_directed_at_the_only_other_party_before_the_own_government(coder):
    found = coded(coder, "Chilean dockers walked out on Monday after Peru had closed the port.")
    assert ("PROTEST", ["CHL"], ["PER"]) in found


def test_coordinated_demonyms_are_both_owners(coder):
    found = coded(coder, "Thai and Laotian hauliers agreed on Monday to share the bridge.")
    assert any({*actor, *recipient} == {"THA", "LAO"} for type_, actor, recipient in found if type_ == "AGREE")


def test_an_act_of_force_concerns_whoever_was_named_last_before_it(coder):
    found = coded(coder, "Mali had complained to Togo in May, and Benin invaded on Monday.")
    assert ("ASSAULT", ["BEN"], ["TGO"]) in found


def test_who_follows_suit_does_the_same(coder):
    found = coded(coder, "Peru expelled two Cuban diplomats, and Chile followed suit on Friday.")
    assert ("SANCTION", ["PER"], ["CUB"]) in found
    assert ("SANCTION", ["CHL"], ["CUB"]) in found


def test_who_answers_in_kind_does_it_to_who_did_it(coder):
    found = coded(coder, "Peru expelled two Cuban diplomats.\nHavana answered in kind.")
    assert ("SANCTION", ["CUB"], ["PER"]) in found


def test_who_does_not_follow_has_not_done_it(coder):
    records = coder.code("Ghana recognised Kosovo; Togo did not follow.", "2024-03-06")
    assert [r.status for r in records if r.type == "SUPPORT" and r.actor[0].code == "TGO"] == ["negated"]


def test_who_is_urged_to_follow_has_done_nothing(coder):
    found = coded(coder, "Ghana recognised Kosovo and urged Togo to do likewise.")
    assert not [actor for type_, actor, _ in found if type_ == "SUPPORT" and actor == ["TGO"]]


def test_a_broker_mediates_between_the_others_of_the_sentence(coder):
    found = coded(coder, "Chad and Sudan signed a truce that Qatar had brokered.")
    assert ("CONSULT", ["QAT"], ["TCD", "SDN"]) in found


def test_the_texts_main_state_is_who_sends_envoys_away_where_nobody_is_said_to(coder):
    text = "Kenya had lost patience, and Kenya’s parliament with it.\nOn Tuesday two Somali attachés were expelled."
    assert ("SANCTION", ["KEN"], ["SOM"]) in coded(coder, text)


def test_nobody_sends_the_main_states_own_envoys_away(coder):
    text = "Kenya had lost patience, and Kenya’s parliament with it.\nOn Tuesday two Kenyan attachés were expelled."
    assert ("SANCTION", [], ["KEN"]) in coded(coder, text)


def test_a_rebuke_turns_back_to_the_party_that_acted_before_it(coder):
    text = "Kenya recognised the election of Somalia’s parliament, and Uganda’s president denounced the recognition."
    assert ("ACCUSE", ["UGA"], ["KEN"]) in coded(coder, text)


def test_two_who_undertake_something_for_each_other_have_no_third_party(coder):
    text = "Somalia looked on while Kenya and Uganda pledged to come to each other’s aid."
    assert ("AGREE", ["KEN", "UGA"], []) in coded(coder, text)


def test_a_border_is_closed_to_the_party_that_is_named_first_and_next_to_it(coder):
    text = "Somalia let its herders cross; Kenya closed the border, and Rwanda waited."
    assert ("SANCTION", ["KEN"], ["SOM"]) in coded(coder, text)


def test_what_is_expected_of_somebody_is_to_come(coder):
    text = "Kenya’s parliament is expected to reject the treaty with Uganda next week."
    assert [r.status for r in coder.code(text, "2024-03-06") if r.type == "REJECT"] == ["future"]


def test_what_follows_a_demand_in_the_past_is_done_by_who_demanded(coder):
    for text in (
        "Kenya’s government demanded that Uganda free the fishermen and expelled its envoy.",
        "Kenya urged Uganda to free the fishermen and expelled its envoy.",
    ):
        assert ("SANCTION", ["KEN"], ["UGA"]) in coded(coder, text)


def test_a_party_within_the_own_state_is_the_recipient(coder):
    records = list(coder.code("Niger’s junta has allowed political exiles to come home.", "2024-03-06"))
    concession = next(record for record in records if record.type == "CONCEDE")
    assert [(a.code, a.sector) for a in concession.recipient] == [("NER", "ELI")]


def test_a_strike_called_off_is_a_concession_to_the_own_government(coder):
    records = list(coder.code("Togo’s teachers called off their strike on Monday.", "2024-03-06"))
    concession = next(record for record in records if record.type == "CONCEDE")
    assert [(a.code, a.sector) for a in concession.recipient] == [("TGO", "GOV")]


def test_force_shown_in_the_own_land_is_shown_to_its_people(coder):
    text = "Chad’s army sent tanks into N'Djamena on Monday."
    assert ("MOBILIZE", ["TCD"], ["TCD"]) in coded(coder, text)


def test_rebels_without_an_owner_fight_the_state_in_which_they_act(coder):
    records = list(coder.code("Rebels ambushed a bus in northern Peru on Monday.", "2024-03-06"))
    assert [(a.code, a.sector) for a in records[0].actor] == [("PER", "REB")]


def test_an_agency_that_tells_the_news_is_no_party(coder):
    text = "Afghan guerrillas blew up a power line near Kabul, the Czech news agency CTK reported."
    assert ("ASSAULT", ["AFG"], ["AFG"]) in coded(coder, text)


def test_what_is_lifted_in_a_province_is_granted_to_the_own_state(coder):
    text = "Sudan’s government lifted the state of emergency in West Darfur on Sunday."
    assert coded(coder, text) == [("CONCEDE", ["SDN"], ["SDN"])]


def test_a_minority_is_a_party_of_the_state_that_it_lives_in(coder):
    assert coded(coder, "Ethnic Hungarians in Slovakia protested against the law.") == [("PROTEST", ["SVK"], ["SVK"])]
    assert coded(coder, "Kyrgyz police shot two ethnic Uzbeks in Osh.") == [("ASSAULT", ["KGZ"], ["KGZ"])]


def test_a_minority_that_is_nowhere_at_home_stays_with_its_kin(coder):
    assert coded(coder, "Ethnic Albanians demonstrated on Friday.")[0][1] == ["ALB"]


def test_who_is_promised_a_port_is_not_the_state_that_owns_it(coder):
    records = coder.code("Chile promised to grant Bolivia access to the port of Arica.", "2024-03-06")
    assert all(actor.code == "BOL" for record in records for actor in record.recipient)


def test_a_country_that_protests_accuses_and_its_people_demonstrate(coder):
    assert coded(coder, "Kenyans protested on Monday.") == [("PROTEST", ["KEN"], ["KEN"])]
    assert coded(coder, "Japan protested against the Russian exercise.") == [("ACCUSE", ["JPN"], ["RUS"])]


def test_where_two_agree_is_no_party_to_it(coder):
    text = "In Singapore Shinzo Abe and Vladimir Putin agreed to speed up the talks."
    agreed = [(set(actors), recipients) for type_, actors, recipients in coded(coder, text, "2018-11-15") if type_ == "AGREE"]
    assert agreed == [({"JPN", "RUS"}, [])]


def test_a_union_backs_the_president_of_its_own_state(coder):
    assert ("SUPPORT", ["TZA"], ["TZA"]) in coded(coder, "Tanzania’s church leaders praised the country’s president.")


def test_a_court_of_a_state_judges_those_of_no_known_state_as_its_own(coder):
    records = list(coder.code("A Ugandan court martial sentenced five rebels to death.", "2024-03-06"))
    verdict = next(record for record in records if record.type == "SANCTION")
    assert [(a.code, a.sector) for a in verdict.recipient] == [("UGA", "REB")]


def test_who_becomes_the_first_to_recognise_has_recognised(coder):
    assert ("SUPPORT", ["DNK"], ["LTU"]) in coded(coder, "Denmark became the first country to recognise Lithuania’s government.")
