// Joining with ID and password: the way into a session that somebody at the machine has started (K6).

import { Page } from "../../parts/page";
import { Section } from "../../parts/shown";
import { go } from "../../router";
import { t } from "../../text";
import { JoinForm } from "./join_form";
import "./session.css";

export default function JoinPage() {
  return (
    <Page title={t("console-nav-desk-sessions")} lead={t("console-session-join-lead")}>
      <Section title={t("console-session-join-title")}>
        <JoinForm joined={(number) => go("desk", "sessions", number)} />
      </Section>
    </Page>
  );
}
