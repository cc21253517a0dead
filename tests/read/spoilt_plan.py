"""Slips people make in an action plan, in what they say of it, and in how area.yaml says it is followed."""

from __future__ import annotations

from tests.read.slip import AREA, NOTES, PLAN, Slip


def target(title: str, written: str, code: str) -> Slip:
    """A slip in the first target of plan.yaml."""
    return Slip(f"a target {title}", PLAN, "target: alle 700", f'target: "{written}"', code, ":9:21")


def line(title: str, added: str, code: str, where: str) -> Slip:
    """A slip in a line of the reporting calendar, which stands from row 5 on; lines are added below it."""
    written = f"reporting:\n  - audience: Henkilöstö\n    what: Luvut\n{added}areas:"
    return Slip(title, AREA, "areas:", written, code, where)


def release(title: str, added: str, code: str, where: str) -> Slip:
    """A slip in a release, whose own keys begin on row 9."""
    written = f"releases:\n  tilasto:\n    title: Luvut\n    publisher: Virasto\n{added}areas:"
    return Slip(title, AREA, "areas:", written, code, where)


PLAN_SLIPS = [
    # The reporting calendar, and how targets are judged
    Slip("a report to nobody", AREA, "areas:", "reporting:\n  - what: Luvut\nareas:", "key-missing", ":5:5"),
    Slip(
        "a rhythm there is none of",
        AREA,
        "areas:",
        "reporting:\n  - audience: Henkilöstö\n    what: Luvut\n    every: kuukausi\nareas:",
        "choice",
        ":7:12",
    ),
    Slip("a limit with a unit", AREA, "areas:", "followup:\n  near: 5 %\nareas:", "tolerance", ":5:9"),
    Slip("a limit below nothing", AREA, "areas:", "followup:\n  latest-months: -1\nareas:", "tolerance", ":5:18"),
    Slip(
        "a month that is none",
        AREA,
        "areas:",
        "reporting:\n  - audience: Henkilöstö\n    what: Luvut\n    months:\n      - 13\nareas:",
        "reporting-month",
        ":8:9",
    ),
    Slip(
        "times in words",
        AREA,
        "areas:",
        "reporting:\n  - audience: Henkilöstö\n    what: Luvut\n    times: kolme\nareas:",
        "reporting-times",
        ":7:12",
    ),
    line("a last time before the first", "    from: 2024\n    until: 12/2023\n", "reporting-order", ":7:11"),
    line("a first time that is none", "    from: heti\n", "period", ":7:11"),
    line("a day in other words", "    day: toinen tiistai\n", "reporting-day", ":7:10"),
    line("a day that no month has", "    day: 32\n", "reporting-day", ":7:10"),
    line("a day after nothing", "    day: 2 working days after tilasto\n", "reporting-release", ":7:10"),
    line("a release that is not there", "    needs:\n      - tilasto\n", "reporting-release", ":8:9"),
    line("a report that is not there", "    report: anual\n", "reporting-report", ":7:13"),
    line("a period that is none", "    about: viime vuosi\n", "choice", ":7:12"),
    line("a line twice", "  - audience: Henkilöstö\n    what: Luvut\n", "reporting-twice", ":7:5"),
    release("a release without an end", "    first: 21\n", "key-missing", ":5:3"),
    release("a release on no day", "    last: 32\n", "release-date", ":8:11"),
    release("a release that ends first", "    first: 26\n    last: 25\n", "release-order", ":8:12"),
    release("a release for a month", "    last: 25\n    days:\n      - 2023-01\n", "release-day", ":10:9"),
    # The plan
    Slip("a goal without a title", PLAN, "    title: Palvelu alkaa ajoissa\n", "", "key-missing", ":3:3"),
    Slip(
        "a measure counted and in words",
        PLAN,
        "- text:",
        "- indicator: asiakkaat\n            text:",
        "measure-kind",
        ":15:13",
    ),
    Slip("a measure of nothing", PLAN, "- text: Jonoja ei ole", "- name: Jonot", "measure-kind", ":15:13"),
    Slip("words with a baseline", PLAN, "ei ole\n", "ei ole\n            baseline: 2021\n", "measure-words", ":15:13"),
    Slip(
        "a measure twice",
        PLAN,
        "- text: Jonoja ei ole",
        "- indicator: asiakkaat\n            area: Kuvitteila",
        "measure-twice",
        ":15:13",
    ),
    Slip(
        "a measure of no indicator",
        PLAN,
        "indicator: asiakkaat\n",
        "indicator: asiakaat\n",
        "indicator-unknown",
        ":7:24",
    ),
    Slip("a measure of nowhere", PLAN, "area: Kuvitteila", "area: Kuvitela", "area-unknown", ":8:19"),
    Slip("a measure of no group", PLAN, "group: 15–24", "group: 15-24", "group-unknown", ":13:20"),
    Slip("a baseline at no time", PLAN, "baseline: 2021-03", "baseline: keväällä", "period", ":10:23"),
    Slip("a baseline without a figure", PLAN, "baseline: 2021-03", "baseline: 2021-04", "baseline-missing", ":10:23"),
    Slip("a baseline left empty", PLAN, "baseline: 2021-03", "baseline:", "value-missing", ":10:13"),
    Slip("a text cut by its colon", PLAN, "- Jonot puretaan", "- Tavoite: jonot puretaan", "entry-colon", ":17:13"),
    Slip("a text with parts", PLAN, "- Jonot puretaan", "- Jonot:\n              - puretaan", "entry-parts", ":17:13"),
    Slip("a dash alone", PLAN, "- Jonot puretaan", "- Jonot puretaan\n          -", "entry-empty", ":18:12"),
    Slip(
        "a number in words",
        PLAN,
        "      - measures:",
        "      - number: kaksi\n        measures:",
        "plan-number",
        ":6:17",
    ),
    Slip("due before it begins", PLAN, "goals:\n", "due: 12/2020\ngoals:\n", "due-early", ":2:6"),
    target("that is none", "hyvä", "target-unreadable"),
    target("in another unit", "alle 70 %", "target-unit"),
    target("with a letter in its number", "alle 7OO", "target-letter"),
    Slip(
        "a target of times of a share",
        PLAN,
        "- text: Jonoja ei ole",
        "- indicator: aktivointiaste\n            target: 1/kk",
        "target-rhythm",
        ":16:21",
    ),
    target("without its number", "alle", "target-number"),
    target("with a doubled sign", ">35% %", "target-twice"),
    target("of two directions", "alle yli 5", "target-two"),
    target("that begins with its end", "10–5 %", "target-order"),
    target("without its end", "5-", "target-open"),
    target("near enough to what", "noin 60 %", "target-about"),
    target("that is a change or a level", "kasvaa 10 %", "target-change"),
    target("with a sign of its own", "-10 %", "target-sign"),
    target("misspelt", "vahintaan 8", "target-word"),
    target("with words behind it", "alle 60 % asiakkaista", "target-extra"),
    target("of two readings", "alle 1.395", "number-ambiguous"),
    # What people say of a plan
    Slip("a judgement of no measure", NOTES, "asiakkaat Kuvitteila", "asiakkaat Kuvitela", "measure-unknown", ":2:14"),
    Slip("a judgement that is none", NOTES, "at-level", "hyvä", "choice", ":3:13"),
    Slip(
        "a judgement of a measure twice",
        NOTES,
        "comments:",
        "  - measure: asiakkaat Kuvitteila\n    status: near\n    reason: Uusi arvio.\ncomments:",
        "override-twice",
        ":5:5",
    ),
    Slip("a comment on no goal", NOTES, "  palvelut:", "  palvelu:", "goal-unknown", ":6:12"),
]
