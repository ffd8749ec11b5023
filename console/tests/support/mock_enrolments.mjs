// Machines that asked to be enrolled without a code, in the made-up API: each in another state, as a customer and the desk
// see it; and what the provider is known by.

import { find, listed, Refused } from "./mock_answers.mjs";

const DAY = 86400;

/** Serial number, host name, state, why it waits, customer, equipment; at the desk, the equipment with the number. */
const MACHINES = [
  ["TG-2041/B", "inspection-03-new.line2.aozora.example", "open", "enrolled", "aozora", null, [["aozora", "e0"]]],
  ["SN 88-1O273", "nmv-5000", "open", "unknown", null, null, []],
  ["PS-18", "printserver", "open", "several", null, null, [["aozora", "e4"], ["midori", "e5"]]],
  ["NL-3", "maskine-3.nordlys.example", "open", "suspended", "nordlys", null, []],
  ["RB-500", "robot-5", "open", null, "aozora", "e5", [["aozora", "e5"]]],
  ["RB-501", "robot-6", "open", null, "aozora", null, [["aozora", "e5"]]],
  ["TG-2040", "inspection-02", "accepted", null, "aozora", "e1", []],
  ["TG-2041/B", "unknown-host", "refused", null, "aozora", null, []],
  ["DK-0000-0000-0000-7731", "måleudstyr-7", "expired", null, null, null, []],
];

export function enrolments(now) {
  return MACHINES.map(([serial_number, host_name, state, waits, customer, equipment, places], index) => ({
    id: `w${index}`,
    serial_number,
    jkt: "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I",
    report: { software: "tegata 0.1.0", system: "Debian GNU/Linux 13 (trixie) x86_64", host_name },
    requested_at: now - index * 9000 - 600,
    expires_at: now + (state === "expired" ? -1 : 14) * DAY,
    state,
    waits,
    answered_at: ["accepted", "refused"].includes(state) ? now - DAY : null,
    customer,
    equipment,
    candidates: places.map(([customer, equipment]) => ({ customer, equipment })),
  }));
}

const filtered = (items, query) => listed(items.filter(({ state }) => query.get("state") !== "open" || state === "open"));

function answerable(state, id) {
  const of = find(state.enrolments, id);
  if (of.state !== "open" || state.answeredMeanwhile) throw new Refused(409, "conflict");
  return of;
}

/** What a customer sees: the machines that were tried at it, without what the desk knows besides. */
const seenBy = (of) => ({ ...of, customer: null, candidates: [], equipment: of.equipment ?? (of.waits === "enrolled" ? "e0" : null) });

/** `/enrolments/…` */
export function enrolmentsOf(state, [id], query, { outcome }) {
  if (!id) {
    const own = state.enrolments.filter(({ customer, waits, state: is }) => customer === "aozora" && (waits === "enrolled" || is !== "open"));
    return filtered(own.map(seenBy), query);
  }
  const of = answerable(state, id);
  return [200, seenBy(Object.assign(of, { state: outcome === "approved" ? "accepted" : "refused", waits: null, equipment: "e0", answered_at: state.now }))];
}

/** `/desk/enrolments/…`: what is accepted is on its way to the customer. */
export function deskEnrolments(state, [id], query, { outcome, customer, equipment }) {
  if (!id) return filtered(state.enrolments, query);
  const of = answerable(state, id);
  if (outcome === "refused") return [200, Object.assign(of, { state: "refused", waits: null, answered_at: state.now })];
  if (!customer || !equipment) throw new Refused(400, "invalid-field", { field: customer ? "equipment" : "customer" });
  return [200, Object.assign(of, { waits: null, customer, equipment })];
}

/** `/service-organization/…` */
export function serviceOrganization(state, write) {
  if (!write) return [200, state.organizationNumber];
  state.organizationNumber = { organization: state.organizationNumber.organization ?? "48201937", code_issued_at: state.now };
  return [201, { ...state.organizationNumber, verification_code: "K7QMD-2XRDP" }];
}
