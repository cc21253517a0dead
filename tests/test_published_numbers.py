"""Backtests: the numbers that the 2021 report and the statistics published come out of the real data."""

from __future__ import annotations

from functools import cache

import pytest

from reports.facts import resolve
from reports.finnish import Language
from reports.home import open_home
from reports.model import Dataset
from reports.printer import FactPrinter
from reports.read.dataset import read_dataset


@cache
def salo() -> Dataset:
    return read_dataset(open_home(), "salo", (2020, 2021))


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("salo | osuus(kaikki)", "94,6 %"),
        ("marttila | osuus(kaikki)", "2,7 %"),
        ("koski | osuus(kaikki)", "2,6 %"),
        ("lopullinen | muutos(kaikki)", "+86"),
        ("lopullinen | muutosprosentti(kaikki)", "+3,1 %"),
        ("alimmillaan | muutosprosentti(lopullinen)", "−6,8 %"),
        ("toteuma | osuus(talousarvio)", "90,0 %"),
        ("toteuma | muutos(talousarvio)", "−59 000 €"),
        ("toteuma | muutosprosentti(talousarvio)", "−10,0 %"),
        ("palkat | osuus(toteuma)", "86,0 %"),
        ("remontit | plus(moduuli)", "43 000 €"),
        ("tuki | plus(ylitys) | milj", "4,2 M€"),
        ("lokakuu | muutosprosentti(tammikuu, 0)", "−33 %"),
        ("joulukuu | muutosprosentti(lokakuu)", "+14,6 %"),
        ("keskimaarin", "2 634,8"),
        ("pohja", "2 118"),
        ("pohja | kuussa", "lokakuussa"),
        ("valtio | plus(kaupunki) | plus(tuki_htv)", "26,7"),
    ],
)
def test_the_published_numbers_come_out_of_the_real_data(expression, text) -> None:
    notations = {
        "kaikki": "asiakkaat 2021-03",
        "salo": "asiakkaat 2021-03 Salo",
        "marttila": "asiakkaat 2021-03 Marttila",
        "koski": "asiakkaat 2021-03 Koski Tl",
        "lopullinen": "asiakkaat-siirtojen-jalkeen 2021",
        "alimmillaan": "asiakkaat-alimmillaan 2021",
        "toteuma": "toteuma 2021",
        "talousarvio": "talousarvio 2021",
        "palkat": "henkilostokulut 2021",
        "remontit": "remontit 2021",
        "moduuli": "moduulin-perustaminen 2021",
        "tuki": "tyomarkkinatuki-arvio 2021 Salo",
        "ylitys": "tyomarkkinatuki-ylitys 2021 Salo",
        "tammikuu": "tyottomat 2021-01 Salo",
        "lokakuu": "tyottomat 2021-10 Salo",
        "joulukuu": "tyottomat 2021-12 Salo",
        "keskimaarin": "keskiarvo tyottomat 2021 Salo",
        "pohja": "alin tyottomat 2021 Salo",
        "valtio": "henkilosto-valtio 2021-03",
        "kaupunki": "henkilosto-kaupunki 2021",
        "tuki_htv": "tyonsuunnittelijat 2021",
    }
    assert salo().problems == ()
    named = {name: resolve(notation, salo()) for name, notation in notations.items()}
    printed, _ = FactPrinter(named, salo(), Language("fi")).evaluate(expression)
    assert printed == text.replace(" ", "\u00a0")
