// Reads calendar texts with npm's ical.js, and tells what it found, in the form of read.py: a JSON array of iCalendar texts on
// standard input, an array on standard output. It goes by the rules that the texts themselves carry.

import { readFileSync } from "node:fs";
import ICAL from "ical.js";

function read(text) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone);
  const events = calendar.getAllSubcomponents("vevent").map((component) => {
    const event = new ICAL.Event(component);
    return {
      uid: event.uid,
      sequence: event.sequence,
      status: component.getFirstPropertyValue("status"),
      summary: event.summary,
      start: event.startDate.toUnixTime(),
      end: event.endDate.toUnixTime(),
      local: event.startDate.toString().slice(0, 16),
      attendees: component.getAllProperties("attendee").map((one) => one.getParameter("cn")),
    };
  });
  ICAL.TimezoneService.reset();
  return { errors: [], method: calendar.getFirstPropertyValue("method") ?? "", events };
}

console.log(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(read)));
