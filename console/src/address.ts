// Mail addresses, as far as the console looks at them.

/** Whether `text` may be an address. The server says whether it is one: a browser's own check knows neither the addresses of
 * Japanese mobile carriers nor what an input method brings. */
export function isAddress(text: string): boolean {
  return /^[^\s@＠]+[@＠][^\s@＠]+$/.test(text);
}

/** An address and, where its domain is an international one, the domain as it is written. Both: the first cannot be mistaken for
 * another, the second can be read. */
export function shownAddress({ email, email_domain }: { email: string; email_domain?: string }): string {
  return email_domain ? `${email} (${email_domain})` : email;
}
