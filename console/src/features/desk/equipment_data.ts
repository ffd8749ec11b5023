// A customer's equipment, as the desk may see and write it.

import { api } from "../../api";
import type { CustomerDetail } from "../../types";
import type { Offered } from "../equipment/people";

export function loadCustomer(customer: string): Promise<CustomerDetail> {
  return api.GET("/customers/{customer}", { params: { path: { customer } } });
}

/** What a form of the desk chooses from: the customer's system administrators. The desk sees nobody else. */
export function offeredBy({ administrators }: CustomerDetail): Offered {
  return { administrators: administrators.map(({ user_id: id, name, state }) => ({ id, name, state, organization: null })) };
}

/** The customer and the piece of equipment that an address names. */
export function namesIn(id: string): { customer: string; id: string } {
  const [customer = "", equipment = ""] = id.split("/");
  return { customer, id: equipment };
}
