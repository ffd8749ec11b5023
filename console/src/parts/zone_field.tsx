// The choice of a time zone, by what people call its time.

import { useEffect, useState } from "preact/hooks";
import { zone as own, zoneName, zones } from "../dates";
import { formatTag, locale, t } from "../text";
import type { Locale } from "../types";
import { type FieldProps, SelectField } from "./fields";

type Choices = [string, string][];

/** Names that are made in one go: each takes its time, and all at once would hold up the page. */
const AT_ONCE = 40;
const named = new Map<Locale, Choices>();

function plain(zone: string): string {
  return zone.replaceAll("_", " ");
}

export function zoneLabel(zone: string): string {
  const name = zoneName(zone);
  return name === zone ? zone : t("console-zone-choice", { name, zone: plain(zone) });
}

/** Zones that are likelier than the rest: the person's own, the browser's, and what is chosen now. */
function likely(chosen: string): string[] {
  return [...new Set([chosen, own(), Intl.DateTimeFormat().resolvedOptions().timeZone])].filter(Boolean);
}

/** `all`, the likely ones first. */
function likelyFirst(all: Choices, chosen: string): Choices {
  const first = likely(chosen);
  const found = first.flatMap((zone) => all.filter(([value]) => value === zone));
  return [...found, ...all.filter(([value]) => !first.includes(value))];
}

/** All zones: until each has its name, only the chosen one has. */
function useChoices(chosen: string): Choices {
  const tag = locale.get();
  const [, redraw] = useState(0);
  useEffect(() => {
    if (named.has(tag)) return undefined;
    const all = zones();
    const found: Choices = [];
    let timer = 0;
    const some = () => {
      for (const zone of all.slice(found.length, found.length + AT_ONCE)) found.push([zone, zoneLabel(zone)]);
      if (found.length < all.length) {
        timer = setTimeout(some);
        return;
      }
      const { compare } = new Intl.Collator(formatTag());
      named.set(tag, found.sort(([, one], [, other]) => compare(one, other)));
      redraw(1);
    };
    timer = setTimeout(some);
    return () => clearTimeout(timer);
  }, []);
  return named.get(tag) ?? zones().map((zone) => [zone, likely(chosen).includes(zone) ? zoneLabel(zone) : plain(zone)]);
}

export function ZoneField(props: FieldProps) {
  // The order stays while another is chosen.
  const [began] = useState(() => String(props.form.value(props.name)));
  return <SelectField {...props} options={likelyFirst(useChoices(String(props.form.value(props.name))), began)} />;
}
