// Who can be responsible for a piece of equipment, and who is asked about it.

import { api } from "../../api";
import { may } from "../../session";
import type { Account, Equipment, Organization } from "../../types";
import { loadOrganizations } from "../organizations/data";

/** Somebody who administers the tenant, or an organisation of it. */
export interface Administrator {
  id: string;
  name: string;
  state: Account["state"];
  /** The organisation that they administer; null for the whole tenant. */
  organization: string | null;
}

/** Pages of people with an account that are looked through. */
const MOST_PAGES = 40;

/** The administrators whom the reader may see. */
export async function loadAdministrators(): Promise<Administrator[]> {
  if (!may("users.read")) return [];
  const found: Administrator[] = [];
  let cursor: string | null | undefined;
  for (let page = 0; page < MOST_PAGES && cursor !== null; page += 1) {
    const part = await api.GET("/users", { params: { query: { account: "true", cursor } } });
    for (const { id, display_name: name, account } of part.items) {
      if (account?.role === "system_administrator") found.push({ id, name, state: account.state, organization: null });
      if (account?.role === "organization_administrator" && account.organization) {
        found.push({ id, name, state: account.state, organization: account.organization });
      }
    }
    cursor = part.cursor;
  }
  return found;
}

/** What a form chooses from. */
export interface Offered {
  administrators: Administrator[];
  /** Undefined at the desk. */
  organizations?: Organization[];
}

/** All that the reader may see. */
export async function loadOffered(): Promise<Required<Offered>> {
  const [administrators, organizations] = await Promise.all([loadAdministrators(), may("users.read") ? loadOrganizations() : []]);
  return { administrators, organizations };
}

/** Whether an administrator may look after equipment of `organization`: theirs, or one below it. */
export function covers(who: Administrator, organization: string, all: Organization[]): boolean {
  if (who.organization === null) return true;
  const above = new Map(all.map(({ id, parent }) => [id, parent]));
  for (let at: string | null | undefined = organization || null; at; at = above.get(at)) {
    if (at === who.organization) return true;
  }
  return false;
}

/** The responsible people in their order; undefined for one whom the reader cannot see. */
export function responsible(of: Equipment, administrators: Administrator[]): (Administrator | undefined)[] {
  return of.responsible.map((id) => administrators.find((one) => one.id === id));
}
