"""The press release: what the figures draft, what only people write, what is never shown."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.trips import ROOT, City, Said

SALO = "data/salo/2022-11/release.md"
STATISTICS = "data/statistics/12r5/2022.csv"
NATIONAL = "kuntakokeilut-2021"
TEXT = """---
roles:
  - Viestintäpäällikkö
slots:
  lausunto:
    by: toimialajohtaja
    text:
facts:
  salo: tyottomat 2022-11 Salo
---
## Arvio
![Arvio kuukaudesta](slot:lausunto)
"""


@pytest.fixture
def city(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> City:
    """A copy of the samples: Salo in November 2022 and the start of the trials in March 2021."""
    for name in ("home.yaml", "salo", NATIONAL, "statistics"):
        source, target = ROOT / "data" / name, tmp_path / "home" / "data" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(source, target) if source.is_dir() else shutil.copyfile(source, target)
    return City(tmp_path / "home", capsys)


def release(city: City, *arguments: str, period: str = "2022-11", area: str = "salo", code: int = 0) -> Said:
    said = city.run("report", "release", period, "--area", area, "--lang", "fi", *arguments)
    assert said.code == code, said.all
    return said


def parts(city: City, period: str = "2022-11", area: str = "salo") -> list[str]:
    """The plain text, a part a paragraph."""
    release(city, "--format", "txt", period=period, area=area)
    text = (city.folder / f"out/{area}/{period}/release.txt").read_text(encoding="utf-8")
    return text.replace("\u00a0", " ").strip().split("\n\n")


def test_the_news_is_drafted_where_nobody_has_written_anything(city: City) -> None:
    (city.folder / SALO).unlink()
    found = parts(city)
    assert found[0].split("\n") == ["Salon kaupunki, työllisyyspalvelut", "Tiedote", "Julkaisuvapaa heti"]
    assert found[1] == "Marraskuun lopussa Salossa oli 2 095 työtöntä työnhakijaa, 9,0 % työvoimasta"
    assert found[2].startswith("Marraskuun 2022 lopussa työttömiä työnhakijoita oli Salossa 46 (2,1 %) vähemmän kuin v")
    assert " ".join(found).count("2 095") == 1  # the lead does not say the headline again
    assert "Puuttuu: Lausunto kuukauden luvuista" in found
    assert "Puuttuu: Lisätietoja" in found


def test_a_draft_is_of_any_month_but_only_a_written_release_is_listed(city: City) -> None:
    assert "työtöntä" in parts(city, period="2022-08")[1]
    listed = city.run("list").out
    assert re.search(r"release: .+\n(  .+\n)*?  salo: 2022-11\n", listed), listed


def test_an_empty_slot_is_shown_and_stops_a_strict_run(city: City) -> None:
    assert "Puuttuu: Esimiehen arvio marraskuun luvuista (työllisyyspalveluiden esimies)" in parts(city)
    said = release(city, "--format", "txt", "--strict", code=1)
    assert f"{SALO}:" in said.err
    assert "Ohjelma ei kirjoita toisen sanoja" in said.err


def test_a_filled_slot_is_said_by_whom_it_belongs_to(city: City) -> None:
    words = "Kehitys on ollut odotettua parempi."
    city.write(SALO, TEXT.replace("text:\n", f"text: {words}\n"))
    found = parts(city)
    assert found.count("– Kehitys on ollut odotettua parempi, sanoo toimialajohtaja.") == 1
    assert not [one for one in found if one.startswith("Puuttuu")]
    release(city, "--strict", "--format", "txt")


def test_a_long_quote_keeps_its_paragraphs(city: City) -> None:
    lines = "text:\n      - Olemmeko tyytyväisiä? Kyllä!\n      - Työ jatkuu.\n"
    city.write(SALO, TEXT.replace("text:\n", lines))
    found = parts(city)
    at = found.index("– Olemmeko tyytyväisiä? Kyllä! sanoo toimialajohtaja.")
    assert found[at + 1] == "– Työ jatkuu."


def test_a_quote_may_hold_facts_but_no_typed_numbers(city: City) -> None:
    city.write(SALO, TEXT.replace("text:\n", 'text: "Työttömiä on {{ salo }}."\n'))
    assert "– Työttömiä on 2 095, sanoo toimialajohtaja." in parts(city)
    city.write(SALO, TEXT.replace("text:\n", "text: Työttömiä on 2094.\n"))
    assert "2094" in release(city, "--format", "txt", code=1).err


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("(slot:lausunto)", "(slot:lasunto)", "Lähin nimi: lausunto"),
        ("![Arvio kuukaudesta](slot:lausunto)", "Arvio tulee myöhemmin.", "Paikkaa ”lausunto” ei ole sijoitettu"),
    ],
)
def test_a_slot_and_its_place_go_together(city: City, old: str, new: str, said: str) -> None:
    city.write(SALO, TEXT.replace(old, new))
    assert said in city.run("report", "release", "2022-11", "--format", "txt", "--lang", "fi").err


def test_an_embargo_is_told(city: City) -> None:
    city.write(SALO, TEXT.replace("roles:", 'embargo: "{{ salo | kuu }} 2022 klo 9"\nnot-facts:\n  - klo 9\nroles:'))
    assert parts(city)[0].split("\n")[-1] == "Julkaisuvapaa marraskuu 2022 klo 9"


def test_a_persons_title_and_lead_go_before_the_drafts(city: City) -> None:
    city.write(SALO, TEXT.replace("roles:", 'title: Työttömyys\nsubtitle: "Salossa {{ salo }}."\nroles:'))
    assert parts(city)[1:3] == ["Työttömyys", "Salossa 2 095."]


def test_small_counts_of_people_never_come_out(city: City) -> None:
    path = city.folder / STATISTICS
    text = path.read_text(encoding="utf-8")
    small = re.sub(r"(?m)^(2022-11,KU480,TYOTTOMATLOPUSSA),\d+", r"\1,3", text)
    assert small != text
    path.write_text(small, encoding="utf-8")
    city.write(SALO, TEXT.replace("salo: tyottomat 2022-11 Salo", "salo: tyottomat 2022-11 Marttila"))
    city.change(SALO, "## Arvio\n", "## Arvio\nMarttilassa työttömiä oli {{ salo }}.\n\n")
    found = " ".join(parts(city))
    assert "Marttilassa työttömiä oli ...." in found
    assert "0,3 %" not in found


def test_the_fragment_is_a_part_of_a_page(city: City) -> None:
    release(city, "--format", "html")
    page = (city.folder / "out/salo/2022-11/release.html").read_text(encoding="utf-8")
    assert page.startswith('<article lang="fi">')
    assert page.rstrip().endswith("</article>")
    assert not re.search(r"<(html|head|style|script|link|h1)\b", page)
    assert re.findall(r"<h(\d)", page)[:2] == ["2", "3"]


def test_the_start_of_the_trials_has_the_figures_of_the_news(city: City) -> None:
    found = " ".join(parts(city, "2021-03", NATIONAL))
    for figure in ("25 alueella", "118 kuntaa", "noin 230 000", "runsaat 1 100", "noin 11 500", "noin 1 700"):
        assert figure in found, figure
    for figure in ("noin 2 000", "50 työntekijää", "30.6.2023", "1.3.2021", "4.5.2021", "vuoden 2019 syksystä"):
        assert figure in found, figure
    assert found.count("Puuttuu: ") == 2


def test_an_english_draft(city: City) -> None:
    release(city, "--format", "txt", "--document-lang", "en")
    text = (city.folder / "out/salo/2022-11/release.en.txt").read_text(encoding="utf-8")
    assert "For immediate release" in text
    assert "2,095 unemployed jobseekers" in text.replace("\u00a0", " ")


def test_the_calendar_waits_for_a_release_to_be_written(city: City) -> None:
    line = (
        "  - audience: Tiedotusvälineet\n    what: Tiedote\n    every: month\n    by: Viestintä\n    report: release\n"
    )
    city.change("data/salo/area.yaml", "reporting:\n", f"reporting:\n{line}")
    november = "data/salo/2022-11/release.md"
    assert november not in city.run("due", "--on", "2022-12-30", "--area", "salo", "--lang", "fi").out
    (city.folder / SALO).unlink()
    said = city.run("due", "--on", "2022-12-30", "--area", "salo", "--lang", "fi")
    assert (said.code, november in said.out) == (0, True)
