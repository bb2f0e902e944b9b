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
TITLES_OF_COURTESY = words("mr mrs ms miss dr mr. mrs. ms. dr. sir lord lady dame herr")
WHERE = words("in at near outside inside around across via through into throughout within")
CIVIC = words("court police university college school academy hospital council government ministry parliament state city airport")

LANDSCAPE = words(
    """
    sector region province part city town border coast front side district area bank edge end flank half wall shore slope suburb
    valley highlands lowlands desert mountains isles outskirts frontier hemisphere sea
    """
)

# --- introductions ------------------------------------------------------------------------------------------------------

SEPARATE = words(", — – ( ) ; : . “ ”")
NOMINAL = words("DET ADJ NOUN PROPN PART ADV NUM PRON ADP PUNCT")
PORTFOLIO = words(
    """
    minister secretary spokesman spokeswoman spokesperson adviser advisor chief commissioner negotiator envoy commander
    director
    """
)
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
SHARES = words("percent cent much most half part some all little third quarter none rest bulk")
PARTS = words("most many some all several few part half none one each any dozens hundreds thousands others majority rest")
AGENT_VERBS = words(
    """
    say announce accuse want refuse sign expect ask agree promise warn vow abstain vote belong join apply deny demand
    declare insist buy sell import export pay claim send deploy recognise recognize condemn criticise criticize welcome
    urge call expel summon impose lift invade attack host seek plan intend hope try decline reject accept admit regret
    invite hold support oppose back help give grant receive withdraw pull fight undertake pledge ratify share depend
    rely
    """
)
ACTOR_OBJECTS = words(
    """
    accuse urge ask tell warn invade attack help arm assure persuade invite allow force expel admit isolate punish
    provide supply grant give support back defend protect blame condemn criticise criticize bomb threaten thank
    represent govern rule rejoin join oblige
    """
)
THING_OBJECTS = words(
    """
    sign ratify deny call complete denounce endorse lift pay abide implement execute veto approve pass reject build read
    describe respect break honour honor renew extend scrap tear cancel postpone sell buy burn drop use produce
    """
)
HOSTILE = words("attack bomb shell raid storm seize capture invade hit destroy strike besiege overrun shoot burn loot")

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
    send deploy dispatch withdraw pull station post lose have recall name appoint mobilise mobilize keep maintain
    despatch assign
    """
)
WITHDRAWAL = words("withdraw withdrawal pullout pull-out evacuation evacuate removal remove exit retreat departure")
ARRESTS = words("arrest detain jail imprison charge try sentence hold round evacuate evict convict release free")
ANYBODY = words("people person man woman child boy girl victim passenger family resident life survivor youth")
DOMESTIC = words("COP CVL OPP REL LAB EDU MED JUD CRM UAF REB AGR JRN SOC PTY")
FOCUSED = words("GOV MIL SPY LEG COP OPP JUD CVL REL EDU LAB")
NEVER_FOCUSED = words(
    """
    power family coalition force general officer agent unit division command minority community migrant refugee
    immigrant tourist foreigner expatriate expat hostage pilgrim emigrant
    """
)

OTHERS = words(
    """
    neighbour neighbor ally partner rival adversary foe enemy opponent friend counterpart successor predecessor creditor customer
    supplier patron protector host guest supporter critic competitor
    """
)

# --- descriptions -------------------------------------------------------------------------------------------------------

ALLIES = words("ally partner patron protector rival adversary foe enemy")
REGIONS = words("region enclave territory province republic statelet exclave peninsula")
COUNTRIES = words("country nation state kingdom emirate sultanate principality monarchy archipelago island")
SETS = words(
    """
    side party government country state nation neighbour neighbor power leader capital applicant giant rival ally
    """
)
SOVIET = words("ARM AZE BLR EST GEO KAZ KGZ LTU LVA MDA TJK TKM UKR UZB")

# --- focus --------------------------------------------------------------------------------------------------------------

PLACE_PREPOSITIONS = words("in at inside outside near around across within off")

# --- offices ------------------------------------------------------------------------------------------------------------

RANKS_AND_TITLES = words(
    """
    ayatollah imam sheikh cardinal bishop archbishop rabbi metropolitan general captain professor judge prince princess
    king queen colonel lieutenant major marshal brigadier admiral sergeant
    """
)

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
