// Which page is behind which address, and which right it takes.

import type { ComponentType } from "preact";
import { place } from "./place";
import type { PageProps } from "./router";
import { need, type TextPart } from "./text";
import type { Right, TenantKind } from "./types";

export interface PageEntry {
  /** `:id` stands for one part. */
  path: string;
  right?: Right;
  kind?: TenantKind;
  load: () => Promise<{ default: ComponentType<PageProps> }>;
}

/** A page with texts of its own. */
async function withTexts<P>(part: TextPart, page: Promise<P>): Promise<P> {
  const [loaded] = await Promise.all([page, need(part)]);
  return loaded;
}

export const PAGES: PageEntry[] = [
  {
    path: "",
    right: "overview",
    load: () => (place.kind === "provider" ? import("./features/overview/provider") : import("./features/overview/overview")),
  },
  { path: "registrations", right: "registrations.read", load: () => import("./features/requests/registrations") },
  { path: "registrations/:id", right: "registrations.read", load: () => import("./features/requests/registration") },
  { path: "questions", right: "questions.read", kind: "tenant", load: () => import("./features/questions/questions") },
  { path: "questions/:id", right: "questions.read", kind: "tenant", load: () => import("./features/questions/question") },
  { path: "launches", right: "launches.read", kind: "tenant", load: () => import("./features/launches/launches") },
  { path: "launches/:id", right: "launches.read", kind: "tenant", load: () => import("./features/launches/launch") },
  { path: "attended", right: "launches.read", kind: "tenant", load: () => withTexts("attended", import("./features/attended/own_list")) },
  { path: "attended/:id", right: "launches.read", kind: "tenant", load: () => withTexts("attended", import("./features/attended/own")) },
  { path: "appointments", right: "launches.read", kind: "tenant", load: () => withTexts("appointments", import("./features/appointments/own_list")) },
  { path: "appointments/:id", right: "launches.read", kind: "tenant", load: () => withTexts("appointments", import("./features/appointments/own")) },
  { path: "devices", right: "devices.read", load: () => import("./features/devices/devices") },
  { path: "devices/:id", right: "devices.read", load: () => import("./features/devices/device") },
  { path: "equipment", right: "equipment.read", load: () => import("./features/equipment/equipment_list") },
  { path: "equipment/new", right: "equipment.write", load: () => import("./features/equipment/equipment_new") },
  { path: "equipment/import", right: "equipment.write", load: () => import("./features/equipment/equipment_import") },
  { path: "equipment/:id", right: "equipment.read", load: () => import("./features/equipment/equipment_page") },
  { path: "equipment/:id/edit", right: "equipment.write", load: () => import("./features/equipment/equipment_edit") },
  { path: "enrolments", right: "equipment.read", kind: "tenant", load: () => import("./features/enrolments/enrolments") },
  { path: "users", right: "users.read", load: () => import("./features/users/users") },
  { path: "users/new", right: "users.write", load: () => import("./features/users/user_new") },
  { path: "users/:id", right: "users.read", load: () => import("./features/users/user") },
  { path: "organizations", right: "users.read", load: () => import("./features/organizations/organizations") },
  { path: "administrators", right: "users.read", load: () => import("./features/users/administrators") },
  { path: "administrators/new", right: "accounts.write", load: () => import("./features/users/administrator_new") },
  { path: "audit", right: "audit.read", load: () => import("./features/audit/audit") },
  { path: "inquiries", right: "inquiries", load: () => import("./features/inquiries/inquiries") },
  { path: "inquiries/new", right: "inquiries", load: () => import("./features/inquiries/inquiry_new") },
  { path: "inquiries/:id", right: "inquiries", load: () => import("./features/inquiries/inquiry") },
  { path: "policies", right: "policies.read", load: () => import("./features/policies/policies") },
  { path: "mails", right: "mails", load: () => import("./features/mails/mails") },
  { path: "answer/:token", load: () => import("./features/login/answer") },
  { path: "account", load: () => import("./features/account/account") },
  { path: "customers", right: "desk", kind: "provider", load: () => import("./features/desk/customers") },
  { path: "customers/new", right: "desk", kind: "provider", load: () => import("./features/desk/customer_new") },
  { path: "customers/:id", right: "desk", kind: "provider", load: () => import("./features/desk/customer") },
  { path: "customers/:id/questions/new", right: "desk", kind: "provider", load: () => import("./features/desk/question_new") },
  { path: "customers/:id/equipment", right: "desk", kind: "provider", load: () => import("./features/desk/equipment_list") },
  { path: "customers/:id/equipment/new", right: "desk", kind: "provider", load: () => import("./features/desk/equipment_new") },
  { path: "customers/:id/equipment/:equipment", right: "desk", kind: "provider", load: () => import("./features/desk/equipment_page") },
  { path: "customers/:id/equipment/:equipment/edit", right: "desk", kind: "provider", load: () => import("./features/desk/equipment_edit") },
  { path: "customers/:id/equipment/:equipment/launch", right: "desk", kind: "provider", load: () => import("./features/desk/launch_new") },
  { path: "customers/:id/attended/new", right: "desk", kind: "provider", load: () => withTexts("attended", import("./features/attended/new")) },
  { path: "customers/:id/appointments/new", right: "desk", kind: "provider", load: () => withTexts("appointments", import("./features/appointments/new")) },
  { path: "desk/applications", right: "desk", kind: "provider", load: () => import("./features/desk/applications") },
  { path: "desk/applications/new", right: "desk", kind: "provider", load: () => import("./features/desk/application_new") },
  { path: "desk/applications/:id", right: "desk", kind: "provider", load: () => import("./features/desk/application") },
  { path: "desk/inquiries", right: "desk", kind: "provider", load: () => import("./features/desk/inquiries") },
  { path: "desk/inquiries/:tenant/:id", right: "desk", kind: "provider", load: () => import("./features/desk/inquiry") },
  { path: "desk/questions", right: "desk", kind: "provider", load: () => import("./features/desk/questions") },
  { path: "desk/launches", right: "desk", kind: "provider", load: () => import("./features/desk/launches") },
  { path: "desk/launches/:tenant/:id", right: "desk", kind: "provider", load: () => import("./features/desk/launch") },
  { path: "desk/appointments", right: "desk", kind: "provider", load: () => withTexts("appointments", import("./features/appointments/calendar")) },
  { path: "desk/appointments/:tenant/:id", right: "desk", kind: "provider", load: () => withTexts("appointments", import("./features/appointments/page")) },
  { path: "desk/attended", right: "desk", kind: "provider", load: () => withTexts("attended", import("./features/attended/list")) },
  { path: "desk/attended/:tenant/:id", right: "desk", kind: "provider", load: () => withTexts("attended", import("./features/attended/page")) },
  { path: "desk/sessions", right: "desk.connect", kind: "provider", load: () => withTexts("session", import("./features/session/join")) },
  { path: "desk/sessions/:number", right: "desk.connect", kind: "provider", load: () => withTexts("session", import("./features/session/session")) },
  { path: "desk/enrolments", right: "desk", kind: "provider", load: () => import("./features/enrolments/desk_enrolments") },
  { path: "desk/enrolments/:id", right: "desk", kind: "provider", load: () => import("./features/enrolments/desk_enrolment") },
  { path: "desk/identification", right: "enrolment", kind: "provider", load: () => import("./features/enrolments/identification") },
  { path: "face", right: "face", kind: "provider", load: () => import("./features/face/face") },
  { path: "desk/questions/:tenant/:id", right: "desk", kind: "provider", load: () => import("./features/desk/question") },
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
