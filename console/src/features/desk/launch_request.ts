// Sending a request for remote support, with the refusals that name no field of a form in words of their own.

import { api, under } from "../../api";
import { Problem } from "../../problem";
import type { Launch, NewLaunch } from "../../types";

/** The customer's tenant says no more than that it is not possible. */
function conflict(body: NewLaunch): string {
  if (body.replaces) return "launch-replaces";
  return body.extends ? "launch-over" : "launch-too-many";
}

export async function request(customer: string, body: NewLaunch, key: string): Promise<Launch> {
  try {
    return await api.POST("/customers/{customer}/launches", { params: { path: { customer } }, body, ...under(key) });
  } catch (error) {
    const problem = Problem.from(error);
    if (problem.field === "equipment") throw new Problem(problem.status, "launch-approvers");
    if (problem.code === "conflict") throw new Problem(problem.status, conflict(body));
    throw problem;
  }
}
