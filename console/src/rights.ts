// What the navigation offers to whom.

import { PAGES, type PageEntry } from "./pages";
import { place } from "./place";
import { may } from "./session";

export function allowed(entry: PageEntry): boolean {
  if (entry.kind && entry.kind !== place.kind) return false;
  return !entry.right || may(entry.right) || (entry.right === "policies.read" && may("policies.write"));
}

interface Group {
  label: string;
  pages: string[];
}

const GROUPS: Group[] = [
  { label: "", pages: [""] },
  { label: "console-nav-desk", pages: ["customers", "desk/applications", "desk/inquiries", "desk/questions", "desk/launches", "desk/appointments", "desk/attended", "desk/sessions", "desk/enrolments", "desk/identification", "face"] },
  { label: "console-nav-permissions", pages: ["registrations", "questions", "devices"] },
  { label: "console-nav-people", pages: ["users", "organizations", "administrators"] },
  { label: "console-nav-remote", pages: ["launches", "attended", "appointments", "equipment", "enrolments"] },
  { label: "console-nav-settings", pages: ["policies", "mails", "audit"] },
  { label: "console-nav-help", pages: ["inquiries"] },
];

/** The groups with the pages that whoever is logged in may open. */
export function navigation(): Group[] {
  const open = (path: string) => PAGES.some((entry) => entry.path === path && allowed(entry));
  return GROUPS.map(({ label, pages }) => ({ label, pages: pages.filter(open) })).filter(({ pages }) => pages.length);
}

/** Where somebody arrives: the overview, or else the first page they may open. */
export function home(): string {
  return navigation()[0]?.pages[0] ?? "account";
}
