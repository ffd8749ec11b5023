// The phonetic name (フリガナ) is a custom of Japanese forms: it is shown where the console speaks Japanese. In other
// languages it stays as it is stored.

import { locale } from "../../text";

export function phoneticShown(): boolean {
  return locale.get() === "ja";
}
