// For which equipment the desk accepts a machine: one with the serial number, or any other of a customer, which is searched
// for, because a serial number is mistyped more often than it is unknown.

import { useEffect, useId, useRef, useState } from "preact/hooks";
import { api } from "../../api";
import { choice } from "../../names";
import { confirmed } from "../../parts/confirm";
import { done } from "../../parts/feedback";
import { RadioField, SelectField } from "../../parts/fields";
import { type Form, FormView, Submit, useForm } from "../../parts/form";
import { Failed, Show, useLoad } from "../../parts/load";
import { Section } from "../../parts/shown";
import { Problem } from "../../problem";
import { href } from "../../router";
import { t } from "../../text";
import type { Candidate, Customer, EnrolmentRequest, Equipment } from "../../types";
import { countAgain } from "../../waiting";
import { lightOf } from "../equipment/shown";
import { type Answerable, closed, loadEquipment, nameOf } from "./data";
import { accepting } from "./shown";

/** Chosen where none of the equipment with the serial number is meant. */
const OTHER = "other";
/** How long somebody has to stop typing before the server is asked, in milliseconds. */
const PAUSE = 250;

interface Values {
  /** Customer and equipment, joined by a slash, or `OTHER`. */
  place: string;
  customer: string;
  equipment: string;
}

function placeOf({ place, customer, equipment }: Values): Candidate {
  if (place === OTHER) return { customer, equipment };
  const [first = "", second = ""] = place.split("/");
  return { customer: first, equipment: second };
}

/** An offer of a piece of equipment: what it is, and whether it has an agent. */
function offer(value: string, of: Equipment, customer?: string): [string, string, string] {
  const { name, serial_number, place } = of;
  const agent = t("console-enrolment-agent", { state: choice("agent-light", lightOf(of)) });
  const hint = [serial_number, place, agent].filter(Boolean).join(t("console-comma"));
  return [value, customer ? t("console-enrolment-at", { customer, name }) : name, hint];
}

interface SearchProps {
  form: Form<Values>;
  customer: string;
}

/** The customer's equipment in use, as far as one page of the list shows it. */
function Search({ form, customer }: SearchProps) {
  const id = useId();
  const [typed, setTyped] = useState("");
  const timer = useRef<number>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  // What was chosen is no longer in sight.
  useEffect(() => form.put("equipment", ""), [typed]);
  const query = { state: "active" as const, q: typed };
  const { data: found, problem, reload } = useLoad(() => api.GET("/customers/{customer}/equipment", { params: { path: { customer }, query } }), `${customer} ${typed}`);
  return (
    <>
      <div class="field">
        <label for={id}>{t("console-enrolment-search")}</label>
        <input
          id={id}
          type="search"
          placeholder={t("console-equipment-search")}
          autocomplete="off"
          // Searching must not send the form.
          onKeyDown={(event) => event.key === "Enter" && event.preventDefault()}
          onInput={(event) => {
            const text = event.currentTarget.value.trim();
            clearTimeout(timer.current);
            timer.current = setTimeout(() => setTyped(text), PAUSE);
          }}
        />
      </div>
      <p class="hint" role="status">
        {!found && !problem && t("console-loading")}
        {found && (found.cursor ? t("console-enrolment-search-more") : t("console-list-count", { count: found.items.length }))}
      </p>
      {problem && <Failed problem={problem} retry={reload} />}
      {found && found.items.length > 0 && <RadioField form={form} name="equipment" options={found.items.map((of) => offer(of.id, of))} />}
      {found && found.items.length === 0 && (
        <p>
          <a href={href("customers", customer, "equipment", "new")}>{t("console-equipment-add")}</a>
        </p>
      )}
    </>
  );
}

type Offered = [string, string, string?][];

/** The equipment with the serial number. What cannot be read, because its customer was suspended say, is no offer. */
async function loadOffered(of: EnrolmentRequest, customers: Customer[]): Promise<Offered> {
  const offers = of.candidates.map(async (at) => {
    const found = await loadEquipment(at);
    return offer(`${at.customer}/${at.equipment}`, found, nameOf(at.customer, customers));
  });
  const settled = await Promise.allSettled(offers);
  return settled.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
}

function Chooser({ of, customers, set, reload, offered }: Answerable & { offered: Offered }) {
  const suspended = (slug: string) => customers.some((one) => one.slug === slug && one.state === "suspended");
  const form = useForm<Values, EnrolmentRequest>({
    name: "enrolment-choice",
    object: of.id,
    // Of several nobody is chosen beforehand.
    initial: { place: offered.length > 1 ? "" : (offered[0]?.[0] ?? OTHER), customer: "", equipment: "" },
    // No drafts: what is offered changes from one visit to the next.
    secret: ["place", "customer", "equipment"],
    labels: { place: t("console-enrolment-place"), customer: t("console-customer"), equipment: t("console-launch-equipment") },
    check(values) {
      if (!values.place) return { place: t("console-required") };
      const { customer, equipment } = placeOf(values);
      const field = values.place === OTHER ? "customer" : "place";
      if (!customer) return { customer: t("console-required") };
      if (suspended(customer)) return { [field]: t("console-enrolment-suspended") };
      return { equipment: equipment ? undefined : t("console-required") };
    },
    explain(problem) {
      return closed(problem, reload) ? {} : undefined;
    },
    async send(values) {
      const { customer, equipment } = placeOf(values);
      // As it is now: what is said to follow depends on its agent.
      const chosen = await loadEquipment({ customer, equipment });
      if (!(await confirmed(accepting(of, chosen, nameOf(customer, customers))))) throw new Problem(0, "cancelled");
      return api.POST("/desk/enrolments/{id}/decision", { params: { path: { id: of.id } }, body: { outcome: "approved", customer, equipment } });
    },
    done(now) {
      set(now);
      countAgain();
      done(t("console-enrolment-said-ordered"));
    },
  });
  const { place, customer } = form.values;
  const names: [string, string][] = [["", t("console-choose")], ...customers.map(({ slug, name }): [string, string] => [slug, name])];
  return (
    <FormView form={form}>
      <p>{t(offered.length ? "console-enrolment-choose" : "console-enrolment-choose-any")}</p>
      {offered.length > 0 && (
        <RadioField form={form} name="place" options={[...offered, [OTHER, t("console-enrolment-other"), t("console-enrolment-other-hint")]]} />
      )}
      {place === OTHER && <SelectField form={form} name="customer" options={names} />}
      {place === OTHER && customer && <Search key={customer} form={form} customer={customer} />}
      <div class="buttons">
        <Submit form={form}>{t("console-decide-approve")}</Submit>
      </div>
    </FormView>
  );
}

export function EquipmentChoice(props: Answerable) {
  const { of, customers } = props;
  const key = of.candidates.map(({ customer, equipment }) => `${customer}/${equipment}`).join();
  const offered = useLoad(() => loadOffered(of, customers), key);
  return (
    <Section title={t("console-decide-to-approve")}>
      <Show of={offered}>{(found) => <Chooser key={key} {...props} offered={found} />}</Show>
    </Section>
  );
}
