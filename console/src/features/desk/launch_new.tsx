// The desk requests remote support on a piece of a customer's equipment; the customer's administrators answer (K7).

import { api } from "../../api";
import { CHOICES } from "../../choices";
import { dateTime, instant, now, zone, zoneName } from "../../dates";
import { choice } from "../../names";
import { done } from "../../parts/feedback";
import { AreaField, RadioField, SelectField, TextField, TickField } from "../../parts/fields";
import { FormView, Submit, useForm } from "../../parts/form";
import { Show, useLoad } from "../../parts/load";
import { Page } from "../../parts/page";
import { Details, Section, Time } from "../../parts/shown";
import { oneLine } from "../../reason";
import { href, type PageProps, replace, route } from "../../router";
import { t } from "../../text";
import type { Ability, CustomerDetail, Equipment, Launch } from "../../types";
import { loadCustomer, namesIn } from "./equipment_data";
import { request } from "./launch_request";
import { Obstacle, obstacleOf } from "./obstacle";
import { checkReason, periods, USUAL_PERIOD } from "./period";

const ABILITIES = CHOICES.ability;

type Values = Record<Ability, boolean> & { reason: string; period: string; when: "now" | "later"; day: string; time: string };

const INITIAL: Values = {
  reason: "",
  period: String(USUAL_PERIOD),
  when: "now",
  day: "",
  time: "",
  diagnostics: true,
  restart_software: true,
  restart_machine: false,
  view_screen: false,
  control_screen: false,
  terminal: false,
  files: false,
};

/** The agreed start, in Unix seconds; nothing where none was agreed, and no number where it is none. */
function startOf({ when, day, time }: Values): number | null {
  return when === "now" ? null : (instant(day, time) ?? Number.NaN);
}

function checkStart(values: Values): string | undefined {
  const start = startOf(values);
  if (start === null) return undefined;
  if (Number.isNaN(start)) return t("console-launch-start-incomplete");
  return start > now() ? undefined : t("console-launch-start-past");
}

/** The same start by the customer's clock, where that is another. */
function there(values: Values, { customer }: CustomerDetail): string {
  const start = startOf(values);
  if (!start || customer.time_zone === zone()) return "";
  return t("console-launch-start-there", { time: dateTime(start, customer.time_zone), zone: zoneName(customer.time_zone) });
}

/** With the launch that it replaces it begins with what was approved there, and needs a start. */
function initial(replaced: Launch | undefined): Values {
  if (!replaced) return INITIAL;
  const abilities = Object.fromEntries(ABILITIES.map((ability) => [ability, replaced.abilities.includes(ability)])) as Record<Ability, boolean>;
  return { ...INITIAL, ...abilities, reason: replaced.reason ?? "", period: String(replaced.period), when: "later" };
}

/** What becomes of the launch whose date this request moves. */
function Replaced({ customer, of }: { customer: string; of: Launch }) {
  return (
    <div class="outcome">
      <p>{t("console-launch-replaces")}</p>
      <p>
        <a href={href("desk", "launches", customer, of.id)}>{t("console-launch-replaced")}</a>{" "}
        {of.starts_at !== null && <Time at={of.starts_at} />}
      </p>
    </div>
  );
}

function Request({ at, of, replaced }: { at: CustomerDetail; of: Equipment; replaced: Launch | undefined }) {
  const customer = at.customer.slug;
  const form = useForm<Values, Launch>({
    name: "launch",
    object: replaced ? `${of.id}/${replaced.id}` : of.id,
    initial: initial(replaced),
    labels: {
      reason: t("console-launch-reason"),
      period: t("console-launch-period"),
      when: t("console-launch-start"),
      day: t("console-launch-start-day"),
      time: t("console-launch-start-time"),
      ...(Object.fromEntries(ABILITIES.map((ability) => [ability, choice("ability", ability)])) as Record<Ability, string>),
    },
    check: (values) => ({
      reason: checkReason(values.reason),
      day: checkStart(values),
      diagnostics: ABILITIES.some((ability) => values[ability]) ? undefined : t("console-launch-abilities-none"),
    }),
    wrong: { reason: t("console-invalid-long") },
    explain: ({ field }) => (field === "starts_at" ? { day: t("console-launch-start-wrong") } : undefined),
    send: (values, _, key) => {
      const abilities = ABILITIES.filter((ability) => values[ability]);
      const { reason, period } = values;
      const body = { equipment: of.id, reason: oneLine(reason), period: Number(period), starts_at: startOf(values), abilities };
      return request(customer, { ...body, ...(replaced && { replaces: replaced.id }) }, key);
    },
    done({ id }) {
      replace("desk", "launches", customer, id);
      done(t("console-launch-requested"));
    },
  });
  return (
    <FormView form={form}>
      <AreaField form={form} name="reason" rows={3} hint={t("console-launch-reason-hint")} />
      <fieldset class="field">
        <legend>{t("console-launch-needed")}</legend>
        <p class="hint">{t("console-launch-needed-hint")}</p>
        {ABILITIES.map((ability) => (
          <TickField key={ability} form={form} name={ability} />
        ))}
      </fieldset>
      <SelectField form={form} name="period" hint={t("console-launch-period-hint")} options={periods()} />
      {!replaced && (
        <RadioField
          form={form}
          name="when"
          options={[
            ["now", t("console-launch-start-now")],
            ["later", t("console-launch-start-later"), t("console-launch-start-later-hint")],
          ]}
        />
      )}
      {form.values.when === "later" && (
        <>
          <TextField form={form} name="day" type="date" hint={t("console-launch-start-zone", { zone: zoneName() })} />
          <TextField form={form} name="time" type="time" />
          <p class="hint" role="status">
            {there(form.values, at)}
          </p>
        </>
      )}
      <div class="buttons">
        <Submit form={form}>{t("console-launch-send")}</Submit>
        <a class="button secondary" href={href("customers", customer, "equipment", of.id)} onClick={form.discard}>
          {t("console-cancel")}
        </a>
      </div>
    </FormView>
  );
}

export default function LaunchNew({ id }: PageProps) {
  const path = namesIn(id);
  const replaces = route.use().query.get("replaces") ?? "";
  const loaded = useLoad(async () => {
    const [at, of, replaced] = await Promise.all([
      loadCustomer(path.customer),
      api.GET("/customers/{customer}/equipment/{id}", { params: { path } }),
      replaces ? api.GET("/desk/launches/{customer}/{id}", { params: { path: { customer: path.customer, id: replaces } } }) : undefined,
    ]);
    return { at, of, replaced };
  }, replaces);
  const name = loaded.data?.of.name ?? t("console-nav-equipment");
  return (
    <Page
      title={t(replaces ? "console-launch-move" : "console-launch-new")}
      lead={t("console-launch-new-lead")}
      back={{ href: href("customers", path.customer, "equipment", path.id), label: name }}
    >
      <Show of={loaded}>
        {({ at, of, replaced }) => {
          const obstacle = obstacleOf(of);
          return (
            <>
              <Section title={t("console-launch-equipment")}>
                <Details
                  rows={[
                    [t("console-customer"), at.customer.name],
                    [t("console-field-name"), of.name],
                    [t("console-equipment-serial"), of.serial_number],
                    [t("console-equipment-place"), of.place],
                  ]}
                />
              </Section>
              {replaced && <Replaced customer={path.customer} of={replaced} />}
              {obstacle ? <Obstacle code={obstacle} again={loaded.reload} /> : <Request at={at} of={of} replaced={replaced} />}
            </>
          );
        }}
      </Show>
    </Page>
  );
}
