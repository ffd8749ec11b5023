// The documents of the panel's API, under short names. api-types.ts is made of the API's document; nothing is described
// twice.

import type { components } from "./api-types";

type Schemas = components["schemas"];

export type Locale = Schemas["Locale"];
export type TenantKind = Schemas["TenantKind"];
export type Role = Schemas["Role"];
export type Right = Schemas["Right"];
export type Outcome = Schemas["Outcome"];
export type EmailType = Schemas["EmailType"];

export type Alerts = Schemas["Alerts"];
export type SessionView = Schemas["SessionView"];
export type SessionItem = Schemas["SessionEntry"];
export type Token = Schemas["PersonalTokenView"];
export type NewToken = Schemas["NewPersonalToken"];
export type Passkey = Schemas["PasskeyView"];
export type PasskeyCreation = Schemas["PasskeyCreation"];
export type PasskeyRequest = Schemas["PasskeyRequest"];
/** What a browser answers to either of the two. */
export type PasskeyCredential = Schemas["PasskeyAssertion"]["credential"];
export type AuditEntry = Schemas["NamedEntry"];
export type DayCount = Schemas["DayCount"];
export type Overview = Schemas["Overview"];
export type DeskOverview = Schemas["DeskOverview"];
export type Registration = Schemas["PanelRegistration"];
export type Decision = Schemas["Decision"];
export type Answering = Schemas["Decide"];
export type QuestionView = Schemas["QuestionView"];
export type Launch = Schemas["LaunchView"];
export type LaunchStep = Schemas["Step"];
export type SessionReport = Schemas["SessionReport"];
export type DeskLaunch = Schemas["DeskLaunch"];
export type NewLaunch = Schemas["NewLaunch"];
export type Ability = Schemas["Ability"];
export type SessionEnd = Schemas["SessionEnd"];
export type Device = Schemas["DeviceView"];
export type Equipment = Schemas["EquipmentView"];
export type Agent = Schemas["AgentView"];
export type NewEquipment = Schemas["CreateEquipment"];
export type EnrolmentIssued = Schemas["EnrolmentIssued"];
export type EnrolmentRequest = Schemas["EnrolmentRequestView"];
export type Candidate = Schemas["Candidate"];
export type ServiceOrganization = Schemas["ServiceOrganizationView"];
export type VerificationCode = Schemas["VerificationCodeIssued"];
export type ImportReport = Schemas["ImportReport"];
export type ImportRow = Schemas["ImportRow"];
export type ImportError = Schemas["ImportError"];
export type Organization = Schemas["Organization"];
export type Email = Schemas["Email"];
export type Account = Schemas["AccountView"];
export type User = Schemas["UserView"];
export type Policy = Schemas["Policy"];
export type Policies = Schemas["PoliciesView"];
export type Mail = Schemas["OutboxView"];
export type Customer = Schemas["Customer"];
export type DeskQuestion = Schemas["DeskQuestion"];
export type DeskInquiry = Schemas["DeskInquiry"];
export type DeskStaff = Schemas["DeskStaff"];
export type Attachment = Schemas["Attachment"];
export type NewAttachment = Schemas["NewAttachment"];
export type Message = Schemas["InquiryMessage"];
export type NewMessage = Schemas["AnswerInquiry"];
export type Thread = Schemas["InquiryThread"];
export type CustomerAdministrator = Schemas["CustomerAdministrator"];
export type CustomerDetail = Schemas["CustomerDetails"];
export type Application = Schemas["ApplicationView"];
export type ContactPerson = Schemas["ContactPerson"];
export type Contract = Schemas["Contract"];
export type NewCustomer = Schemas["NewCustomer"];
export type NewUser = Schemas["CreateUser"];
export type NewAccount = Schemas["CreateAccount"];
export type ChangedPolicies = Schemas["ChangePolicies"];
export type FaceView = Schemas["FaceView"];
export type ChangedFace = Schemas["ChangeFace"];
