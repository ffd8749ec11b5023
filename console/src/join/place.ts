// What the edge wrote into the page of an attended session: who invites whom to what. It holds nothing that lets anybody
// in.

const element = document.getElementById("join");
if (!element) throw new Error("the page has no element #join");

export const root: HTMLElement = element;
const data = element.dataset;

/** How the provider presents itself (B16). */
interface Face {
  name: string;
  /** How to reach its desk, in lines. */
  contact: string[];
  /** The address of its logo. */
  logo: string | null;
}

export const place = {
  product: data["product"] ?? "Tegata",
  locale: data["locale"] ?? "ja",
  /** Undefined where the provider has set none. */
  face: data["face"] ? (JSON.parse(data["face"]) as Face) : undefined,
  /** The name of the provider. */
  provider: data["provider"] ?? "",
  /** Who invites: a member of the desk's staff. Empty where it is the desk as such. */
  host: data["host"] ?? "",
  /** The name of the customer. */
  customer: data["customer"] ?? "",
  /** What the session is about. */
  title: data["title"] ?? "",
  /** What its participants can do, besides writing. */
  abilities: (data["abilities"] ?? "").split(/[\s,]+/).filter(Boolean),
  /** The name that the invitation has for the person, who can change it. */
  name: data["person"] ?? "",
};

export function brandName(): string {
  return place.face?.name || place.provider || place.product;
}
