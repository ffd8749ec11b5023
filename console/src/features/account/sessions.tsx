// Where one is logged in.

import { api } from "../../api";
import { done, failed } from "../../parts/feedback";
import { Table } from "../../parts/list";
import { Show, useLoad } from "../../parts/load";
import { Act, Time } from "../../parts/shown";
import { t } from "../../text";
import type { SessionItem } from "../../types";

/** In the order in which they are looked for: most browsers also call themselves by the names of others. */
const BROWSERS: [string, RegExp][] = [
  ["Edge", /Edg(?:e|A|iOS)?\//],
  ["Firefox", /Firefox\//],
  ["Chrome", /Chrome\//],
  ["Safari", /Safari\//],
];
const SYSTEMS = ["Windows", "Android", "iPhone", "iPad", "Mac OS X", "Linux"];

/** The browser and the system, out of what the browser calls itself. */
export function browser(agent: string): string {
  const name = BROWSERS.find(([, pattern]) => pattern.test(agent))?.[0];
  const system = SYSTEMS.find((one) => agent.includes(one));
  return [name, system].filter(Boolean).join(" / ") || agent || t("console-none");
}

export function Sessions() {
  const loaded = useLoad(() => api.GET("/sessions"));
  const end = async ({ id, agent }: SessionItem) => {
    try {
      await api.DELETE("/sessions/{id}", { params: { path: { id } } });
      done(t("console-session-ended", { browser: browser(agent) }));
      loaded.reload();
    } catch (error) {
      failed(error);
    }
  };
  return (
    <Show of={loaded}>
      {({ items }) => (
        <Table
          caption={t("console-sessions-title")}
          items={items}
          id={({ id }) => id}
          columns={[
            { label: t("console-session-browser"), cell: ({ agent }) => <span title={agent}>{browser(agent)}</span> },
            { label: t("console-session-address"), cell: ({ address }) => <span class="breaks">{address}</span> },
            { label: t("console-session-began"), cell: ({ created_at }) => <Time at={created_at} /> },
            { label: t("console-session-seen"), cell: ({ last_seen_at }) => <Time at={last_seen_at} /> },
            {
              label: t("console-logout"),
              cell: (item) =>
                item.current ? (
                  <span class="state good">{t("console-session-current")}</span>
                ) : (
                  <Act small label={t("console-act-on", { act: t("console-logout"), name: browser(item.agent) })} run={() => end(item)}>
                    {t("console-logout")}
                  </Act>
                ),
            },
          ]}
        />
      )}
    </Show>
  );
}
