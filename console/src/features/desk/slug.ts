// Domains of customers, as the API accepts them.

export function isSlug(text: string): boolean {
  return text.length >= 3 && text.length <= 40 && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(text);
}
