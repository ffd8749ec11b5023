// The number of a session, which people call its ID: nine digits, read out in groups of three.

const DIGITS = /^[1-9]\d{8}$/;

/** A number as people type it: with spaces, hyphens or full-width digits; undefined where it is none. */
export function readNumber(typed: string): string | undefined {
  const digits = typed.normalize("NFKC").replace(/[\s\p{Pd}]/gu, "");
  return DIGITS.test(digits) ? digits : undefined;
}

export function showNumber(number: string): string {
  return number.replace(/(\d{3})(?=\d)/g, "$1 ");
}
