// Personal access tokens: for programs that act in one's name. A new one is shown once.

import { useState } from "preact/hooks";
import { api, under } from "../../api";
import { CHOICES } from "../../choices";
import { choice } from "../../names";
import { acted } from "../../parts/confirm";
import { done } from "../../parts/feedback";
import { FieldError, SelectField, TextField } from "../../parts/fields";
import { Cancel, FormView, Submit, useForm } from "../../parts/form";
import type { FormState } from "../../parts/form_state";
import { Table } from "../../parts/list";
import { Show, useLoad } from "../../parts/load";
import { Modal } from "../../parts/modal";
import { Act, Time } from "../../parts/shown";
import { ShownOnce } from "../../parts/shown_once";
import { session } from "../../session";
import { t } from "../../text";
import type { NewToken, Right, Token } from "../../types";

/** Rights that a token can have: not one's own account, and no deciding. */
const OFFERED: readonly Right[] = CHOICES.scope;
const DAYS = ["7", "30", "90", "180", "365"];

interface Values {
  name: string;
  expires_in_days: string;
  scopes: Right[];
}

function Scopes({ form }: { form: FormState }) {
  const chosen = form.value("scopes") as Right[];
  const mine = OFFERED.filter((right) => session.get()?.rights.includes(right));
  return (
    <fieldset class="field">
      <legend>{form.labels["scopes"]}</legend>
      <p class="hint">{t("console-token-scopes-hint")}</p>
      <FieldError form={form} name="scopes" />
      {mine.map((right, index) => (
        <label class="choice" key={right}>
          <input
            id={index ? undefined : `${form.id}-scopes`}
            type="checkbox"
            checked={chosen.includes(right)}
            onChange={(event) =>
              form.put("scopes", event.currentTarget.checked ? [...chosen, right] : chosen.filter((one) => one !== right))
            }
          />
          <span>
            {choice("scope", right)} <code class="hint">{right}</code>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

function New({ close, made }: { close: () => void; made: (token: NewToken) => void }) {
  const form = useForm<Values, NewToken>({
    name: "token",
    initial: { name: "", expires_in_days: "90", scopes: [] },
    labels: { name: t("console-token-name"), expires_in_days: t("console-token-life"), scopes: t("console-token-scopes") },
    check: ({ name, scopes }) => ({
      name: name.trim() ? undefined : t("console-required"),
      scopes: scopes.length ? undefined : t("console-token-scopes-none"),
    }),
    send: ({ name, scopes, expires_in_days }, _, key) =>
      api.POST("/tokens", { body: { name: name.trim(), scopes, expires_in_days: Number(expires_in_days) }, ...under(key) }),
    done: made,
  });
  return (
    <Modal title={t("console-token-new")} close={close}>
      <FormView form={form}>
        <TextField form={form} name="name" hint={t("console-token-name-hint")} />
        <SelectField form={form} name="expires_in_days" options={DAYS.map((days) => [days, t("console-token-days", { days: Number(days) })])} />
        <Scopes form={form} />
        <div class="buttons">
          <Cancel form={form} close={close} />
          <Submit form={form}>{t("console-token-make")}</Submit>
        </div>
      </FormView>
    </Modal>
  );
}

export function Tokens() {
  const loaded = useLoad(() => api.GET("/tokens"));
  const [open, setOpen] = useState(false);
  const [made, setMade] = useState<NewToken>();
  const end = async ({ id, name }: Token) => {
    await acted(
      {
        title: t("console-token-end-title", { name }),
        body: t("console-token-end-body"),
        action: t("console-token-end"),
        danger: true,
      },
      async () => {
        await api.DELETE("/tokens/{id}", { params: { path: { id } } });
        done(t("console-token-ended", { name }));
        loaded.reload();
      },
    );
  };
  return (
    <>
      <p>{t("console-tokens-lead")}</p>
      <Show of={loaded}>
        {({ items }) =>
          items.length ? (
            <Table
              caption={t("console-tokens-title")}
              items={items}
              id={({ id }) => id}
              columns={[
                { label: t("console-token-name"), cell: ({ name }) => name },
                { label: t("console-token-scopes"), cell: ({ scopes }) => scopes.map((one) => choice("scope", one)).join(t("console-comma")) },
                { label: t("console-token-ends"), cell: ({ expires_at }) => <Time at={expires_at} /> },
                { label: t("console-field-last-used"), cell: ({ last_used_at }) => <Time at={last_used_at} /> },
                {
                  label: t("console-token-end"),
                  cell: (item) => (
                    <Act small label={t("console-act-on", { act: t("console-token-end"), name: item.name })} run={() => end(item)}>
                      {t("console-token-end")}
                    </Act>
                  ),
                },
              ]}
            />
          ) : (
            <p class="empty">{t("console-tokens-none")}</p>
          )
        }
      </Show>
      <p>
        <button type="button" class="secondary" onClick={() => setOpen(true)}>
          {t("console-token-new")}
        </button>
      </p>
      {open && (
        <New
          close={() => setOpen(false)}
          made={(token) => {
            setOpen(false);
            setMade(token);
            loaded.reload();
          }}
        />
      )}
      {made && (
        <ShownOnce
          title={t("console-token-made", { name: made.name })}
          lead={t("console-token-once")}
          label={t("console-token")}
          value={made.token}
          kept={t("console-token-kept")}
          close={() => setMade(undefined)}
        />
      )}
    </>
  );
}
