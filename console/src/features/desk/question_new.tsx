// A new question of the provider's desk to the approvers of one customer (B12).

import { api, under } from "../../api";
import { done } from "../../parts/feedback";
import { AreaField, SelectField, TextField } from "../../parts/fields";
import { FormView, Submit, useForm } from "../../parts/form";
import { Show, useLoad } from "../../parts/load";
import { Page } from "../../parts/page";
import { href, type PageProps, replace } from "../../router";
import { t } from "../../text";
import type { CustomerDetail, QuestionView } from "../../types";

const HOUR = 3600;
const DAY = 24 * HOUR;
/** For how many seconds it can be answered, and how that is called. */
const LIVES: [number, string][] = [
  [HOUR, "console-question-life-hour"],
  [DAY, "console-question-life-day"],
  [3 * DAY, "console-question-life-3-days"],
  [7 * DAY, "console-question-life-7-days"],
  [30 * DAY, "console-question-life-30-days"],
];
const USUAL_LIFE = 3 * DAY;
const REQUIRED = [1, 2, 3, 4, 5];

/** Most characters of each text. */
const LONGEST = { title: 120, text: 2000, reference: 100 };

/** Named as the API names them, so that each refusal finds its field. */
interface Values {
  title: string;
  text: string;
  reference: string;
  expires_in: string;
  required: string;
}

const INITIAL: Values = { title: "", text: "", reference: "", expires_in: String(USUAL_LIFE), required: "1" };

/** What is wrong with `text`, of which `wrong` says it. */
function fault(text: string, most: number, wrong: string): string | undefined {
  return [...text.trim()].length > most ? wrong : undefined;
}

function Ask({ of: { customer } }: { of: CustomerDetail }) {
  const wrong = {
    title: t("console-question-title-wrong"),
    text: t("console-question-text-wrong"),
    reference: t("console-invalid-name"),
    required: t("console-question-required-wrong"),
  };
  const form = useForm<Values, QuestionView>({
    name: "question",
    object: customer.slug,
    initial: INITIAL,
    labels: {
      title: t("console-question-title"),
      text: t("console-question-text"),
      reference: t("console-question-reference"),
      expires_in: t("console-question-life"),
      required: t("console-question-required"),
    },
    check: ({ title, text, reference }) => ({
      title: title.trim() ? fault(title, LONGEST.title, wrong.title) : t("console-required"),
      text: text.trim() ? fault(text, LONGEST.text, wrong.text) : t("console-required"),
      reference: fault(reference, LONGEST.reference, wrong.reference),
    }),
    wrong,
    send: ({ title, text, reference, expires_in, required }, _, key) =>
      api.POST("/customers/{customer}/questions", {
        params: { path: { customer: customer.slug } },
        body: {
          title: title.trim(),
          text: text.trim(),
          reference: reference.trim() || null,
          expires_in: Number(expires_in),
          required: Number(required),
        },
        ...under(key),
      }),
    done({ id }) {
      replace("desk", "questions", customer.slug, id);
      done(t("console-question-sent"));
    },
  });
  return (
    <FormView form={form}>
      <TextField form={form} name="title" />
      <AreaField form={form} name="text" rows={8} hint={t("console-question-text-hint")} />
      <TextField form={form} name="reference" optional hint={t("console-question-reference-hint")} />
      <SelectField form={form} name="expires_in" options={LIVES.map(([seconds, key]) => [String(seconds), t(key)])} />
      <SelectField
        form={form}
        name="required"
        hint={t("console-question-required-hint")}
        options={REQUIRED.map((count) => [String(count), t("console-question-required-count", { count })])}
      />
      <div class="buttons">
        <Submit form={form}>{t("console-question-send")}</Submit>
        <a class="button secondary" href={href("customers", customer.slug)} onClick={form.discard}>
          {t("console-cancel")}
        </a>
      </div>
    </FormView>
  );
}

export default function QuestionNew({ id }: PageProps) {
  const loaded = useLoad(() => api.GET("/customers/{customer}", { params: { path: { customer: id } } }));
  const name = loaded.data?.customer.name;
  return (
    <Page
      title={t("console-question-new")}
      lead={t("console-question-new-lead", { name: name ?? id })}
      back={{ href: href("customers", id), label: name ?? id }}
    >
      <Show of={loaded}>{(of) => <Ask of={of} />}</Show>
    </Page>
  );
}
