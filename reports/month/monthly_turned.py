"""What changed since the month before: statuses that turned, figures that came or did not, or were revised."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reports import facts
from reports.document import Block, Entry, List, Paragraph, Run
from reports.goals.follow import Followed
from reports.goals.measures import name_of
from reports.goals.standing import Standing
from reports.model import Observation
from reports.month.monthly_figures import Month, shown_observations
from reports.month.monthly_goals import Judged, is_known, is_own, status_of
from reports.month.monthly_revisions import Revised, revised
from reports.schedule.occasions import back
from reports.sentences.subject import shown

MOST_NAMED = 5
MOST_REVISED = 8
WITHOUT = (Standing.QUALITATIVE, Standing.NO_TARGET)  # what no figure could turn
Pair = tuple[Followed, Followed]


def turned(judged: Judged, month: Month) -> list[Block]:
    """What changed since the month before, as far as each month has figures of its own to tell it by."""
    return [*_statuses(judged, month), *_revised(judged, month)]


def _statuses(judged: Judged, month: Month) -> Iterator[Block]:
    """Measures with a figure of this month beside what was known of them a month ago."""
    then = {one.placed.measure.key: one for one in judged.earlier}
    pairs = [(then[key], one) for one in judged.now if (key := one.placed.measure.key) in then and _can_turn(one)]
    if not pairs:
        return
    new = [(old, one) for old, one in pairs if is_own(one, month.at) and is_known(one) and one.now != old.now]
    compared = [(old, one) for old, one in new if is_known(old)]
    moved = [(old, one) for old, one in compared if old.judged.standing != one.judged.standing]
    if moved:
        yield List(tuple(_turn(old, one, month) for old, one in moved))
    said = [] if moved else [_unmoved(len(new), len(compared), month)]
    said += _came(new, month)
    said += _gone(pairs, month)
    if said:
        yield Paragraph((Run(" ".join(said)),))


def _can_turn(one: Followed) -> bool:
    return one.judged.standing not in WITHOUT


def _unmoved(new: int, compared: int, month: Month) -> str:
    if compared:
        return month.work.say(f"monthly.none_turned{'_one' if compared == 1 else ''}", count=compared)
    return month.work.say("monthly.none_before" if new else "monthly.none_new")


def _turn(old: Followed, new: Followed, month: Month) -> Entry:
    """A measure with its status of then and now; where that of then is of an older figure, with the month of it."""
    say, language = month.work.say, month.work.language
    was = status_of(old, month)
    if old.now and not is_own(old, back(month.at, 1)):
        was = say("followup.figure", value=was, when=language.short(old.now.period))
    values = {"was": was, "now": status_of(new, month)}
    return Entry((Run(say("monthly.turned", name=_name(new, month), number=new.placed.goal_number, **values)),))


def _came(new: Sequence[Pair], month: Month) -> Iterator[str]:
    """How many measures got their first figure that is known."""
    yield from _counted("got", [one for old, one in new if not is_known(old)], month)


def _gone(pairs: Sequence[Pair], month: Month) -> Iterator[str]:
    """How many measures had a figure of their own in the month before and have none in this one."""
    earlier = back(month.at, 1)
    gone = [one for old, one in pairs if is_own(old, earlier) and not is_own(one, month.at)]
    yield from _counted("lost", gone, month)


def _counted(key: str, found: Sequence[Followed], month: Month) -> Iterator[str]:
    if found:
        form = "_one" if len(found) == 1 else "_many" if len(found) > MOST_NAMED else ""
        names = "; ".join(_name(one, month) for one in found)
        yield month.work.say(f"monthly.{key}{form}", count=len(found), names=names)


def _revised(judged: Judged, month: Month) -> list[Block]:
    """The figures shown that were revised, with what stood before; of many the first."""
    told = shown_observations(month.printed)
    told += [o for one in month.work.shown.values() for o in one.observations]
    told += [one.now for one in judged.now if one.now]
    found = list(revised(told, judged.log, month.at))
    if not found:
        return []
    entries = [Entry((Run(_change(one, month)),)) for one in found[:MOST_REVISED]]
    more = len(found) - len(entries)
    if more:
        key = "monthly.revised_more" if more > 1 else "monthly.revised_one"
        entries.append(Entry((Run(month.work.say(key, count=more)),)))
    return [Paragraph((Run(month.work.say("monthly.revised")),)), List(tuple(entries))]


def _change(one: Revised, month: Month) -> str:
    say, o = month.work.say, one.now
    area = month.work.dataset.area(o.area)
    where = area.together(month.work.language.code) if area else o.area
    group = f", {o.group}" if o.group else ""
    name = f"{month.work.dataset.indicators[o.indicator].name}{group}"
    what = say("monthly.revised_name", name=name, where=where, when=month.work.language.short(o.period))
    if one.old is None:
        return say("monthly.revised_bare", what=what, now=_value(o, month))
    return say("monthly.revised_item", what=what, old=_value(one.old, month), now=_value(o, month))


def _value(o: Observation, month: Month) -> str:
    return month.value(shown(facts.of(o, month.work.dataset.indicators[o.indicator])))


def _name(one: Followed, month: Month) -> str:
    return name_of(one.placed.measure, month.work.dataset)
