"""Words that the rules of resolving turn on, in groups by the module that uses them."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """Return the words of a text as a set."""
    return frozenset(text.split())


# --- mentions -----------------------------------------------------------------------------------------------------------

INSTRUMENTS = words(
    """
    agreement agreements accord accords treaty treaties convention conventions protocol protocols statute pact pacts
    declaration memorandum charter process formula format principles
    """
)
WATERS = words("sea ocean strait straits gulf canal bay channel peninsula basin trench")
PRESS = words("times post journal herald tribune gazette observer telegraph daily weekly review")
TITLES_OF_COURTESY = words(
    "mr mrs ms miss dr mr. mrs. ms. dr. sir lord lady dame herr gen gen. lt lt. col col. maj maj. adm adm."
)
WHERE = words("in at near outside inside around across via through into throughout within")
CIVIC = words("court police university college school academy hospital council government ministry parliament state city airport")

LANDSCAPE = words(
    """
    sector region province part city town border coast front side district area bank edge end flank half wall shore slope suburb
    valley highlands lowlands desert mountains isles outskirts frontier hemisphere sea
    """
)

WEEKDAYS = words("monday tuesday wednesday thursday friday saturday sunday yesterday today christmas easter ramadan")
MONTHS = words(
    """
    january february march april may june july august september october november december
    jan feb mar apr jun jul aug sep sept oct nov dec
    """
)
DATING = words("last this next that following late early mid same")

# --- introductions ------------------------------------------------------------------------------------------------------

SEPARATE = words(", — – ( ) ; : . “ ”")
NOMINAL = words("DET ADJ NOUN PROPN PART ADV NUM PRON ADP PUNCT")
PORTFOLIO = words(
    """
    minister secretary spokesman spokeswoman spokesperson adviser advisor chief commissioner negotiator envoy commander
    director
    """
)
INSTALLING = words(
    """
    elect re-elect reelect name appoint reappoint choose swear install inaugurate make confirm crown proclaim declare pick
    select designate
    """
)
HOLDING = words("take serve return resign retire retake resume continue act replace succeed rule govern quit")
NOT_PORTFOLIO = words(
    """
    new then former ex late current incoming outgoing acting ousted deposed longtime veteran embattled and
    """
)

# --- coreference --------------------------------------------------------------------------------------------------------

SUBJECT_CONTROL = words("promise vow threaten use take pledge need have")

# --- pronouns -----------------------------------------------------------------------------------------------------------

TIMES = words("day week month year decade hour stage phase anniversary kind")
SPEAKER = words("i me my mine we us our ours")
SAYING = words(
    """
    say tell add note explain warn insist write argue claim declare announce remark reply answer ask complain state observe
    promise vow admit concede recall predict stress think believe hope fear boast joke suggest maintain report comment conclude
    assert pledge
    """
)
SERVING = words(
    """
    train guarantee answer defend buy supply back protect fund arm equip finance guard pay support recognise recognize police
    patrol subsidise subsidize absorb underwrite sponsor
    """
)
SHARES = words(
    "percent cent two-third three-quarter fifth tenth much most half part some all little third quarter none rest bulk"
)
PARTS = words("most many some all several few part half none one each any dozens hundreds thousands others majority rest")
AGENT_VERBS = words(
    """
    say announce accuse want refuse sign expect ask agree promise warn vow abstain vote belong join apply deny demand
    declare insist buy sell import export pay claim send deploy recognise recognize condemn criticise criticize welcome
    urge call expel summon impose lift invade attack host seek plan intend hope try decline reject accept admit regret
    invite hold support oppose back help give grant receive withdraw pull fight undertake pledge ratify share depend
    rely reply respond retort counter contend argue complain protest warn threaten retaliate negotiate mediate broker defy obey
    comply apologise apologize hesitate insist appoint recall arrest detain jail execute bomb shell annex occupy surrender concede
    covet borrow lend owe import supply arm train equip recruit propose request veto object dither relent reconsider renounce
    """
)
ACTOR_OBJECTS = words(
    """
    accuse urge ask tell warn invade attack help arm assure persuade invite allow force expel admit isolate punish
    provide supply grant give support back defend protect blame condemn criticise criticize bomb threaten thank
    represent govern rule rejoin join oblige
    """
)
IMPERSONAL = words(
    """
    agree announce decide report say settle believe think hope fear know understand reveal disclose confirm claim allege rumour
    rumor stipulate provide establish expect suggest suppose
    """
)
LEFT_OPEN = words("leave decide agree plan propose")
THING_OBJECTS = words(
    """
    sign ratify deny call complete denounce endorse lift pay abide implement execute veto approve pass reject build read
    describe respect break honour honor renew extend scrap tear cancel postpone sell buy burn drop use produce
    """
)
ACCUSING = words("accuse charge blame suspect denounce")
DENYING = words("deny reject dismiss rebuff refute contest")
CHARGES = words("charge accusation allegation claim blame responsibility wrongdoing involvement it this that")
HOSTILE = words(
    """
    attack bomb shell raid storm seize capture invade hit destroy strike besiege overrun shoot burn loot ram sink ambush kidnap
    abduct
    """
)
TRESPASS = words("violate enter cross breach infringe threaten occupy penetrate claim annex patrol block blockade challenge")
TERRITORY = words("airspace sovereignty territory border waters water frontier integrity coast shore island")
RECOGNISING = words("recognise recognize acknowledge respect guarantee endorse")
STATEHOOD = words("independence sovereignty border frontier integrity territory statehood existence neutrality claim")
AIMED = words("fire launch attack lob open drop rain advance march swoop encroach intrude trespass stray")
ENVOYS = words("ambassador envoy diplomat attaché consul chargé high-commissioner")
BELONGINGS = words("asset licence license reserve account accreditation visa passport")
TAKING = words("freeze confiscate revoke seize impound withhold unfreeze cancel")
FOREIGN_DEEDS = words(
    """
    ban restrict suspend sanction embargo invade overrun occupy annex attack bomb shell raid conquer liberate blame condemn
    criticise criticize accuse denounce recognise recognize isolate threaten punish blockade boycott
    """
)
FOREIGN_NOUNS = words("trade war tie relation talk claim embargo sanction attack invasion raid aggression hostility alliance")
CURBS = words("sanction tariff embargo ban duty levy curb restriction blockade")
GIVING = words(
    "sell lend give pay send offer grant promise owe charge supply lease deny refuse award bring buy cost allow pledge provide"
)
TRADING = words("buy sell import export purchase borrow lend owe ship supply obtain receive deliver send")
GRANTING = words("allow deny grant refuse cost restore")
RIGHTS = words("freedom independence sovereignty liberty due statehood autonomy seat")
WANTING = words("need want request seek require covet")
JUDGING = words(
    """
    thank praise criticise criticize condemn blame punish rebuke sanction penalise penalize congratulate reward commend chide
    scold applaud denounce fault mock
    """
)
ANSWERING = words("account answer atone apologise apologize pay explain compensate withdraw stick adhere return")
PRAISING = words("congratulate compliment commend felicitate")
ORDERING = words(
    "urge ask tell order press persuade force oblige encourage want invite call push beg implore pressure warn allow"
)
OWN_DEEDS = words(
    """
    honour honor keep fulfil fulfill meet respect drop end stop halt cut raise reduce increase withdraw pull change abandon
    resume improve open close reopen lift scrap free pay reform review curb give surrender implement reverse rethink
    reconsider
    """
)

# --- names --------------------------------------------------------------------------------------------------------------

MOTION = words(
    """
    come go travel fly return visit trip flight head move drive arrive flee journey sail march rush tour fly-in get
    bring take invite summon withdraw walk ride ship
    """
)

# --- nouns --------------------------------------------------------------------------------------------------------------

PARTS_OF_WHOLE = words(
    """
    member group number most part majority handful dozen dozens hundred hundreds thousand thousands ten tens score
    scores million millions pair couple team rest remnant element wing column network cell crew band contingent percent
    minority none one
    """
)
DEVERBAL = words(
    """
    attack ban visit threat talk war strike raid support request demand offer criticism blockade embargo siege break
    collapse rise fall use search hatred fear sale purchase view map picture name idea history study end start report
    ally opponent supporter critic friend enemy rival leader capture rescue defence defense control loss breach seizure
    """
)
SENDING = words(
    """
    offer contribute pledge commit provide lend volunteer fly airlift
    send deploy dispatch withdraw pull station post lose have recall name appoint mobilise mobilize keep maintain
    despatch assign
    """
)
WITHDRAWAL = words("withdraw withdrawal pullout pull-out evacuation evacuate removal remove exit retreat departure")
ARRESTS = words("arrest detain jail imprison charge try sentence hold round evacuate evict convict release free")
ANYBODY = words("people person man woman child boy girl victim passenger family resident life survivor youth")
DOMESTIC = words("COP CVL OPP REL LAB EDU MED JUD CRM UAF REB AGR JRN SOC PTY")
FOCUSED = words("GOV MIL SPY LEG COP OPP JUD CVL REL EDU LAB ELI")
NEVER_FOCUSED = words(
    """
    power family coalition force general officer agent unit division command minority community migrant refugee
    immigrant tourist foreigner expatriate expat hostage pilgrim emigrant observer monitor
    """
)

OTHERS = words(
    """
    neighbour neighbor ally partner rival adversary foe enemy opponent friend counterpart successor predecessor creditor customer
    supplier patron protector host guest supporter critic competitor
    """
)

# --- descriptions -------------------------------------------------------------------------------------------------------

ALLIES = words("ally partner patron protector rival adversary foe enemy creditor backer supplier sponsor benefactor customer")
ISLANDS = words("ATG BHS COM CPV FJI FSM KIR MDV MHL NRU PLW SLB STP SYC TON TUV VUT WSM")
REGIONS = words("region enclave territory province republic statelet exclave peninsula")
COUNTRIES = words("country nation state kingdom emirate sultanate principality monarchy archipelago island")
SETS = words(
    """
    side party government country state nation neighbour neighbor power leader capital applicant giant rival ally man woman
    president minister foe adversary enemy envoy negotiator delegation army premier statesman belligerent republic
    ministry parliament navy military legislature regime economy kingdom monarchy
    """
)
TOGETHER = words("side party neighbour neighbor rival foe belligerent adversary antagonist protagonist signatory")
PEOPLE_OF_STATES = words("man woman president minister leader envoy negotiator premier statesman")
SOVIET = words("ARM AZE BLR EST GEO KAZ KGZ LTU LVA MDA TJK TKM UKR UZB")

# --- focus --------------------------------------------------------------------------------------------------------------

PLACE_PREPOSITIONS = words("in at inside outside near around across within off")

# --- offices ------------------------------------------------------------------------------------------------------------

SENT_ABROAD = words("ambassador envoy chargé consul attaché diplomat emissary")
HOSTING = words("summon expel call recall-in oust eject deport invite accredit reprimand carpet")
RANKS_AND_TITLES = words(
    """
    ayatollah imam sheikh cardinal bishop archbishop rabbi metropolitan general captain professor judge prince princess
    king queen colonel lieutenant major marshal brigadier admiral sergeant
    """
)

FORMER_RULERS = {
    "FRA": words("DZA BEN BFA CAF CIV CMR COG COM DJI GAB GIN HTI KHM LAO LBN MAR MDG MLI MRT NER SEN SYR TCD TGO TUN VNM VUT"),
    "GBR": words(
        """
        ATG AUS BGD BHS BLZ BRB BWA CYP DMA EGY FJI GHA GMB GRD GUY IND IRL IRQ JAM JOR KEN KIR KNA KWT LCA LKA LSO MDV MLT MMR
        MUS MWI MYS NGA NPL NZL PAK PSE SDN SGP SLB SLE SWZ SYC TON TTO TUV TZA UGA USA VCT YEM ZAF ZMB ZWE HKG BHR QAT ARE
        """
    ),
    "ESP": words("ARG BOL CHL COL CRI CUB DOM ECU ESH GNQ GTM HND MEX NIC PAN PER PHL PRY SLV URY VEN"),
    "PRT": words("AGO BRA CPV GNB MOZ STP TLS MAC"),
    "NLD": words("IDN SUR"),
    "BEL": words("BDI COD RWA"),
    "ITA": words("ERI LBY SOM"),
    "JPN": words("KOR PRK TWN"),
    "DEU": words("NAM"),
    "AUS": words("PNG NRU"),
    "NZL": words("WSM"),
    "DNK": words("ISL GRL"),
    "RUS": words("ARM AZE BLR EST FIN GEO KAZ KGZ LTU LVA MDA TJK TKM UKR UZB"),
    "TUR": words("GRC BGR SRB ALB MKD"),
}
"""By state, those that it ruled and that a text may call its former colonies."""


def _mutual(pairs: dict[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    """Return pairs in both directions."""
    table: dict[str, set[str]] = {}
    for one, others in pairs.items():
        for other in others:
            table.setdefault(one, set()).add(other)
            table.setdefault(other, set()).add(one)
    return {code: frozenset(codes) for code, codes in table.items()}


ALLIES_OF = _mutual(
    {
        "USA": words("JPN KOR PHL AUS NZL GBR ISR TWN THA CAN FRA DEU ITA POL TUR NOR DNK SAU EGY JOR KWT BHR QAT PAK COL UKR"),
        "RUS": words("BLR ARM KAZ KGZ TJK SYR PRK SRB CUB VEN NIC IRN"),
        "CHN": words("PRK PAK KHM LAO RUS"),
        "TUR": words("AZE QAT PAK"),
        "FRA": words("TCD SEN CIV GAB NER DJI GRC"),
        "IRN": words("SYR IRQ LBN"),
        "IND": words("BTN NPL MDV"),
        "SAU": words("ARE BHR EGY YEM"),
        "CUB": words("VEN NIC BOL"),
    }
)
RIVALS_OF = _mutual(
    {
        "USA": words("RUS CHN IRN PRK CUB VEN"),
        "IRN": words("ISR SAU IRQ"),
        "IND": words("PAK CHN"),
        "RUS": words("UKR GEO"),
        "CHN": words("TWN JPN VNM PHL"),
        "KOR": words("PRK"),
        "GRC": words("TUR"),
        "ARM": words("AZE TUR"),
        "ETH": words("ERI SOM EGY"),
        "MAR": words("DZA"),
        "SRB": words("XKX HRV"),
        "COD": words("RWA"),
        "COL": words("VEN"),
        "PRK": words("JPN"),
        "QAT": words("SAU ARE BHR EGY"),
        "KHM": words("THA VNM"),
        "CHL": words("BOL PER"),
    }
)
"""States commonly called each other’s ally, or rival, of late: they tip the scales where several have been named."""

GIANTS = words("CHN IND RUS USA BRA ZAF NGA DEU AUS IDN EGY")

TITLES_OF_ONE_STATE = {
    "shah": "IRN",
    "tsar": "RUS",
    "czar": "RUS",
    "tsarina": "RUS",
    "kaiser": "DEU",
    "führer": "DEU",
    "fuhrer": "DEU",
    "duce": "ITA",
    "caudillo": "ESP",
    "mikado": "JPN",
    "khedive": "EGY",
    "negus": "ETH",
    "pope": "VAT",
    "pontiff": "VAT",
    "taoiseach": "IRL",
    "tánaiste": "IRL",
    "tanaiste": "IRL",
}
"""Titles that only the head of one state bears, by lower-case word, with its code."""

KINDS_OF_STATE = {
    "emirate": words("ARE KWT QAT"),
    "sultanate": words("BRN OMN"),
    "principality": words("AND LIE MCO"),
    "kingdom": words("BEL BHR BTN DNK ESP GBR JOR KHM LSO MAR NLD NOR SAU SWE SWZ THA TON"),
    "island": words(
        """
        BHR BRB COM CPV CUB CYP DMA DOM FJI GRD GRL HTI IRL ISL JAM LCA LKA MDG MLT MTQ MUS NCL NRU PNG PRI REU SGP TLS TTO TWN
        VCT
        """
    ),
    "archipelago": words("BHS COM CPV FJI IDN JPN KIR MDV MHL PHL PLW SLB STP SYC TON VUT"),
}
"""States that a text calls by what they are, by ISO 3166-1 alpha-3."""
