// The desk proposes an appointment to a customer's people (Z1, B7): times to choose from, and who is asked. Nothing is
// agreed before one of them has chosen.

import { useState } from "preact/hooks";
import { api, under } from "../../api";
import { zone } from "../../dates";
import { durationOf, durationText } from "../../parts/duration";
import { done } from "../../parts/feedback";
import { AreaField, SelectField, TextField } from "../../parts/fields";
import { FormView, Submit, useForm } from "../../parts/form";
import { Show, useLoad } from "../../parts/load";
import { Page } from "../../parts/page";
import { Section } from "../../parts/shown";
import { ZoneField } from "../../parts/zone_field";
import { LONGEST_REASON, oneLine } from "../../reason";
import { href, type PageProps, replace, route } from "../../router";
import { session } from "../../session";
import { t } from "../../text";
import type { Appointment, CustomerDetail } from "../../types";
import { loadCustomer } from "../desk/equipment_data";
import { busyOf } from "./busy";
import { checkPeople, PeopleField, type Person, sentPeople } from "./people_field";
import { type Asked, checkTimes, explained, sentTimes, type TimeRow } from "./times";
import { TimesField } from "./times_field";
import { knownZone } from "./wall_clock";

const HOUR = 3600;
/** In seconds. */
const LENGTHS = [HOUR / 2, HOUR, 1.5 * HOUR, 2 * HOUR, 3 * HOUR, 4 * HOUR, 8 * HOUR];
const LONGEST_TITLE = 120;

interface Values {
  title: string;
  length: string;
  time_zone: string;
  times: TimeRow[];
  participants: Person[];
  reason: string;
}

function New({ of: { customer } }: { of: CustomerDetail }) {
  const inquiry = route.use().query.get("inquiry") || null;
  const me = session.get()?.user_id ?? "";
  const busy = useLoad(() => busyOf(me), me, "desk_appointments");
  const [asked, setAsked] = useState<Asked>({});
  const theirs = knownZone(customer.time_zone);
  const form = useForm<Values, Appointment>({
    name: "appointment",
    object: `${customer.slug}/${inquiry ?? ""}`,
    initial: {
      title: "",
      length: String(HOUR),
      time_zone: theirs,
      times: [{ row: 1, day: "", time: "", occurrence: "" }],
      participants: [{ row: 1, name: "", email: "", locale: customer.locale }],
      reason: "",
    },
    labels: {
      title: t("console-appointment-title"),
      length: t("console-appointment-length"),
      time_zone: t("console-appointment-zone"),
      times: t("console-appointment-times"),
      participants: t("console-appointment-participants"),
      reason: t("console-appointment-message"),
    },
    check: ({ title, times, time_zone, participants, reason }) => ({
      title: !title.trim() ? t("console-required") : [...title.trim()].length > LONGEST_TITLE ? t("console-invalid-long") : undefined,
      ...checkTimes(times, time_zone, asked),
      ...checkPeople(participants),
      reason: [...oneLine(reason)].length > LONGEST_REASON ? t("console-invalid-long") : undefined,
    }),
    wrong: { title: t("console-invalid-long"), reason: t("console-invalid-long") },
    explain(problem) {
      const { times, time_zone } = form.values;
      const question = explained(problem, times, time_zone, asked);
      if (question) setAsked(question.asked);
      return question?.errors ?? (problem.field === "start" ? { times: t("console-appointment-times-range") } : undefined);
    },
    send({ title, length, time_zone, times, participants, reason }, _, key) {
      const body = {
        title: title.trim(),
        length: Number(length),
        times: sentTimes(times, time_zone, asked),
        participants: sentPeople(participants),
        host_time_zone: zone(),
        inquiry,
        reason: oneLine(reason) || null,
      };
      return api.POST("/desk/customers/{customer}/appointments", { params: { path: { customer: customer.slug } }, body, ...under(key) });
    },
    done({ id }) {
      replace("desk", "appointments", customer.slug, id);
      done(t("console-appointment-proposed"));
    },
  });
  const { length, time_zone } = form.values;
  return (
    <FormView form={form} sections>
      <Section title={t("console-appointment-subject")}>
        <TextField form={form} name="title" hint={t("console-appointment-title-hint")} />
        <SelectField form={form} name="length" options={LENGTHS.map((seconds) => [String(seconds), durationText(durationOf(seconds))])} />
        <AreaField form={form} name="reason" rows={3} optional hint={t("console-appointment-message-hint")} />
      </Section>
      <Section title={t("console-appointment-times")}>
        <p class="hint">{t("console-appointment-times-hint")}</p>
        <ZoneField form={form} name="time_zone" hint={t("console-appointment-zone-hint")} />
        <TimesField
          form={form}
          zone={time_zone}
          length={Number(length)}
          clocks={[
            { label: t("console-appointment-clock-customer-desk"), zone: theirs },
            { label: t("console-appointment-clock-reader"), zone: zone() },
          ]}
          busy={busy.data ?? []}
          asked={asked}
        />
      </Section>
      <Section title={t("console-appointment-participants")}>
        <p class="hint">{t("console-appointment-participants-hint")}</p>
        <PeopleField form={form} locale={customer.locale} />
      </Section>
      <div class="buttons">
        <Submit form={form}>{t("console-appointment-propose")}</Submit>
        <a class="button secondary" href={href("customers", customer.slug)} onClick={form.discard}>
          {t("console-cancel")}
        </a>
      </div>
    </FormView>
  );
}

export default function AppointmentNew({ id }: PageProps) {
  const loaded = useLoad(() => loadCustomer(id));
  return (
    <Page
      title={t("console-appointment-new")}
      lead={t("console-appointment-new-lead")}
      back={{ href: href("customers", id), label: loaded.data?.customer.name ?? t("console-customer") }}
    >
      <Show of={loaded}>{(of) => <New of={of} />}</Show>
    </Page>
  );
}
