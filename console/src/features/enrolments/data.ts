// Machines that asked to be enrolled without a code (P2): how they are found, and how far each request is.

import { api, parts } from "../../api";
import { failed } from "../../parts/feedback";
import { Problem } from "../../problem";
import type { Candidate, Customer, EnrolmentRequest, Equipment } from "../../types";
import { countAgain } from "../../waiting";

/** What an answer to a request needs. */
export interface Answerable {
  of: EnrolmentRequest;
  customers: Customer[];
  set: (now: EnrolmentRequest) => void;
  reload: () => void;
}

/** Whether the request was answered meanwhile. That is said then, and the page shows it as it is now. */
export function closed({ status }: Problem, reload: () => void): boolean {
  if (status !== 409) return false;
  reload();
  failed(new Problem(409, "enrolment-closed"));
  return true;
}

/** Sends an answer. */
export async function answer(send: () => Promise<void>, reload: () => void): Promise<void> {
  try {
    await send();
  } catch (error) {
    if (!closed(Problem.from(error), reload)) throw error;
  }
  countAgain();
}

/** The desk's request `id`. The API has no call for a single one. */
export async function loadRequest(id: string): Promise<EnrolmentRequest> {
  for await (const items of parts("/desk/enrolments", {})) {
    const found = items.find((one) => one.id === id);
    if (found) return found;
  }
  throw new Problem(404, "not-found");
}

/** The machines that wait to become the agent of the tenant's equipment `id`. */
export async function loadApplicants(id: string): Promise<EnrolmentRequest[]> {
  const found: EnrolmentRequest[] = [];
  for await (const items of parts("/enrolments", { state: "open", order: "oldest" })) {
    found.push(...items.filter(({ equipment }) => equipment === id));
  }
  return found;
}

export async function loadCustomers(): Promise<Customer[]> {
  const found: Customer[] = [];
  for await (const items of parts("/customers", {})) found.push(...items);
  return found;
}

/** The name of a customer, or its domain where the name is not known. */
export function nameOf(slug: string, customers: Customer[] | undefined): string {
  return customers?.find((one) => one.slug === slug)?.name ?? slug;
}

export function loadEquipment({ customer, equipment: id }: Candidate): Promise<Equipment> {
  return api.GET("/customers/{customer}/equipment/{id}", { params: { path: { customer, id } } });
}

/** How far a request is. What is open and waits for nobody is on its way: to the customer, or with the desk's answer. */
export function standing({ state, waits, equipment }: EnrolmentRequest): string {
  if (state !== "open" || waits) return state;
  return equipment ? "ordered" : "asked";
}

/** Whether the desk can answer it. */
export function isAnswerable(of: EnrolmentRequest): boolean {
  return of.state === "open" && standing(of) !== "ordered";
}
