// The documents of the panel API, under short names. api-types.ts is made of the API's document; nothing is described twice.

import type { components } from "./api-types";

type Schemas = components["schemas"];

export type Locale = Schemas["Locale"];
export type TenantKind = Schemas["TenantKind"];
export type Role = Schemas["Role"];
// From api-types once generated.
export type Right = Schemas["Right"] | "questions.read" | "questions.decide";
export type Outcome = Schemas["Outcome"];
export type EmailType = Schemas["EmailType"];

/** What a refusal says; something between here and the server may say less. */
export type ProblemDocument = Partial<Omit<Schemas["Problem"], "current">> & { current?: unknown };

/** A part of a list, and where the next one begins. */
export interface Page<T> {
  items: T[];
  cursor: string | null;
}

export type Alerts = Schemas["Alerts"];
// From api-types once generated.
export type SessionView = Omit<Schemas["SessionView"], "rights"> & { rights: Right[] };
export type SessionItem = Schemas["SessionEntry"];
export type Token = Schemas["PersonalTokenView"];
export type NewToken = Schemas["NewPersonalToken"];
export type Passkey = Schemas["PasskeyView"];
export type PasskeyCreation = Schemas["PasskeyCreation"];
export type PasskeyRequest = Schemas["PasskeyRequest"];
export type AuditEntry = Schemas["NamedEntry"];
export type AuditHead = Schemas["AuditHead"];
export type DayCount = Schemas["DayCount"];
// From api-types once generated.
export type Overview = Schemas["Overview"] & { waiting: { questions: number } };
export type Registration = Schemas["PanelRegistration"];
export type Decision = Schemas["Decision"];
// From api-types once generated, as the two below.
export interface QuestionView {
  id: string;
  title: string;
  text: string;
  reference: string | null;
  asked_by: { provider: string; provider_name: string; user: string; name: string; email: string };
  state: "open" | "decided" | "expired" | "withdrawn";
  asked_at: number;
  expires_at: number;
  required: number;
  agreed: Decision[];
  decision: Decision | null;
  statement?: string | null;
}
export interface DeskQuestion {
  tenant: string;
  tenant_name: string;
  question: QuestionView;
}
export interface NewQuestion {
  title: string;
  text: string;
  reference?: string | null;
  expires_in?: number | null;
  required?: number | null;
}
export type Device = Schemas["DeviceView"];
export type Organization = Schemas["Organization"];
export type Email = Schemas["Email"];
export type Account = Schemas["AccountView"];
export type User = Schemas["UserView"];
export type Policy = Schemas["Policy"];
export type Policies = Schemas["PoliciesView"];
export type Mail = Schemas["OutboxView"];
export type Inquiry = Schemas["Inquiry"];
export type DeskInquiry = Schemas["DeskInquiry"];
export type DeskStaff = Schemas["DeskStaff"];
export type Attachment = Schemas["Attachment"];
export type NewAttachment = Schemas["NewAttachment"];
export type Message = Schemas["InquiryMessage"];
export type Thread = Schemas["InquiryThread"];
export type Customer = Schemas["Customer"];
export type CustomerAdministrator = Schemas["CustomerAdministrator"];
export type CustomerDetail = Schemas["CustomerDetails"];

/** What is sent; written beside the calls so that the compiler holds them to the API. */
export type Bodies = Pick<
  Schemas,
  | "AnswerInquiry"
  | "ChangePolicies"
  | "CreateAccount"
  | "CreateInquiry"
  | "CreateUser"
  | "NewCustomer"
>;
