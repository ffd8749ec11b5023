"""Reads calendar texts with PyPI's icalendar, and tells what it found, for the tests to compare.

Reads a JSON array of iCalendar texts from standard input, and writes an array: for each text its errors, its method, and
for each event the UID, SEQUENCE, status, summary, and start and end in Unix seconds by the rules that the text itself
carries. The names of zones are replaced first, so that the reader's own rules are of no use to it.
"""

import json
import re
import sys

import icalendar


def unknown(text):
    """The text with its zones under names that nobody else has rules for."""
    return re.sub(r"TZID([:=])([A-Za-z_/+-]+)", r"TZID\1Test-\2", text.replace("\r\n ", ""))


def several(found):
    return found if isinstance(found, list) else [found]


def read(text):
    # As it is: every property of every component is one that the reader takes without complaint.
    plain = icalendar.Calendar.from_ical(text)
    errors = [f"{component.name}: {error}" for component in plain.walk() for error in component.errors]
    calendar = icalendar.Calendar.from_ical(unknown(text))
    seconds = lambda value: int(value.dt.timestamp())
    events = [
        {
            "uid": str(event["UID"]),
            "sequence": int(event["SEQUENCE"]),
            "status": str(event["STATUS"]),
            "summary": str(event["SUMMARY"]),
            "start": seconds(event["DTSTART"]),
            "end": seconds(event["DTEND"]),
            "local": event["DTSTART"].dt.strftime("%Y-%m-%dT%H:%M"),
            "attendees": [str(one.params["CN"]) for one in several(event.get("ATTENDEE", []))],
        }
        for event in calendar.walk("VEVENT")
    ]
    return {"errors": errors, "method": str(calendar.get("METHOD", "")), "events": events}


json.dump([read(text) for text in json.load(sys.stdin)], sys.stdout)
