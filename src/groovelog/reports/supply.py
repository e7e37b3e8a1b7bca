"""What a metric is given: tables cut to what was asked, and what was asked itself, by the names of its parameters.

plays       the listener's plays of the period and kind, as metrics take them (named, marked as counted, timed)
history     the same of all time
timeline    the same of all time and of every kind
lengthened  the plays of the period and kind with `length_ms` as that of their track (see `metrics.lengths`)
kept        every play of the listener as it is kept, neither named nor counted nor timed
group       plays of the listener and of the others of the group, of the period and kind, with `listener`, a name
group_history the same of all time
group_months months that lie in the period whole, of others who show totals from a Groovelog of their own, with `listener`;
            none where another rule, kind or zone is asked for than theirs
audio       audio features by catalogue entry (see `metrics.audio.of_entries`)
source_plays the listener's rows of the period and kind, those that receipts count as stored
source_rows the same, flagged (see `metrics.quality.flagged`)
first, last the local dates of the period, None where it is open
zones       the zones that the listener lived in
any table   of the lake by its name: the listener's rows of it; a table that is nobody's whole
a parameter of the report by its name: what was asked, or its default
"""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from typing import Any

import ibis
import ibis.expr.types as ir

from groovelog.metrics import audio, counting, estimated, lengths, one, period, works
from groovelog.metrics.rules import MONTHS_COUNT, NEED_LENGTH
from groovelog.metrics.unbound import unbound
from groovelog.metrics.work_columns import WORK
from groovelog.reports.asking import Asking
from groovelog.reports.question import Question
from groovelog.reports.report import Report
from groovelog.tables import (
    BY_NAME,
    COMMITS,
    PLAYS,
    REFERENCES,
    SHARED_TOTALS,
    SOURCE_PLAYS,
    TRACK_MATCHES,
    TRACKS,
    Table,
)

Metric = Callable[..., ir.Table]


def metric_of(report: Report) -> Metric:
    """The function that answers the report. Only its family is loaded."""
    module, function = report.metric.split(".")
    metric: Metric = getattr(import_module(f"groovelog.metrics.{module}"), function)
    return metric


@dataclass(frozen=True)
class Supply(Asking):
    """What can be given for it."""

    def to(self, metric: Metric) -> dict[str, Any]:
        """The arguments of the metric."""
        return {name: self.named(name) for name in inspect.signature(metric).parameters}

    def named(self, name: str) -> Any:
        if name in MADE:
            return getattr(self, name)
        if name in BY_NAME:
            return self._own(BY_NAME[name])
        return self.asked.value(name)

    def _own(self, table: Table) -> ir.Table:
        """The listener's rows; a table that is nobody's stays whole."""
        if table.is_cut:
            return unbound(table, self.person.listener_id)
        rows = unbound(table)
        return rows.filter(rows.listener_id == self.person.listener_id) if "listener_id" in table.names else rows

    @property
    def _names_told(self) -> frozenset[str]:
        return self.told - {"ms_played"}

    @cached_property
    def timeline(self) -> ir.Table:
        return works.named(self._worked_out(self.kept), "all")

    @cached_property
    def history(self) -> ir.Table:
        plays = self._worked_out(unbound(PLAYS, self.person.listener_id, self._names_told))
        return self._of_one(works.named(of_kind(plays, self.asked), self.asked.kind or "all"))

    @cached_property
    def every_kind_ever(self) -> ir.Table:
        """The plays of all time, of every kind; of a group those of everybody in it. Columns of STOOD_ON alone."""
        plays = self._shown if self.others else unbound(PLAYS, self.person.listener_id, self._names_told)
        # Ibis takes its time by columns: what nobody asks for here would cost each answer a tenth of a second.
        rows = self._worked_out(plays.select(*STOOD_ON))
        return self._of_one(works.named(rows, "all")) if self._one else rows

    @cached_property
    def every_kind(self) -> ir.Table:
        """Those of the period."""
        return self._within(self.every_kind_ever)

    @cached_property
    def counted_on(self) -> ir.Table:
        """The plays that an answer stands on."""
        return works.named(of_kind(self.every_kind, self.asked), self.asked.kind or "all")

    @cached_property
    def plays(self) -> ir.Table:
        return self._within(self.history)

    @cached_property
    def lengthened(self) -> ir.Table:
        # Where plays had to be timed, or the rule asks for lengths, they have them.
        if self.asked.count in NEED_LENGTH or not self.timed:
            return self.plays
        return lengths.with_length(self.plays, *self.lengths_from)

    @cached_property
    def group(self) -> ir.Table:
        return self._within(self.group_history)

    @cached_property
    def group_history(self) -> ir.Table:
        return works.named(of_kind(self._everybody, self.asked), self.asked.kind or "all")

    @cached_property
    def _everybody(self) -> ir.Table:
        return self._with_names(self._worked_out(self._shown))

    @cached_property
    def group_months(self) -> ir.Table:
        months = unbound(SHARED_TOTALS)
        theirs = months.listener_id.isin([person.listener_id for person in self.others])
        as_asked = self.asked.count == MONTHS_COUNT and self.asked.kind == "track" and self.asked.timezone is None
        months = self._with_names(months.filter(theirs if as_asked else ibis.literal(False)))
        if self.asked.from_date is not None:
            months = months.filter(months.month >= self.asked.from_date)
        if self.asked.to_date is not None:
            # The dates are stand-ins when this is compiled: they stay as they are.
            last_day = months.month + ibis.interval(months=1) - ibis.interval(days=1)
            months = months.filter(last_day <= self.asked.to_date)
        return months

    def _with_names(self, rows: ir.Table) -> ir.Table:
        named = ((rows.listener_id == person.listener_id, person.name) for person in (self.person, *self.others))
        return rows.mutate(listener=ibis.cases(*named))

    @property
    def _shown(self) -> ir.Table:
        """Plays of everybody in the group. Not incognito ones: what is told of a group, others see."""
        ids = [person.listener_id for person in (self.person, *self.others)]
        return unbound(PLAYS, told=self._names_told).filter(
            ibis._.listener_id.isin(ids), ~ibis._.incognito.fill_null(False)
        )

    @cached_property
    def source_plays(self) -> ir.Table:
        return self._cut(self._stored)

    @cached_property
    def source_rows(self) -> ir.Table:
        """Flagged before they are cut: what overlaps with a row outside the period overlaps."""
        # It knows the sources, which reports of plays do without.
        from groovelog.metrics import quality  # noqa: PLC0415

        return self._cut(quality.flagged(self._stored, unbound(COMMITS)))

    @property
    def audio(self) -> ir.Table:
        return audio.of_entries(unbound(TRACK_MATCHES), unbound(REFERENCES))

    @property
    def first(self) -> Any:
        return self.asked.from_date

    @property
    def last(self) -> Any:
        return self.asked.to_date

    @property
    def zones(self) -> period.Zones:
        return ((None, self.asked.timezone),) if self.asked.timezone else self.person.zones

    @property
    def kept(self) -> ir.Table:
        return self._own(PLAYS)

    def _worked_out(self, plays: ir.Table) -> ir.Table:
        """Plays with the dates of the zone asked for, marked as counted, their time estimated where nobody tells it."""
        if self.asked.timezone is not None:
            plays = period.localised(plays, self.asked.timezone)
        if self.asked.count in NEED_LENGTH or not self.timed:
            plays = lengths.with_length(plays, *self.lengths_from)
        plays = counting.marked(plays, self.asked.count or "all")
        return plays if self.timed else estimated.with_estimate(plays)

    @property
    def _one(self) -> bool:
        return self.asked.artist is not None or self.asked.track is not None

    def _of_one(self, plays: ir.Table) -> ir.Table:
        """The plays of the artist or track asked for."""
        return one.of_one(plays, unbound(TRACKS), self.asked.artist, self.asked.track) if self._one else plays

    @property
    def lengths_from(self) -> tuple[ir.Table, ir.Table, ir.Table, str]:
        """What `lengths.with_length` learns from."""
        matched = lengths.of_references(unbound(TRACK_MATCHES), unbound(REFERENCES))
        return unbound(PLAYS), unbound(TRACKS), matched, self.person.listener_id

    @property
    def _stored(self) -> ir.Table:
        return self._own(SOURCE_PLAYS).filter(ibis._.counted)

    def _cut(self, rows: ir.Table) -> ir.Table:
        dated = rows.mutate(local_date=period.local_date(rows.started_at, self.zones))
        return of_kind(self._within(dated), self.asked)

    def _within(self, rows: ir.Table) -> ir.Table:
        return period.within(rows, self.asked.from_date, self.asked.to_date)


# What is needed to work plays out, to name them, and to say what an answer stands on.
STOOD_ON = (
    "listener_id", "play_id", "kind", "started_at", "local_date", "local_hour", "timezone", "ms_played", "length_ms", "sources",
    "reason_end", *sorted({name for slot in WORK["all"].values() for name in slot}),
)  # fmt: skip


MADE = (
    "timeline", "kept", "history", "plays", "lengthened", "group", "group_history", "group_months", "source_plays", "source_rows",
    "audio",    "first", "last", "zones",
)  # fmt: skip


def of_kind(rows: ir.Table, asked: Question) -> ir.Table:
    return rows if asked.kind in (None, "all") else rows.filter(rows.kind == asked.kind)
