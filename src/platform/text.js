// Unicode, encoding, domain name and time zone functions of the platform.

/** Converts `text` to a Unicode normalisation form. */
export function normalize(text, form) {
  return text.normalize(form);
}

/** The A-label form of a domain by UTS 46, which the platform applies to the host of a URL; undefined if invalid. */
export function asciiDomain(domain) {
  try {
    return new URL(`https://${domain}/`).hostname;
  } catch {
    return undefined;
  }
}

/** The text that `bytes` are in the encoding `label`; undefined if they are not, or the platform does not know it. */
export function decode(bytes, label) {
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

const zoneNames = new Map();

/** What people call the time of the zone at that instant in the language `tag`; undefined if there is no name for it. */
export function zoneWords(zone, seconds, tag) {
  try {
    const key = `${tag} ${zone}`;
    let format = zoneNames.get(key);
    if (format === undefined) {
      format = new Intl.DateTimeFormat(tag === "en" ? "en-GB" : tag, { timeZone: zone, timeZoneName: "long" });
      if (zoneNames.size >= 64) zoneNames.clear();
      zoneNames.set(key, format);
    }
    const { value } = format.formatToParts(seconds * 1000).find((part) => part.type === "timeZoneName");
    return /^(GMT|UTC)[+-]/.test(value) ? undefined : value;
  } catch {
    return undefined;
  }
}

const zoneFormats = new Map();

/** Seconds by which the zone is ahead of UTC; undefined for an unknown zone, or an instant out of range. */
export function zoneOffset(zone, seconds) {
  try {
    let format = zoneFormats.get(zone);
    if (format === undefined) {
      format = new Intl.DateTimeFormat("en-US", { timeZone: zone, timeZoneName: "longOffset" });
      if (zoneFormats.size >= 64) zoneFormats.clear();
      zoneFormats.set(zone, format);
    }
    const written = format.formatToParts(seconds * 1000).find((part) => part.type === "timeZoneName").value;
    const [, sign, hours, minutes, rest] = /^GMT(?:([+-])(\d+):(\d+)(?::(\d+))?)?$/.exec(written);
    if (sign === undefined) return 0;
    return (sign === "-" ? -1 : 1) * (hours * 3600 + minutes * 60 + Number(rest ?? 0));
  } catch {
    return undefined;
  }
}
