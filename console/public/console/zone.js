// The page of an appointment: shows times in the browser's time zone to those who have not chosen one, and offers the zones
// that the browser knows. Without it, the times are in the customer's zone, and a zone can be typed.

const { ask } = document.currentScript.dataset;
const own = Intl.DateTimeFormat().resolvedOptions().timeZone;

// Only once: an address that names a zone was chosen, or led to by this.
if (ask && own && own !== ask && !new URLSearchParams(location.search).has("zone")) {
  const there = new URL(location.href);
  there.searchParams.set("zone", own);
  location.replace(there);
}

const zones = document.getElementById("zones");
const known = new Set([...zones.options].map(({ value }) => value));
for (const zone of Intl.supportedValuesOf?.("timeZone") ?? []) {
  if (!known.has(zone)) zones.append(new Option("", zone));
}
