"""Words that invented names are put together from, in several languages and scripts."""

# ruff: noqa: SIM905 - rows of words read better than lists of quoted ones

from dataclasses import dataclass


@dataclass(frozen=True)
class Tongue:
    """Words of one language of which any pair makes a name; `share` is its part of the catalogue."""

    language: str
    share: float
    first: tuple[str, ...]
    second: tuple[str, ...]
    between: str = " "


ADJECTIVES = tuple(
    "Amber Borrowed Brass Chalk Cobalt Copper Crooked Distant Driftwood Dusty Feathered Gentle Half-Lit Hollow Honeyed Inland "
    "Ivory Lilac Marbled Misty Northern Ochre Painted Paper Pewter Quiet Restless Saffron Salted Sleepless Slow Spare Tidal "
    "Tin Umber Unsent Wandering Wintering Woollen".split()
)
NOUNS = tuple(
    "Almanac Anchor Balcony Barometer Bicycle Canal Carousel Compass Cupboard Estuary Ferry Gazebo Harbour Heron Kettle Lantern "
    "Lighthouse Meadow Metronome Orchard Parasol Pavilion Pelican Postcard Quarry Rooftop Seismograph Sparrow Staircase Steeple "
    "Stopwatch Teapot Telegraph Thicket Tramway Trellis Typewriter Umbrella Verandah Wardrobe Weathervane Windmill".split()
)
GERUNDS = tuple(
    "Carrying Counting Crossing Drawing Following Leaving Mending Naming Painting Remembering Waking".split()
)
TIMES = tuple(
    "Sunday|Tuesday Night|Half Past Nine|November|the Small Hours|Early March|Midsummer|the Last Week of August|Daybreak|"
    "the Wrong Year|Low Tide".split("|")
)
ENSEMBLES = tuple("Club Committee Department Ensemble Orchestra Parade Quartet Society Trio Union".split())
GIVEN_STARTS = tuple(
    "Al Bré Cael Dav El Fen Gri Hal Ís Jor Kae Lum Mär Nó Ol Per Quin Ros Søl Tam Ul Vey Wil Ys Zor Šav Žel Łan".split()
)
GIVEN_ENDS = tuple("a ane endra eth ia ik imir ine ito ora ost une wen yra ão ën".split())
FAMILY_STARTS = tuple(
    "Arro Belle Cresk Dorra Esk Farro Glim Hestre Ink Kestro Larque Mosse Nettle Ostre Pavo Quill Rask Sorre".split()
)
FAMILY_ENDS = tuple("bane dahl fjord garten lund mede nová quist rière sande thwick vale værk wick zão".split())

TONGUES = (
    Tongue("English", 0.58, ADJECTIVES, NOUNS),
    Tongue(
        "Portuguese",
        0.07,
        tuple("Canção|Carta|Janela|Lição|Manhã|Noite|Promessa|Saudação|Varanda".split("|")),
        tuple("da Maré|de Inverno|do Farol|do Sertão|entre Irmãos|no Cais|sem Fim|à Chuva|às Três".split("|")),
    ),
    Tongue(
        "French",
        0.05,
        tuple("Chanson|Fenêtre|Lettre|Lumière|Nuit|Rêverie|Soirée|Traversée".split("|")),
        tuple("au phare|d’été|du canal|en février|près du port|sans fin|à la mer|à vélo".split("|")),
    ),
    Tongue(
        "German",
        0.05,
        tuple("Brief|Brücke|Fähre|Frühstück|Lied|Nacht|Straßenbahn|Träume|Zug".split("|")),
        tuple("am Kanal|an die Möwen|im März|im Nebel|ohne Ende|um fünf|vom Leuchtturm|über den Dächern".split("|")),
    ),
    Tongue(
        "Polish",
        0.04,
        tuple("Droga|Godzina|Kołysanka|Łódka|Noc|Piosenka|Pocztówka|Wiadomość".split("|")),
        tuple("bez końca|dla żurawi|do morza|nad rzeką|o świcie|pod latarnią|w listopadzie|ze strychu".split("|")),
    ),
    Tongue(
        "Japanese",
        0.06,
        tuple("静かな 青い 遠い 雨の 夜の 古い 小さな 眠れない 十月の 紙の".split()),
        tuple("灯台 傘 時計 郵便局 図書館 庭園 渡し船 自転車 気圧計 屋根裏".split()),
        "",
    ),
    Tongue(
        "Korean",
        0.04,
        tuple("푸른 조용한 느린 작은 새벽의 여름의 먼".split()),
        tuple("등대 우산 기차 정원 고래 우체국 다락방 자전거 나침반".split()),
    ),
    Tongue(
        "Chinese",
        0.03,
        tuple("安静的 遥远的 蓝色的 十一月的 慢慢的 纸做的 失眠的".split()),
        tuple("灯塔 雨伞 渡船 花园 气压计 邮局 自行车 阁楼".split()),
        "",
    ),
    Tongue(
        "Russian",
        0.03,
        tuple("Тихий Далёкий Северный Бумажный Медный Ночной Медленный".split()),
        tuple("Маяк Причал Трамвай Барометр Журавль Чердак Фонарь Почтальон".split()),
    ),
    Tongue(
        "Greek",
        0.02,
        tuple("Ήσυχος Μακρινός Χάρτινος Γαλάζιος Χειμωνιάτικος".split()),
        tuple("Φάρος Κήπος Άνεμος Σταθμός Ταχυδρόμος Γερανός".split()),
    ),
    Tongue(
        "Arabic",
        0.02,
        tuple("فنار قطار بستان مقهى شراع قنديل".split()),
        tuple("هادئ بعيد قديم أزرق بطيء نحاسي".split()),
    ),
    Tongue(
        "Hindi",
        0.01,
        tuple("शांत नीला पुराना सुनहरा धीमा".split()),
        tuple("बाग़ दीपक पहाड़ बादल तारा डाकघर".split()),
    ),
)
