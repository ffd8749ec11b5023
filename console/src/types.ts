// The documents of the panel API, under the names the API gives them. Times are unix seconds.

export type Locale = "ja" | "en" | "da";
export type TenantKind = "tenant" | "provider";
export type Role = "system_administrator" | "organization_administrator" | "auditor" | "support_agent";
export type Right =
  | "own"
  | "overview"
  | "registrations.read"
  | "registrations.decide"
  | "devices.read"
  | "devices.revoke"
  | "users.read"
  | "users.write"
  | "accounts.write"
  | "audit.read"
  | "policies.read"
  | "policies.write"
  | "mails"
  | "inquiries"
  | "desk";

export interface ProblemDocument {
  title?: string;
  status?: number;
  detail?: string;
  code?: string;
  field?: string;
  current?: unknown;
}

export interface Page<T> {
  items: T[];
  cursor: string | null;
}

export interface Alerts {
  device: boolean;
  refused: boolean;
  lockout: boolean;
  token_reuse: boolean;
  undeliverable: boolean;
  audit: boolean;
}

export interface SessionView {
  state: "signed_in" | "new_password";
  user_id: string;
  account: string;
  name: string;
  email: string | null;
  role: Role;
  organization: string | null;
  rights: Right[];
  support_option: boolean;
  alerts: Alerts;
  locale: Locale;
  time_zone: string;
  fresh_until: number;
  expires_at: number;
  tenant: { slug: string; name: string; kind: TenantKind; locale: Locale; time_zone: string };
}

export interface SessionItem {
  id: string;
  created_at: number;
  last_seen_at: number;
  address: string;
  agent: string;
  current: boolean;
}

export interface Token {
  id: string;
  name: string;
  scopes: Right[];
  created_at: number;
  expires_at: number;
  last_used_at: number | null;
}

export interface NewToken extends Token {
  token: string;
}

export interface Actor {
  kind: string;
  id: string | null;
  address: string | null;
}

export interface AuditEntry {
  seq: number;
  at: number;
  actor: Actor;
  action: string;
  object: string;
  outcome: string;
  requester?: string | null;
  approver?: string | null;
  previous: string;
  hash: string;
}

export interface AuditHead {
  at: number;
  seq: number;
  hash: string;
  jws: string;
}

export interface DayCount {
  day: string;
  requests: number;
  approved: number;
  refused: number;
}

export interface Overview {
  waiting: { registrations: number; inquiries: number; mails: number };
  setup: { step: "password" | "second_administrator" | "policies" | "first_user" | "first_device"; done: boolean }[];
  recommend_second_administrator: boolean;
  days: DayCount[];
  latest: AuditEntry[];
}

export type Outcome = "approved" | "refused";

export interface Decision {
  outcome: Outcome;
  name: string;
  email: string;
  at: number;
  reason: string | null;
}

export interface Registration {
  id: string;
  state: string;
  name: string;
  email: string;
  organization: string;
  device_name: string;
  has_key: boolean;
  outside_mail_domains: boolean;
  requested_at: number;
  expires_at: number;
  decision: Decision | null;
  statement?: string;
}

export interface Device {
  id: string;
  name: string;
  email: string;
  organization: string;
  device_name: string;
  jkt: string | null;
  state: "active" | "revoked" | "expired";
  approved_at: number;
  activated_at: number | null;
  expires_at: number | null;
  revoked_at: number | null;
  last_refresh_at: number | null;
  approval: string | null;
}

export interface Organization {
  id: string;
  parent: string | null;
  name: string;
  version: number;
  users?: number;
}

export type EmailType = "work" | "home" | "mobile" | "other";

export interface Email {
  value: string;
  type: EmailType;
  primary: boolean;
}

export interface Account {
  account: string;
  role: Role;
  organization: string | null;
  support_option: boolean;
  locale: Locale;
  time_zone: string;
  state: "active" | "invited" | "locked";
  last_login_at: number | null;
  version: number;
}

export interface User {
  id: string;
  display_name: string;
  phonetic_name: string | null;
  emails: Email[];
  organization: string | null;
  external_id: string | null;
  version: number;
  created_at: number;
  updated_at: number;
  account: Account | null;
}

export interface Policy {
  activation: "mailed_code" | "approval_only";
  mail_domains: string[];
  approval_life_seconds: number;
  code_life_seconds: number;
  confirm_address_first: boolean;
  approver_must_log_in: boolean;
  device_life_seconds: number | null;
  data_origin: string | null;
}

export interface Policies {
  version: number;
  name: string;
  locale: Locale;
  time_zone: string;
  policy: Policy;
}

export interface Mail {
  id: string;
  kind: string;
  created_at: number;
  state: "waiting" | "undeliverable";
  attempts: number;
  next_at: number | null;
  last_error: string | null;
}

export interface Inquiry {
  id: string;
  subject: string;
  state: "open" | "answered" | "closed";
  created_at: number;
  updated_at: number;
  by: { name: string };
  assigned: string | null;
  tenant?: { slug: string; name: string };
}

export interface Attachment {
  id: string;
  name: string;
  type: string;
  size: number;
}

export interface NewAttachment {
  name: string;
  type: string;
  /** Base64. */
  data: string;
}

export interface Message {
  id: string;
  at: number;
  from: { name: string; side: "customer" | "desk" };
  body: string;
  attachments: Attachment[];
}

export interface Thread extends Inquiry {
  messages: Message[];
}

export interface Customer {
  slug: string;
  name: string;
  state: "active" | "suspended";
  locale: Locale;
  time_zone: string;
  created_at: number;
  setup: { done: number; of: number };
}

export interface CustomerItem extends Customer {
  administrators: number;
}

export interface CustomerAdministrator {
  user_id: string;
  name: string;
  email: string;
  account: string;
  state: "active" | "invited" | "locked";
}

export interface CustomerDetail extends Customer {
  administrators: CustomerAdministrator[];
}
