"""Why a calendar cannot be written or read, or one appointment in it cannot, in words for people.

A refusal of the file ends the reading before anything is kept. One of an event names the line of
the file, leaves that event out and keeps all others.
"""

from __future__ import annotations

from clientele.domain.errors import Refusal


class CalendarRefused(Refusal):
    """A whole calendar cannot be written or read."""


class NothingToWrite(CalendarRefused):
    """There is no appointment that could go into the file."""

    template = (
        "There is no appointment to put into a calendar. Nothing was written; "
        "choose other days, or another associate."
    )


class NotACalendar(CalendarRefused):
    """The file is something else: a picture, addresses, a page of the web."""

    template = (
        "“{file}” is not a calendar. Nothing was changed; choose a file that ends in .ics, "
        "as Google, Outlook and Apple write it."
    )


class OldCalendar(CalendarRefused):
    """A file of the form before 2000 (vCalendar 1.0), whose dates follow other rules."""

    template = (
        "“{file}” is a calendar of an old form (vCalendar 1.0). Nothing was changed; "
        "save it as iCalendar (.ics) in the program that made it, then import that file."
    )


class CalendarTooLarge(CalendarRefused):
    """More than anybody's calendar holds."""

    template = (
        "“{file}” is too large for a calendar: it may hold {bytes} MB, {lines} lines and {events} "
        "appointments. Nothing was changed; save fewer years of it, then import that file."
    )


class EmptyCalendar(CalendarRefused):
    """A calendar in which nothing is written."""

    template = (
        "“{file}” is a calendar with no appointment in it. Nothing was changed; "
        "choose the file that holds the appointments."
    )


class TooManyAppointments(CalendarRefused):
    """What repeats gives more than anybody could keep."""

    template = (
        "“{file}” gives more than {limit} appointments for the days that were chosen. "
        "Nothing was changed; choose fewer days and try again."
    )


class EventRefused(Refusal):
    """One appointment of a file cannot be read; ``line`` says where it stands."""


class NotFinished(EventRefused):
    """The file ends, or another appointment begins, before this one is over."""

    template = "Line {line}: this appointment breaks off before its end. It was left out."


class TooMuchInOne(EventRefused):
    """Parts within parts within parts, endless lines."""

    template = (
        "Line {line}: this appointment holds more than any appointment does. It was left out."
    )


class NoStart(EventRefused):
    """No DTSTART."""

    template = "Line {line}: this appointment does not say when it begins. It was left out."


class NotATime(EventRefused):
    """A date or time that cannot be."""

    template = "Line {line}: {value} is not a date or a time. The appointment was left out."


class NotOfThisAge(EventRefused):
    """Before 1900 or after 2200."""

    template = "Line {line}: {value} is not a date of this age. The appointment was left out."


class NotALength(EventRefused):
    """A duration that cannot be."""

    template = "Line {line}: {value} is not a length of time. The appointment was left out."


class EndsBeforeItBegins(EventRefused):
    """DTEND before DTSTART, or a negative duration."""

    template = "Line {line}: this appointment ends before it begins. It was left out."


class UnknownZone(EventRefused):
    """A TZID that neither the world's list, nor Windows, nor the file itself explains."""

    template = (
        "Line {line}: nobody knows the time zone {zone}, and the file does not describe it, so the "
        "hour would be a guess. The appointment was left out."
    )


class NotARule(EventRefused):
    """A recurrence that makes no sense."""

    template = "Line {line}: {value} does not say how an appointment repeats. It was left out."


class RepeatsTooOften(EventRefused):
    """Every second, or so often that the days chosen could not hold it."""

    template = "Line {line}: this appointment repeats too often to be kept. It was left out."
