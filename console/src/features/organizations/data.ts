// Organisations, as a tree and as a list to choose from.

import { api } from "../../api";
import { formatTag } from "../../text";
import type { Organization } from "../../types";

export async function loadOrganizations(): Promise<Organization[]> {
  return (await api.GET("/organizations")).items;
}

export interface Branch {
  of: Organization;
  branches: Branch[];
}

/** The trees. One whose parent cannot be seen from here stands at the top. */
export function trees(all: Organization[]): Branch[] {
  const known = new Set(all.map(({ id }) => id));
  const order = new Intl.Collator(formatTag());
  const grow = (parent: string | null): Branch[] =>
    all
      .filter((one) => (one.parent !== null && known.has(one.parent) ? one.parent : null) === parent)
      .sort((a, b) => order.compare(a.name, b.name))
      .map((of) => ({ of, branches: grow(of.id) }));
  return grow(null);
}

/** To choose from: each with the names of those above it, without `except` and what is below it. */
export function places(all: Organization[], except?: string): [string, string][] {
  const walk = (branches: Branch[], above: string): [string, string][] =>
    branches
      .filter(({ of }) => of.id !== except)
      .flatMap(({ of, branches: below }): [string, string][] => {
        const name = above + of.name;
        return [[of.id, name], ...walk(below, `${name} / `)];
      });
  return walk(trees(all), "");
}
