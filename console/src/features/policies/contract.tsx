// Basic information (基本情報) about the contract: its name, its domain, its contact person, the date of application (C1).

import { date } from "../../dates";
import { ContactFields } from "../../parts/contact";
import { TextField } from "../../parts/fields";
import type { Fields } from "../../parts/form_state";
import { Details, Section } from "../../parts/shown";
import { t } from "../../text";
import type { Contract } from "../../types";

export function BasicInformation({ form, of }: { form: Fields; of: Contract }) {
  return (
    <Section title={t("console-contract")}>
      <TextField form={form} name="name" />
      <Details
        rows={[
          [t("console-field-domain"), of.domain],
          [t("console-contract-applied"), of.applied_on ? date(of.applied_on) : t("console-none")],
        ]}
      />
      <p>{t("console-contract-contact-lead")}</p>
      <ContactFields form={form} optional={!of.contact} />
    </Section>
  );
}
