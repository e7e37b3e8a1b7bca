"""Non-Latin words of the invented names in Latin letters, as listeners and taggers write them."""

# ruff: noqa: SIM905 - rows of words read better than lists of quoted ones

import re

_PAIRS = (
    # Japanese
    "静かな shizukana 青い aoi 遠い tooi 雨の ame-no 夜の yoru-no 古い furui 小さな chiisana 眠れない nemurenai "
    "十月の jugatsu-no 紙の kami-no 灯台 todai 傘 kasa 時計 tokei 郵便局 yubinkyoku 図書館 toshokan 庭園 teien "
    "渡し船 watashibune 自転車 jitensha 気圧計 kiatsukei 屋根裏 yaneura "
    # Korean
    "푸른 pureun 조용한 joyonghan 느린 neurin 작은 jageun 새벽의 saebyeogui 여름의 yeoreumui 먼 meon 등대 deungdae "
    "우산 usan 기차 gicha 정원 jeongwon 고래 gorae 우체국 ucheguk 다락방 darakbang 자전거 jajeongeo 나침반 nachimban "
    # Chinese
    "安静的 anjingde 遥远的 yaoyuande 蓝色的 lansede 十一月的 shiyiyuede 慢慢的 manmande 纸做的 zhizuode "
    "失眠的 shimiande 灯塔 dengta 雨伞 yusan 渡船 duchuan 花园 huayuan 气压计 qiyaji 邮局 youju 自行车 zixingche "
    "阁楼 gelou "
    # Russian
    "Тихий Tikhiy Далёкий Dalyokiy Северный Severnyy Бумажный Bumazhnyy Медный Mednyy Ночной Nochnoy "
    "Медленный Medlennyy Маяк Mayak Причал Prichal Трамвай Tramvay Барометр Barometr Журавль Zhuravl Чердак Cherdak "
    "Фонарь Fonar Почтальон Pochtalyon "
    # Greek
    "Ήσυχος Isychos Μακρινός Makrinos Χάρτινος Chartinos Γαλάζιος Galazios Χειμωνιάτικος Cheimoniatikos Φάρος Faros "
    "Κήπος Kipos Άνεμος Anemos Σταθμός Stathmos Ταχυδρόμος Tachydromos Γερανός Geranos "
    # Arabic
    "فنار fanar قطار qitar بستان bustan مقهى maqha شراع shira قنديل qindil هادئ hadi بعيد baid قديم qadim أزرق azraq "
    "بطيء bati نحاسي nuhasi "
    # Hindi
    "शांत shant नीला neela पुराना purana सुनहरा sunahra धीमा dheema बाग़ bagh दीपक deepak पहाड़ pahad बादल badal तारा tara "
    "डाकघर dakghar"
).split()
LATIN = dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True))
_WORD = re.compile("|".join(map(re.escape, sorted(LATIN, key=len, reverse=True))))


def transliterated(text: str) -> str:
    """
    >>> transliterated("静かな灯台"), transliterated("Тихий Маяк 2"), transliterated("Quiet Canal")
    ('Shizukana Todai', 'Tikhiy Mayak 2', 'Quiet Canal')
    """
    spaced = _WORD.sub(lambda match: f" {LATIN[match[0]].capitalize()} ", text)
    return " ".join(spaced.split()) if spaced != text else text
