"""A report made of plan.yaml: the action plan of a period, or the follow-up of its goals at a month."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from reports import facts
from reports.attachments import Attached
from reports.compose import Composition
from reports.consistency.followup import check_follow_up
from reports.consistency.plan import check_plan
from reports.document import Document, Notice, Section
from reports.drawings import undrawn
from reports.errors import Problem, ReportError, problem
from reports.finnish import Language
from reports.goals.follow import Followed, at_baseline, follow
from reports.goals.measures import value_text
from reports.model import Dataset, Status
from reports.order import Order, Say
from reports.period import Period
from reports.plan import follow_document, plan_document
from reports.plan.model import FollowUpNotes, Plan
from reports.plan.sheets import sheets
from reports.prepare import Prepared, in_order, read_data
from reports.printer import kept_fact
from reports.read.plan import plan_for, read_notes, read_plan
from reports.read.setup import read_home
from reports.recipe import Content, Recipe
from reports.references import resolved
from reports.write.template import Template

# Statistics of the plan's year and of those before it, which its baselines are of.
YEARS_BACK = (0, 1, 2)


def composed(order: Order, recipe: Recipe, template: Template, found: Sequence[Problem], say: Say) -> Prepared:
    """The plan or the follow-up of an order, put together but for its drawings; problems are gathered.

    Raises ReportError where there is no plan (exit 2).
    """
    say("reading")
    years = tuple(sorted({year - back for year in order.period.years for back in YEARS_BACK}))
    dataset, problems = read_data(order, years)
    written = read_home(order.home)[0].language
    foreign = written if written != order.language else ""
    work = Composition(dataset, Language(order.language), undrawn, foreign=foreign)
    say("composing")
    if recipe.content is Content.PLAN:
        document, judged = _plan(order, recipe, work, problems)
    else:
        document, judged = _follow_up(order, recipe, work, problems)
    problems += [*found, *recipe.problems, *work.problems]
    places = dict.fromkeys(work.shown, recipe.place)
    layouts = tuple(dict.fromkeys((order.name, template.name)))
    facts = tuple(_facts(judged, work))
    return Prepared(document, template, recipe, dataset, work.shown, places, in_order(problems), years, facts, layouts)


def attachment(one: Attached, order: Order, work: Composition, problems: list[Problem]) -> Section:
    """The plan of a period, or the follow-up at one, as an attachment of another report."""
    other = order._replace(period=one.period or order.period)
    if one.name == Content.PLAN:
        return plan_document.attachment(_read(other, other.period, work.dataset, problems), other.period, work)
    judged, notes, _ = _judged(other, work, problems)
    return follow_document.attachment(judged, notes, other.period, work)


def _read(order: Order, period: Period, dataset: Dataset, problems: list[Problem]) -> Plan:
    """The plan of a period with its problems; what makes it unreadable stops everything, since the rest rests on it."""
    plan, wrong = read_plan(order.home, order.area, period, dataset)
    wrong += check_plan(plan, period, dataset, Language(order.language))
    if any(not one.warning for one in wrong):
        raise ReportError(in_order([*problems, *wrong]))
    problems += wrong
    return plan


def _judged(order: Order, work: Composition, problems: list[Problem]) -> tuple[list[Followed], FollowUpNotes, Plan]:
    """Every measure of the plan that is followed at the order's period, and what people say of them."""
    period = plan_for(order.home, order.area, order.period)
    if period is None:
        raise ReportError([problem("plan-missing", order.home.name(order.home.area_folder(order.area)))], exit_code=2)
    plan = _read(order, period, work.dataset, problems)
    notes, wrong = read_notes(order.home, order.area, order.period, plan)
    problems += wrong
    if any(not one.warning for one in wrong):
        raise ReportError(in_order(problems))
    judged = follow(plan, period, work.dataset, order.period, notes.overrides)
    problems += check_follow_up(judged, order.period, plan.file, work.language)
    return judged, notes, plan


def _plan(order: Order, recipe: Recipe, work: Composition, problems: list[Problem]) -> tuple[Document, list[Followed]]:
    plan = _read(order, order.period, work.dataset, problems)
    judged = at_baseline(plan, order.period, work.dataset)
    document = _document(order, recipe, plan, work, plan_document.sections(plan, order.period, work), judged)
    return replace(document, title=plan.title, subtitle=plan.subtitle), judged


def _follow_up(
    order: Order, recipe: Recipe, work: Composition, problems: list[Problem]
) -> tuple[Document, list[Followed]]:
    judged, notes, plan = _judged(order, work, problems)
    document = _document(order, recipe, plan, work, follow_document.sections(judged, notes, work), judged)
    title = work.say("followup.title", when=work.language.when(order.period))
    figures = follow_document.key_figures(judged, work)
    day = order.period.last.isoformat()  # the plan's own date and roles are not the follow-up's
    return replace(document, title=title, subtitle=plan.title, date="", day=day, roles=(), key_figures=figures), judged


def _document(
    order: Order, recipe: Recipe, plan: Plan, work: Composition, sections: Sequence[Section], judged: Sequence[Followed]
) -> Document:
    """What the documents of a plan share: who and when, the mark of example figures, the sheets of the workbook."""
    return Document(
        name=order.name,
        title="",
        subtitle="",
        organisation=work.dataset.setup.organisation,
        date=work.language.when(plan.date) if plan.date else "",
        roles=tuple(map(str, plan.roles)),
        language=order.language,
        area=order.area,
        period=str(order.period),
        sections=resolved(sections, work.numbers),
        notices=(Notice(work.label("example_notice")),) if _has_examples(judged) else (),
        labels=work.language.catalogue.part("document"),
        day=plan.date.first.isoformat() if plan.date else "",
        data=sheets(judged, work),
        contents=recipe.contents,
    )


def _has_examples(judged: Sequence[Followed]) -> bool:
    return any(o.status is Status.EXAMPLE for one in judged for o in (*one.baseline, one.now) if o)


def _facts(judged: Sequence[Followed], work: Composition) -> Iterator[Mapping[str, str]]:
    """What the document prints and where each figure was read, for the manifest."""
    for one in judged:
        for o in dict.fromkeys([*one.baseline, *([one.now] if one.now else [])]):
            indicator, measure = work.dataset.indicators[o.indicator], one.placed.measure
            text = value_text(o, indicator, work.language)
            yield kept_fact(text, measure.key, facts.of(o, indicator), str(measure.place))
