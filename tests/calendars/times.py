"""Writes times.json: what wall-clock times mean in zones, by Python's zoneinfo, for the tests to compare with.

Usage: python3 tests/calendars/times.py > tests/calendars/times.json
"""

import json
import sys
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

# Zones of users, and those with peculiar rules: half hours, a change at midnight, a change for Ramadan, negative
# summer time, three quarters of an hour.
ZONES = [
    "Asia/Tokyo", "Europe/Copenhagen", "America/Sao_Paulo", "Australia/Lord_Howe", "America/New_York", "Europe/London",
    "Europe/Dublin", "Africa/Casablanca", "America/St_Johns", "Asia/Kathmandu", "Pacific/Chatham", "Asia/Beirut",
]
FIRST, LAST = datetime(2026, 11, 1), datetime(2027, 12, 1)


def meanings(zone, local):
    """The instants of `local`, earliest first."""
    found = set()
    for fold in (0, 1):
        instant = local.replace(tzinfo=zone, fold=fold).astimezone(timezone.utc)
        if instant.astimezone(zone).replace(tzinfo=None) == local:
            found.add(int(instant.timestamp()))
    return sorted(found)


def changes(zone):
    """The instants between FIRST and LAST at which the offset changes, to the minute."""
    step = timedelta(hours=1)
    at = FIRST.replace(tzinfo=timezone.utc)
    before = at.astimezone(zone).utcoffset()
    while at < LAST.replace(tzinfo=timezone.utc):
        at += step
        offset = at.astimezone(zone).utcoffset()
        if offset != before:
            yield at, before, offset
        before = offset


def rows():
    for name in ZONES:
        zone = ZoneInfo(name)
        locals_ = [datetime(2026, 12, 3, 14, 0), datetime(2027, 2, 15, 9, 30), datetime(2027, 7, 1, 23, 45)]
        for at, before, after in changes(zone):
            plain = at.replace(tzinfo=None)
            for offset in (before, after):
                for minutes in (-75, -30, 0, 15, 45, 90):
                    locals_.append(plain + offset + timedelta(minutes=minutes))
        for local in sorted(set(locals_)):
            yield {"zone": name, "local": local.strftime("%Y-%m-%dT%H:%M"), "at": meanings(zone, local)}


sys.stdout.write("[\n" + ",\n".join(json.dumps(row) for row in rows()) + "\n]\n")
