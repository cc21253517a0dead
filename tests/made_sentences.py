"""Made-up subjects for sentences: indicators with words in three languages, areas, figures as people write them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from reports import facts
from reports.errors import Place
from reports.finnish import Language
from reports.model import Area, Better, Indicator, Observation, Status
from reports.naming import Called, FinnishNoun, Noun, Nouns
from reports.period import Period
from reports.read.number import read_number
from reports.sentences import sentences
from reports.sentences.sentences import Break, Sentence, Subject
from reports.sentences.subject import shown

HERE = Place("observations.csv", 2)
STATUSES = {"e": Status.EXAMPLE, "p": Status.PRELIMINARY, "r": Status.REVISED}


def noun(fi: str, sv: str, en: str) -> Nouns:
    """Nouns of forms with `/` between them: one, many, some and of in Finnish, one and many in the others."""
    one, many, some, of = fi.split("/")
    return Nouns(FinnishNoun(one, many, some, of), Noun(*sv.split("/")), Noun(*en.split("/")))


PEOPLE = noun(
    "työtön työnhakija/työttömiä työnhakijoita/työtöntä työnhakijaa/työttömien työnhakijoiden",
    "arbetslös arbetssökande/arbetslösa arbetssökande",
    "unemployed jobseeker/unemployed jobseekers",
)
JOBS = noun(
    "avoin työpaikka/avoimia työpaikkoja/avointa työpaikkaa/avoimien työpaikkojen",
    "ledigt jobb/lediga jobb",
    "job vacancy/job vacancies",
)
YEARS = noun(
    "henkilötyövuosi/henkilötyövuosia/henkilötyövuotta/henkilötyövuosien", "årsverke/årsverken", "work year/work years"
)
TRIALS = noun(
    "työkokeilu/työkokeiluja/työkokeilua/työkokeilujen", "arbetsprövning/arbetsprövningar", "work trial/work trials"
)
WEEKS = noun("viikko/viikkoja/viikkoa/viikkojen", "vecka/veckor", "week/weeks")
POINTS = noun("piste/pisteitä/pistettä/pisteiden", "poäng/poäng", "point/points")

INDICATORS = {
    one.id: one
    for one in (
        Indicator("people", "P", "henkilöä", better=Better.LOWER, nouns=PEOPLE, seasonal=True, month_end=True),
        Indicator("jobs", "J", "työpaikkaa", better=Better.HIGHER, nouns=JOBS, seasonal=True, month_end=True),
        Indicator("trials", "T", "kpl", better=Better.HIGHER, nouns=TRIALS),
        Indicator("staff", "S", "HTV", 1, nouns=YEARS),
        Indicator(
            "rate", "R", "%", 1, Better.LOWER, part="people", seasonal=True, month_end=True,
            called=Called("työttömyysaste", "arbetslöshetsgraden", "the unemployment rate"),
            share_of=Called("työvoimasta", "av arbetskraften", "of the labour force"),
        ),
        Indicator(
            "active", "A", "%", 0, Better.HIGHER,
            called=Called("aktivointiaste", "aktiveringsgraden", "the activation rate"),
        ),
        Indicator(
            "euros", "E", "€", better=Better.LOWER,
            called=Called("työmarkkinatuen kuntaosuus", "kommunens andel", "the municipal share"),
        ),
        Indicator(
            "weeks", "W", "viikkoa", better=Better.LOWER, nouns=WEEKS,
            called=Called("työnhaun kesto", "söktiden", "the average job search"),
        ),
        Indicator(
            "score", "N", "pistettä", better=Better.HIGHER, negative=True, nouns=POINTS,
            called=Called("suosittelun indeksi", "rekommendationsindexet", "the recommendation index"),
        ),
    )
}  # fmt: skip
AREAS = {
    area.name: area
    for area in (
        Area("Luulola", locative="Luulolassa"),
        Area("Harhakoski", locative="Harhakoskella"),
        Area("Toivesaari", locative="Toivesaaressa"),
        Area("Uusi"),
        Area("Maa", locative="koko maassa", sv="hela landet", en="the whole country"),
    )
}


def subject(name: str, area: str, figures: Mapping[str, str], breaks: Mapping[str, str] | None = None) -> Subject:
    """A subject of figures as observations.csv has them, by month; `e`, `p` or `r` after a figure is its status."""
    indicator, made = INDICATORS[name], {}
    for when, text in figures.items():
        value, _, letter = text.partition(" @")
        read, period = read_number(value), Period.of(when)
        status = STATUSES.get(letter, Status.FINAL)
        one = Observation(
            name, period, area, "", read.value, HERE, read.mark, read.approximate, status, upper=read.upper
        )
        made[period] = shown(facts.of(one, indicator))
    found = tuple(_break(day, note) for day, note in (breaks or {}).items())
    return Subject(indicator, AREAS[area], made, found)


def _break(days: str, note: str) -> Break:
    """A break of a day, or an exceptional time: `2020-03-01..2021-12-31`."""
    first, _, last = days.partition("..")
    return Break(date.fromisoformat(first), note, date.fromisoformat(last) if last else None)


AT = Period.month(2022, 11)
FIGURES = {"2022-11": "2095", "2022-10": "2030", "2021-11": "2141"}

# Every kind of sentence that is about one subject.
ABOUT_ONE: dict[str, Callable[[Subject, Period, Language], Sentence | None]] = {
    "level": sentences.level,
    "year change": sentences.year_change,
    "year change, brief": lambda s, at, language: sentences.year_change(s, at, language, brief=True),
    "month change": sentences.month_change,
    "changes": sentences.changes,
    "changes, brief": lambda s, at, language: sentences.changes(s, at, language, brief=True),
    "summary": sentences.summary,
    "summary, brief": lambda s, at, language: sentences.summary(s, at, language, brief=True),
    "highest or lowest": sentences.highest_or_lowest,
    "headline": lambda s, at, language: sentences.headline([s], at, language),
}
