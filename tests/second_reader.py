"""A second reader of sentences: holds each against the figures it was made of, by words and numbers of its own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import NamedTuple

from reports.finnish import Language
from reports.model import Better
from reports.period import Period
from reports.sentences.sentences import Sentence, Subject


class Tongue(NamedTuple):
    """What a language compares with: more and less, than when, and what is said of a figure that is the same."""

    decimal: str
    thousands: str
    up: str
    down: str
    than: str
    year: str
    month: str
    same_year: str
    same_month: str

    @property
    def number(self) -> str:
        """A number, its sign and thousands with it."""
        return rf"−?\d{{1,3}}(?:{self.thousands}\d{{3}})*(?:\{self.decimal}\d+)?"

    @property
    def comparison(self) -> str:
        """`46 (2,1 %) vähemmän kuin vuotta aiemmin`, with what stands between the parts."""
        percent = rf"(?:[^\d−,]*?\({self.number}\u00a0?%\))?"
        more, then = f"{self.up}|{self.down}", f"{self.year}|{self.month}"
        gap = rf"(?:(?! {self.than} )[^,])*?"
        return rf"(?P<n>{self.number}){percent}[^\d−,]*? (?P<more>{more})\b{gap} {self.than} (?P<then>{then})"

    def read(self, text: str) -> Decimal:
        """A number as it is written in the language."""
        bare = text.replace(self.thousands, "").replace(self.decimal, ".")
        return Decimal(bare.replace("−", "-"))


TONGUES = {
    "fi": Tongue(
        decimal=",",
        thousands="\u00a0",
        up="enemmän|korkeampi|suurempi|pidempi",
        down="vähemmän|matalampi|pienempi|lyhyempi",
        than="kuin",
        year="vuotta aiemmin",
        month="kuukautta aiemmin",
        same_year="(?:ennallaan|sekä|että) vuodentakaiseen|yhtä paljon kuin vuotta",
        same_month="(?:ennallaan|sekä|että) edelliseen kuukauteen|yhtä paljon kuin kuukautta",
    ),
    "en": Tongue(
        decimal=".",
        thousands=",",
        up="more|higher",
        down="fewer|lower",
        than="than",
        year="a year earlier",
        month="a month earlier",
        same_year="(?:unchanged|the same number)[^,]*? (?:from|as) a year|and from a year",
        same_month="(?:unchanged|the same number)[^,]*? (?:from|as) a month|and from a month",
    ),
    "sv": Tongue(
        decimal=",",
        thousands="\u00a0",
        up="fler|högre",
        down="färre|lägre",
        than="än",
        year="ett år tidigare",
        month="en månad tidigare",
        same_year="(?:nivå|lika många) som (?:både )?ett år|nivå som både .* och ett år",
        same_month="(?:nivå|lika många) som (?:både )?en månad|nivå som både .* och en månad",
    ),
}
NONE = re.compile(r"\b(?:yhtään|no|inga)\b")
YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")  # only a year has no space for thousands
HINT = re.compile(r"\balle (?:viisi|5)\b|fewer than (?:five|5)|1–4|\bfärre än (?:fem|5)\b")
VERBS = {
    "up": re.compile(r"\b(?:kasvoi|nousi|piteni|parani|rose|lengthened|improved|ökade|steg|förlängdes|förbättrades)\b"),
    "down": re.compile(
        r"\b(?:väheni|laski|lyheni|heikkeni|pieneni|fell|shortened|weakened|minskade|sjönk|förkortades|försämrades)\b"
    ),
    "judging": re.compile(r"\b(?:parani|heikkeni|improved|weakened|förbättrades|försämrades)\b"),
    "slight": re.compile(r"\b(?:hieman|slightly|något)\b"),
    "clear": re.compile(r"\b(?:selvästi|markedly|klart)\b"),
    "since last month": re.compile("edellisestä kuukaudesta|a month earlier|en månad tidigare"),
}


def faults(sentence: Sentence, of: Subject, at: Period, code: str) -> list[str]:
    """What is wrong with a sentence about one subject; nothing where it is true and well made."""
    checks: tuple[Callable[[Sentence, Subject, Period, str], Iterator[str]], ...] = (_nouns, _comparisons, _verbs)
    return [
        *form_faults(sentence, code),
        *(fault for check in checks for fault in check(sentence, of, at, code)),
    ]


def form_faults(sentence: Sentence, code: str) -> list[str]:
    """What is wrong with any sentence, whatever it is about: its form, and numbers that are no facts."""
    text, found = sentence.text, []
    if not re.match(r"[A-ZÅÄÖ]", text) or re.search(r"  | [,.]|[{}]|,,|\(\)", text):
        found.append("not a tidy sentence")
    if (sentence.kind == "headline") == text.endswith("."):
        found.append("the wrong end")
    if HINT.search(text):
        found.append("a hint at a hidden figure")
    if [one for one in _expected(sentence, code) if one is None]:
        found.append("an unknown figure")
    printed = _printed(sentence, code)
    if printed != _expected(sentence, code):
        found.append(f"numbers {printed} but facts {_expected(sentence, code)}")
    return found


def _printed(sentence: Sentence, code: str) -> list[str | None]:
    """The numbers that a reader finds, as written; years and the note of an author apart."""
    text = YEAR.sub("", sentence.text.removesuffix(sentence.note))
    return [*re.findall(TONGUES[code].number, text)]


def _expected(sentence: Sentence, code: str) -> list[str | None]:
    """The facts as a table writes them; None for one that rests on a figure that is not known."""
    language, out = Language(code), list[str | None]()
    for fact in sentence.facts:
        unknown = any(getattr(origin, "value", 0) is None for origin in fact.origins)
        if fact.value is None or unknown:
            out.append(None)
        elif fact.value or not NONE.search(sentence.text):
            out += [language.number(one, fact.decimals) for one in (fact.value, fact.upper) if one is not None]
    return out


def _nouns(sentence: Sentence, of: Subject, at: Period, code: str) -> Iterator[str]:
    """One is singular; other numbers, decimals and ranges have the noun in the form that they ask for."""
    found = getattr(of.indicator.nouns, code)
    if found is None:
        return
    number = TONGUES[code].number
    for form in dict.fromkeys((found.one, found.many, getattr(found, "some", found.many))):
        for match in re.finditer(
            rf"(?<![\d–−,.])({number}(?:–{number})?)[\u00a0 ]{re.escape(form)}(?!\w)", sentence.text
        ):
            wanted = found.one if match[1] == "1" else getattr(found, "some", found.many)
            if form != wanted:
                yield f"not so: {match[0]}"


def _comparisons(sentence: Sentence, of: Subject, at: Period, code: str) -> Iterator[str]:
    """Every comparison with last year and last month is that of the figures."""
    tongue = TONGUES[code]
    text = YEAR.sub("", sentence.text.removesuffix(sentence.note))
    for match in re.finditer(tongue.comparison, text):
        gap = change(of, at, 12 if re.fullmatch(tongue.year, match["then"]) else 1)
        rises = bool(re.fullmatch(tongue.up, match["more"]))
        if not gap or (gap > 0) != rises or abs(gap) != tongue.read(match["n"]):
            yield f"untrue: {match[0]} ({gap})"
    for months, same in ((12, tongue.same_year), (1, tongue.same_month)):
        if re.search(same, text) and change(of, at, months) != 0:
            yield f"not the same: {change(of, at, months)}"


def _verbs(sentence: Sentence, of: Subject, at: Period, code: str) -> Iterator[str]:
    """A headline's verb goes the way of the figures and as far as it says, and judges only what may be judged."""
    said = {name for name, pattern in VERBS.items() if pattern.search(sentence.text)}
    if not said & {"up", "down"}:
        return
    months = 1 if "since last month" in said else 12
    gap, old = change(of, at, months), value(of, back(at, months))
    if not gap or ("up" in said) != (gap > 0):
        yield f"the verb goes the wrong way ({gap})"
    if "judging" in said and of.indicator.better is not Better.HIGHER:
        yield "a verb that judges"
    share = abs(gap / old) * 100 if gap and old else None
    if ("slight" in said and not (share and share < 1)) or ("clear" in said and not (share and share >= 10)):
        yield f"a degree that is not so ({share})"


def value(of: Subject, at: Period) -> Decimal | None:
    """The number of a month, None where it is not one known number."""
    fact = of.figures.get(at)
    return None if fact is None or fact.upper is not None else fact.value


def change(of: Subject, at: Period, months: int) -> Decimal | None:
    """How much more a figure is than so many months before."""
    now, then = value(of, at), value(of, back(at, months))
    return None if now is None or then is None else now - then


def back(at: Period, months: int) -> Period:
    """The month so many months before."""
    number = at.first.year * 12 + at.first.month - 1 - months
    return Period.month(number // 12, number % 12 + 1)
