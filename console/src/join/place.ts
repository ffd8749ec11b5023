// What the edge wrote into the page of an attended session: who invites whom to what. It holds nothing that lets anybody
// in.

const element = document.getElementById("join");
if (!element) throw new Error("the page has no element #join");

export const root: HTMLElement = element;
const data = element.dataset;

/** The states in which it can be joined, and those in which it is over. */
export type State = "opening" | "open" | "running" | "ended" | "expired" | "withdrawn" | "suspended";

export const place = {
  product: data["product"] ?? "Tegata",
  locale: data["locale"] ?? "ja",
  /** The name of the provider, how to reach its desk, in lines, and the address of its logo. */
  provider: data["provider"] ?? "",
  contact: JSON.parse(data["contact"] ?? "[]") as string[],
  logo: data["logo"],
  /** The member of the desk's staff who invites. */
  host: data["host"] ?? "",
  /** The name of the customer. */
  customer: data["customer"] ?? "",
  /** What the session is about. */
  title: data["title"] ?? "",
  state: (data["state"] ?? "open") as State,
  /** What its participants can do, besides writing. */
  abilities: (data["abilities"] ?? "").split(" ").filter(Boolean),
  /** What a person consents to by joining, to be shown as it is. */
  statement: data["statement"] ?? "",
  /** The name that the invitation was sent to; the person can change it. */
  name: data["name"] ?? "",
};

export function brandName(): string {
  return place.provider || place.product;
}

/** Whether nobody can join any more. */
export function isOver(): boolean {
  return place.state !== "opening" && place.state !== "open" && place.state !== "running";
}
