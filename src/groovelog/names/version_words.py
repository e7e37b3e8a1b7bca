"""The words that tell a version, in the languages that the big catalogues use."""

LANGUAGES = {
    "english": "english", "ingles": "english", "eng": "english", "spanish": "spanish", "espanol": "spanish",
    "espanola": "spanish", "castellano": "spanish", "spanglish": "spanglish",
    "german": "german", "deutsch": "german", "deutsche": "german",
    "french": "french", "francais": "french", "francaise": "french", "italian": "italian", "italiano": "italian",
    "portuguese": "portuguese", "portugues": "portuguese", "japanese": "japanese", "jpn": "japanese", "jp": "japanese",
    "korean": "korean", "kor": "korean", "kr": "korean", "chinese": "chinese", "mandarin": "chinese", "cantonese": "cantonese",
    "hindi": "hindi", "tamil": "tamil", "telugu": "telugu", "kannada": "kannada", "malayalam": "malayalam", "punjabi": "punjabi",
    "arabic": "arabic", "russian": "russian", "turkish": "turkish", "swedish": "swedish",
    "svensk": "swedish", "svenska": "swedish", "turkce": "turkish", "dutch": "dutch", "polish": "polish",
    "indonesian": "indonesian", "thai": "thai", "greek": "greek", "hebrew": "hebrew",
    "日本語": "japanese", "英語": "english", "한국어": "korean", "中文": "chinese",
    "国語": "chinese", "國語": "chinese", "粤語": "cantonese",
}  # fmt: skip
LANGUAGE = "|".join(sorted(LANGUAGES, key=len, reverse=True))
VERSION = r"(?:version|versions|ver|vers|versao|versione|versjon|バージョン|ver\.|버전|版)"
YEAR = r"(?:19|20)\d\d"
LIVE = (
    r"(?:live|en vivo|ao vivo|en directo|en directe|en direct|en public|dal vivo|en concierto|en concert|in concert|canli|"
    r"ライブ|ライヴ|라이브)"
)

# Tag -> what says so, on the folded tail. Each pattern found is taken out, in this order. `^` means that the tail has to
# begin with it; a named group is the detail of the tag.
PATTERNS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("karaoke", (
        r"karaoke\b.*",
        r"\bbacking track\b.*",
        r"\bsing ?along\b.*",
        r"\b(?:performance|accompaniment|split|playback) track\b.*",
        r"^(?:minus 1|playback|halbplayback|no lead vocals?)$",
        r"\b(?:originally performed by|in the style of|made famous by|as made famous).*",
        r"カラオケ.*",
    )),
    ("cover", (
        r"^(?:a )?tribute to\b.*",
        r"\btribute\b(?: version)?",
        r"\bcover(?:ed)?(?: version| by\b.*)?$",
        r"^originally by\b.*",
    )),
    ("nightcore", (
        r"nightcore\b.*",
    )),
    ("sped_up", (
        r"(?:sped|speed|speeded)(?: up)?(?: version| remix)?$",
        r"\b(?:sped|speed) up\b.*",
    )),
    ("slowed", (
        r"(?:super |ultra |slightly |perfectly )?slowed\b.*",
        r"\bslowed down\b.*",
        r"\bchopped (?:and )?screwed\b|\bscrewed (?:and )?chopped\b",
        r"\breverb(?:ed)?$",
    )),
    ("rerecorded", (
        rf"\bre ?recorded\b(?: {VERSION})?",
        r"\bre ?record(?:ing)?\b",
        rf"^(?:(?:{YEAR} )?(?:re ?imagined|re ?visited|re ?interpreted|re ?arranged|redux|re ?loaded|re ?booted|re ?made|remake)"
        rf"(?: {VERSION}| {YEAR})?)$",
        r"\bnew(?:ly)? recorded\b.*",
    )),
    ("reworked", (
        r"^(?:8d|8d (?:audio|sound|version)|bass boosted|hardstyle|phonk|techno|jersey club|drill|amapiano|lo ?fi|lullaby|"
        r"music box|string quartet|guitar solo|solo|duet|symphonic|orchestral|orchestra)$",
        r"\b8d audio\b.*",
        r"^(?:re ?worked|excerpt|extract|without rap|no rap|(?:original|alternate|early) sessions?)\b.*",
        r"^(?P<detail>ambient|jazz|banjo|voice|slow|fast(?:er)?|bossa nova|guitar|flute|violin|sax(?:ophone)?|harp|organ|strings|"
        r"vocals?|samba|bolero|tango|waltz|swing|reggae|disco|latin|house|trance|dubstep|trap|ska|country|salsa|cumbia|merengue|"
        r"bachata|mariachi|banda|norteno|flamenco|a ?capella)$",
    )),
    ("mixed", (
        r"^mixed$",
    )),
    ("a_cappella", (
        r"\ba ?cap+el+a\b(?: version)?",
    )),
    ("instrumental", (
        rf"\b(?:instrumental(?:e|es)?|inst|インストゥルメンタル|インスト)\b(?: {VERSION}| mix)?",
        r"\boff vocal\b(?: ver\w*)?",
    )),
    ("unplugged", (
        r"\b(?:mtv )?unplugged\b(?: .*)?",
    )),
    ("acoustic", (
        r"\b(?:acoustic|acustic[ao]?|akustik|akustisk|akoestisch|acoustique|"
        rf"stripped(?: down| back)?|アコースティック)\b(?: {VERSION}|"
        r" mix| session| sessions)?",
    )),
    ("piano", (
        rf"\bpiano\b(?: {VERSION}| mix| solo)?$",
        r"^version piano$",
    )),
    ("orchestral", (
        rf"\b(?:orchestral|orchestra|symphonic|strings)\b(?: {VERSION}| mix)$",
    )),
    ("demo", (
        rf"\b(?:home |original |early |studio |rough |piano )?demo\b(?:s| {VERSION}| recording| take|"
        rf"(?= {YEAR})|$)",
        r"\brough mix\b",
        r"\brehearsal\b.*",
        r"^(?:voice (?:memo|note)|work ?tape|writing session)\b.*",
        r"\bouttake\b.*",
        r"\bwork in progress\b",
    )),
    ("language", (
        rf"\b(?:sung )?(?:in |en |auf |em |na )?(?P<detail>{LANGUAGE})\b(?: (?:language )?{VERSION}| mix|"
        r" edit| remix)",
        rf"\b{VERSION} (?:en |in |em |auf )?(?P<detail2>{LANGUAGE})\b",
        r"\bsung in (?P<detail3>\w+)$",
        r"^(?:in |en |auf |em )?(?P<detail4>espanol|deutsch|english|spanish|japanese|korean|chinese|mandarin|"
        r"日本語|英語|한국어|国語|國語|粤語|中文)$",
        rf"(?P<detail5>日本語|英語|한국어|中文|国語|國語|粤語|粵語)(?: ?{VERSION})",
    )),
    ("remaster", (
        rf"(?:\b{YEAR} )?\b(?:digital(?:ly)? |newly )?(?:re ?master(?:ed|ing|s)?|remasterizad[oa]|"
        rf"remasteriz\w*|remasteris\w*|remastered|remastirizado|digital master|リマスター\w*)\b(?: {VERSION}|"
        rf" edition| album| mix| en| in)*(?: {YEAR})?",
        r"\b(?:rvg|rudy van gelder) edition\b",
        rf"^{YEAR} (?:stereo |mono |new )?mix$",
    )),
    ("alternate", (
        r"\b(?:alternat(?:e|ive)|alt|early|first|previously unreleased|unreleased|unissued|"
        rf"different) (?:studio )?(?:take|{VERSION}|mix)\b(?: \d+)?",
        r"\balternate\b",
    )),
    ("take", (
        r"\btake (?P<detail>\d+)\b(?: .*)?",
    )),
    ("soundtrack", (
        r"^(?:music |songs? |theme |main theme )?from (?:the )?.*(?:soundtrack|film|movie|motion picture|"
        r"series|musical|original cast|broadway|ost|netflix|disney|tv|show|game)\b.*",
        r"^(?:the )?(?:original )?(?:motion picture |movie |film |tv |television |cast )?(?:soundtrack|"
        rf"ost)(?: {VERSION})?$",
        rf"\bsoundtrack {VERSION}\b",
        rf"\b(?:film|movie|tv|album soundtrack) {VERSION}\b",
        r"\boriginal (?:motion picture |television |tv |game |broadway |london )?(?:soundtrack|cast recording|"
        r"cast)\b.*",
        r"\bost\b.*",
        r"\btrilha sonora\b.*",
        r"\bbande originale\b.*",
    )),
    ("extended", (
        r"\b(?:extended|full length|full|long|longer|12(?: inch)?|maxi|maxi single|xtended)(?: (?:club|dance|"
        rf"vocal|original|version|12|inch|remix))* ?(?:{VERSION}|mix|edit|single|remix)?$",
        r"\bextended\b",
        rf"^12 (?:inch )?(?:mix|{VERSION}|remix)$",
    )),
    ("radio_edit", (
        r"\b(?:original |main |official |us |uk |u s |u k |fm |album |new |clean |short )?(?:radio|single|album|lp|"
        rf"short|main|7(?: inch)?|original single|video|single album|ep) ?(?:edit|mix|{VERSION}|"
        rf"cut)\b(?: {YEAR})?",
        rf"^(?:radio|edit|edited|original|radio edited|original mix|original {VERSION}|edited {VERSION}|main|"
        rf"full song|shortened|standard {VERSION}|regular {VERSION}|studio {VERSION}|studio|"
        rf"international {VERSION}|us {VERSION}|uk {VERSION}|stereo {VERSION}|the original)$",
        rf"^(?:{YEAR}|single) edit$|^edit {VERSION}$|^45 (?:rpm )?{VERSION}$",
        r"^(?:version|versao|versione|versionen?) (?:originale?|radio|album|single|lp|estandar|standard|integrale)$",
    )),
    ("explicit", (
        rf"\b(?:explicit|dirty|uncensored|parental advisory)\b(?: (?:{VERSION}|album|content|lyrics))*",
    )),
    ("clean", (
        rf"\b(?:clean|censored|edited|amended)\b(?: {VERSION}| edit)?$",
    )),
    ("mono", (
        rf"\b(?:mono|stereo|monaural|dolby atmos|spatial audio)\b(?: (?:{VERSION}|mix|single))?",
    )),
    ("bonus", (
        rf"\b(?:bonus|hidden|deluxe|exclusive)(?: (?:track|cut|edition|{VERSION}|song|album|single|cd))*\b",
        r"\b(?:super |special |anniversary |expanded |collectors? |limited |\d+(?:th|st|nd|"
        rf"rd)? anniversary )+(?:edition|{VERSION}|mix)",
        r"\banniversary\b.*edition$",
    )),
    ("album", (
        rf"^(?:(?:non )?(?:album|single|lp|ep)(?: track| {VERSION})?|rarity)$",
        r"^(?:b side|a side)$",
        r"\bfrom the vault\b",
        rf"^(?:{YEAR} )?(?:digital )?(?:reissue|re ?release|release|edition)$",
    )),
    ("video", (
        r"^(?:the )?(?:official )?(?:(?:music|lyrics?|hd|4k|full|audio) )*(?:video|visuali[sz]er|audio|clip|"
        r"lyrics?|videoclip|mv|m v)(?: (?:hd|hq|4k|official|with lyrics|oficial|clip))*$",
        r"^(?:hd|hq|4k|official|video oficial|audio oficial|clip officiel|videoclip oficial|with lyrics|"
        r"on screen lyrics|pseudo video|free download|out now)$",
    )),
    ("credit", (
        r"^(?:prod(?:uced)?|produced|written|dir|directed|composed|lyrics|music|mixed|performed|"
        r"feature)(?: and \w+)* by\b.*",
        r"^prod\b.*",
    )),
    ("live", (
        r"^(?:recorded|performed) (?:live )?(?:at|in)\b.*",
        r"\b(?:spotify singles?|live lounge|like a version|amazon (?:music )?originals?|live ?version)\b.*",
        rf"^{LIVE}(?: (?:at|in|from|on|en|desde|no|na|em|a|au|aux|aus|im|bei|vom|auf|fran|pa|performans|for|by|with|"
        r"session|sessions|version|"
        rf"recording|{YEAR}|acoustic|\d+)\b.*)?$",
        rf"\b{LIVE} \d+(?: \w+)?,? {YEAR}\b.*",
        rf"\b{LIVE}(?: (?:at|in|from|on|em|desde|{VERSION}|session|sessions|recording|performance|mix|edit|"
        rf"take|{YEAR}))\b.*",
        rf"(?<!to )(?<!we )(?<!i )(?<!you )(?<!they )(?<!how )(?<!long )(?<!would )(?<!the )\b{LIVE}$",
        r"\b(?:bbc|peel|kexp|spotify|tiny desk|radio|daytrotter|apple music|amazon|studio|"
        r"audiotree)\b.* sessions?\b.*",
        r"\blive\b(?= acoustic| remaster)",
    )),
)  # fmt: skip
