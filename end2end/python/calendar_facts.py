"""Reads a calendar from standard input with the library `icalendar`, strictly, and prints what it
says as JSON, times in WIB."""

import datetime
import json
import sys

import icalendar

WIB = datetime.timezone(datetime.timedelta(hours=7))

calendar = icalendar.Calendar.from_ical(sys.stdin.buffer.read())
events = []
for event in calendar.walk("VEVENT"):
    assert not event.errors, event.errors
    start, end = event["DTSTART"].dt, event["DTEND"].dt
    assert start.tzinfo is not None and end > start
    events.append(
        {
            "uid": str(event["UID"]),
            "sequence": int(event["SEQUENCE"]),
            "stamp": event["DTSTAMP"].dt.isoformat(),
            "due": end.astimezone(WIB).strftime("%Y-%m-%d %H.%M.%S"),
            "summary": str(event["SUMMARY"]),
            "description": str(event["DESCRIPTION"]),
            "status": str(event["STATUS"]),
        }
    )
assert not calendar.errors, calendar.errors
print(json.dumps({"name": str(calendar["X-WR-CALNAME"]), "events": events}))
