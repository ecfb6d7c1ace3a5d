"""An independent oracle: it walks minute by minute over a table of worked minutes.

It shares no code with apps.deadlines, knows no ranges and no days as units of
work: a day is 1,440 booleans. Slow, and meant to be.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone

LOCAL = timezone(timedelta(hours=7))
MINUTE = timedelta(minutes=1)


@dataclass
class Oracle:
    """``hours`` are seven lists of ("07:30", "11:30"); ``off`` and ``make_up`` are sets of days."""

    hours: list[list[tuple[str, str]]]
    off: set[date]
    make_up: set[date]
    known: dict[date, list[bool]] = field(default_factory=dict)

    def table(self, day: date) -> list[bool]:
        """Which of the 1,440 minutes of the day are worked."""
        if day not in self.known:
            self.known[day] = self.fill(day)
        return self.known[day]

    def fill(self, day: date) -> list[bool]:
        if day in self.off:
            return [False] * 1440
        hours = self.hours[day.weekday()]
        if day in self.make_up and hours == []:
            hours = [h for h in self.hours if h != []][0]  # noqa: RUF015
        labels = [f"{m // 60:02d}:{m % 60:02d}" for m in range(1440)]
        return [any(a <= label < b for a, b in hours) for label in labels]

    def is_worked(self, day: date) -> bool:
        return True in self.table(day)

    def close(self, day: date) -> datetime:
        """The moment after the last worked minute."""
        table = self.table(day)
        last = max(m for m in range(1440) if table[m])
        return datetime(day.year, day.month, day.day, tzinfo=LOCAL) + (last + 1) * MINUTE

    def first_day(self, unit: str, start: str, cutoff: str | None, received: datetime) -> date:
        if start == "NOW":
            return received.date()
        if start == "SAME_DAY":
            rest = self.table(received.date())[received.hour * 60 + received.minute :]
            if True in rest and (cutoff is None or received.strftime("%H:%M") < cutoff):
                return received.date()
        day = received.date() + timedelta(days=1)
        if start == "NEXT_DAY" and unit in ("DAY", "MONTH"):
            return day
        while not self.is_worked(day):
            day += timedelta(days=1)
        return day

    def last_day(self, unit: str, amount: int, first: date) -> date:
        day = first
        if unit == "WORKING_DAY":
            seen = int(self.is_worked(day))
            while seen < amount:
                day += timedelta(days=1)
                seen += int(self.is_worked(day))
            return day
        if unit == "DAY":
            for _ in range(amount - 1):
                day += timedelta(days=1)
        if unit == "MONTH":
            day = self.months_later(first - timedelta(days=1), amount)
        while not self.is_worked(day):
            day += timedelta(days=1)
        return day

    @staticmethod
    def months_later(anchor: date, months: int) -> date:
        """Walk day by day until the month has changed so often and the day corresponds, or the month ends."""
        day, changes = anchor, 0
        while True:
            tomorrow = day + timedelta(days=1)
            if changes == months and (day.day == anchor.day or tomorrow.month != day.month):
                return day
            changes += int(tomorrow.month != day.month)
            day = tomorrow

    def due(
        self,
        *,
        unit: str,
        amount: int,
        start: str,
        cutoff: str | None,
        received: datetime,
        pauses: list[tuple[datetime, datetime]],
    ) -> datetime:
        """Spend the budget of worked minutes, one by one; paused minutes cost nothing."""
        first = self.first_day(unit, start, cutoff, received)
        begin = max(received, datetime(first.year, first.month, first.day, tzinfo=LOCAL))
        if unit == "HOUR":
            budget = amount * 60
        else:
            end = self.close(self.last_day(unit, amount, first))
            budget = sum(self.worked_from(begin, end))
        moment = begin
        while True:
            table = self.table(moment.date())
            midnight = datetime(moment.year, moment.month, moment.day, tzinfo=LOCAL)
            for index in range(moment.hour * 60 + moment.minute, 1440):
                now = midnight + index * MINUTE
                if table[index] and not any(since <= now < until for since, until in pauses):
                    budget -= 1
                    if budget == 0:
                        return now + MINUTE
            moment = midnight + timedelta(days=1)

    def worked_from(self, begin: datetime, end: datetime) -> list[bool]:
        minutes = []
        day = begin.date()
        while day <= end.date():
            midnight = datetime(day.year, day.month, day.day, tzinfo=LOCAL)
            table = self.table(day)
            minutes += [table[m] for m in range(1440) if begin <= midnight + m * MINUTE < end]
            day += timedelta(days=1)
        return minutes
