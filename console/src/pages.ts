// Which page is behind which address, and which right it takes.

import type { ComponentType } from "preact";
import type { PageProps } from "./router";
import type { Right, TenantKind } from "./types";

export interface PageEntry {
  /** `:id` stands for one part. */
  path: string;
  right?: Right;
  kind?: TenantKind;
  load: () => Promise<{ default: ComponentType<PageProps> }>;
}

export const PAGES: PageEntry[] = [
  { path: "", right: "overview", load: () => import("./pages/overview") },
  { path: "registrations", right: "registrations.read", load: () => import("./pages/registrations") },
  { path: "registrations/:id", right: "registrations.read", load: () => import("./pages/registration") },
  { path: "questions", right: "questions.read", kind: "tenant", load: () => import("./pages/questions") },
  { path: "questions/:id", right: "questions.read", kind: "tenant", load: () => import("./pages/question") },
  { path: "devices", right: "devices.read", load: () => import("./pages/devices") },
  { path: "devices/:id", right: "devices.read", load: () => import("./pages/device") },
  { path: "users", right: "users.read", load: () => import("./pages/users") },
  { path: "users/new", right: "users.write", load: () => import("./pages/user_new") },
  { path: "users/:id", right: "users.read", load: () => import("./pages/user") },
  { path: "organizations", right: "users.read", load: () => import("./pages/organizations") },
  { path: "administrators", right: "users.read", load: () => import("./pages/administrators") },
  { path: "audit", right: "audit.read", load: () => import("./pages/audit") },
  { path: "inquiries", right: "inquiries", load: () => import("./pages/inquiries") },
  { path: "inquiries/new", right: "inquiries", load: () => import("./pages/inquiry_new") },
  { path: "inquiries/:id", right: "inquiries", load: () => import("./pages/inquiry") },
  { path: "policies", right: "policies.read", load: () => import("./pages/policies") },
  { path: "mails", right: "mails", load: () => import("./pages/mails") },
  { path: "answer/:token", load: () => import("./pages/answer") },
  { path: "account", load: () => import("./pages/account") },
  { path: "customers", right: "desk", kind: "provider", load: () => import("./pages/customers") },
  { path: "customers/new", right: "desk", kind: "provider", load: () => import("./pages/customer_new") },
  { path: "customers/:id", right: "desk", kind: "provider", load: () => import("./pages/customer") },
  { path: "customers/:id/questions/new", right: "desk", kind: "provider", load: () => import("./pages/question_new") },
  { path: "desk/inquiries", right: "desk", kind: "provider", load: () => import("./pages/desk_inquiries") },
  { path: "desk/inquiries/:tenant/:id", right: "desk", kind: "provider", load: () => import("./pages/desk_inquiry") },
  { path: "desk/questions", right: "desk", kind: "provider", load: () => import("./pages/desk_questions") },
  { path: "desk/questions/:tenant/:id", right: "desk", kind: "provider", load: () => import("./pages/desk_question") },
];

/** The page at `path`, and the parts of the path that stand for things, joined by a slash. */
export function pageAt(path: string[]): { entry: PageEntry; id: string } | undefined {
  for (const entry of PAGES) {
    const pattern = entry.path === "" ? [] : entry.path.split("/");
    if (pattern.length !== path.length) continue;
    if (!pattern.every((part, index) => part.startsWith(":") || part === path[index])) continue;
    const id = path.filter((_, index) => pattern[index]?.startsWith(":")).join("/");
    return { entry, id };
  }
  return undefined;
}
