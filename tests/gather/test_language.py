import re

import pytest

from sayso.gather.language import language, page_language

from .samples import TEXT


@pytest.mark.parametrize("text", [TEXT, TEXT.upper(), re.sub("[,'’“”.]", "", TEXT), TEXT.replace(" ", "\n")])
def test_english_is_english_in_capitals_and_without_marks(text: str) -> None:
    assert language(text) == "en"


@pytest.mark.parametrize(
    "text",
    [
        "Der Hafenrat sagte am Freitag, dass die neue Brücke im Frühling eröffnet wird und dass niemand in"
        " der Stadt seinen Platz verliert, wie es in dem Bericht heißt.",
        "De raad zei vrijdag dat de nieuwe pier in het voorjaar opent en dat niemand in de stad zijn plaats"
        " verliest, of dat was in elk geval het plan van de raad.",
        "Rådet sagde fredag, at den nye mole åbner til foråret, og at ingen i byen mister sin plads for at"
        " komme over på den anden side af havnen.",
        "Le conseil a déclaré vendredi que la nouvelle jetée ouvrira au printemps et que personne dans la"
        " ville ne perdra sa place, on le sait.",
        "Совет порта заявил в пятницу, что новый причал откроется весной",
        "قال مجلس الميناء يوم الجمعة إن الرصيف الجديد سيفتح في الربيع",
    ],
    ids=["de", "nl", "da", "fr", "ru", "ar"],
)
def test_other_languages_are_not_english(text: str) -> None:
    assert language(text) == "und"


def test_a_script_of_one_language_names_it() -> None:
    assert language("港湾評議会は金曜日に新しい桟橋が春に開くと述べた。") == "ja"
    assert language("항만 위원회는 금요일 새 부두가 봄에 열린다고 말했다") == "ko"
    assert language("Το συμβούλιο είπε ότι η προβλήτα θα ανοίξει") == "el"


@pytest.mark.parametrize("text", ["", "1,234 – 5", "Pier opens", "Norrvik harbour plan"])
def test_too_little_text_is_left_open(text: str) -> None:
    assert language(text) is None


def test_a_declared_language_fills_gaps_but_never_overrules_english() -> None:
    assert page_language("Pier opens", "en-GB") == "en"
    assert page_language(TEXT, "de") == "en"
    assert page_language("Rådet sagde fredag at den nye mole snart er klar " * 5, "da_DK") == "da"
    assert page_language("Rådet sagde fredag at den nye mole snart er klar " * 5, "en") == "und"
    assert page_language("Pier opens", "<script>") is None
