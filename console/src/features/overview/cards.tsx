// Cards of what waits for somebody: a number that leads to its list.

import type { ComponentChildren } from "preact";
import { useLoad } from "../../parts/load";
import { href } from "../../router";
import { t } from "../../text";
import { enrolmentsPath, loadWaitingEnrolments, MOST } from "../../waiting";
import "./overview.css";

interface Waits {
  count: number;
  path: string;
  label: string;
  /** How many of them are late. */
  overdue?: number;
}

export function WaitingCard({ count, path, label, overdue = 0 }: Waits) {
  const number = (found: number) => (found >= MOST ? t("console-overview-hundred") : t("console-overview-number", { count: found }));
  return (
    <li class={count ? "card some" : "card"}>
      <a href={href(...path.split("/"))}>
        <span class="label">{label}</span>
        <span class="number">{number(count)}</span>
        <span class="hint">{t(`console-overview-${path.replace("/", "-")}`, { count, overdue })}</span>
      </a>
    </li>
  );
}

/** Machines that wait to be enrolled. The desk answers most of them; a customer has a card only while there are some. */
export function EnrolmentsCard() {
  const path = enrolmentsPath();
  const desk = path === "desk/enrolments";
  const { data } = useLoad(loadWaitingEnrolments, "", desk ? "desk_enrolments" : "enrolments");
  if (data === undefined || (!desk && data === 0)) return null;
  return <WaitingCard count={data} path={path} label={t(`console-nav-${path.replace("/", "-")}`)} />;
}

export function Cards({ children }: { children: ComponentChildren }) {
  return <ul class="cards">{children}</ul>;
}

/** Something that should be done, and where. */
export function Advice({ text, path, action }: { text: string; path: string; action: string }) {
  return (
    <div class="outcome caution">
      <p>{text}</p>
      <p>
        <a href={href(...path.split("/"))}>{action}</a>
      </p>
    </div>
  );
}
