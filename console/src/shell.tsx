// The frame around every page of somebody who is logged in: where they are, who they are, and where they can go.

import { useEffect, useRef, useState } from "preact/hooks";
import { api } from "./api";
import { zoneName } from "./dates";
import { follow, type Topic, useTurn } from "./events";
import { pageAt } from "./pages";
import { Brand, brandName, Contact } from "./parts/brand";
import { FeedbackHost, failed } from "./parts/feedback";
import { Lazy } from "./parts/lazy";
import { Page } from "./parts/page";
import { place } from "./place";
import { allowed, home, navigation } from "./rights";
import { href, replace, route } from "./router";
import { ended, forgetDrafts, session } from "./session";
import { t } from "./text";
import { countAgain, waiting, waitingAt, waitingEnrolments, waitingLaunches } from "./waiting";
import "./frame.css";

/** What the numbers in the navigation count. */
const COUNTED: Topic[] = ["registrations", "questions", "inquiries", "mails", "desk_inquiries", "launches", "enrolments", "desk_enrolments"];

async function leave(): Promise<void> {
  try {
    await api.DELETE("/session");
  } catch (error) {
    return failed(error);
  }
  forgetDrafts();
  ended.set("left");
  replace();
  session.set(null);
}

function NavLink({ path, here }: { path: string; here: string }) {
  waiting.use();
  waitingLaunches.use();
  waitingEnrolments.use();
  const count = waitingAt(path);
  const name = t(`console-nav-${path === "" ? "overview" : path.replace("/", "-")}`);
  // A session belongs to a launch or to a shared screen, not to the page on which ID and password are typed.
  const within = path !== "desk/sessions" && here.startsWith(`${path}/`);
  const current = path === "" ? here === "" : here === path || within;
  return (
    <li>
      <a href={href(...path.split("/").filter(Boolean))} {...(current ? { "aria-current": "page" as const } : {})}>
        {name}
        {count > 0 && (
          <span class="waiting">
            <span aria-hidden="true">{count > 99 ? "99+" : count}</span>
            <span class="unseen">{t("console-nav-waiting", { count })}</span>
          </span>
        )}
      </a>
    </li>
  );
}

function Navigation({ here }: { here: string }) {
  const [open, setOpen] = useState(false);
  useEffect(() => setOpen(false), [here]);
  return (
    <nav aria-label={t("console-nav")} class={open ? "open" : ""}>
      <button type="button" class="menu" aria-expanded={open} aria-controls="nav-list" onClick={() => setOpen(!open)}>
        {t("console-menu")}
      </button>
      <div id="nav-list">
        {navigation().map(({ label, pages }) => (
          <div key={label}>
            {label && <p>{t(label)}</p>}
            <ul>
              {pages.map((path) => (
                <NavLink key={path} path={path} here={here} />
              ))}
            </ul>
          </div>
        ))}
      </div>
    </nav>
  );
}

function Inside({ path }: { path: string[] }) {
  const found = pageAt(path);
  if (!found) {
    return (
      <Page title={t("console-missing-title")}>
        <p>{t("console-missing-body")}</p>
        <p>
          <a href={href(home())}>{t("console-missing-back")}</a>
        </p>
      </Page>
    );
  }
  if (!allowed(found.entry)) {
    return (
      <Page title={t("console-forbidden-title")}>
        <p>{t("console-forbidden-body")}</p>
      </Page>
    );
  }
  // Another thing of the same kind is another page: it starts anew.
  return <Lazy key={path.join("/")} load={found.entry.load} name={found.entry.path} props={{ id: found.id }} />;
}

export function Shell() {
  const current = session.use();
  const { path } = route.use();
  const main = useRef<HTMLElement>(null);
  const here = path.join("/");
  const start = home();
  useEffect(() => {
    if (here === "" && start !== "") replace(...start.split("/"));
    else if (here !== "") countAgain();
  }, [here, start]);
  useEffect(() => void follow(), []);
  const counted = COUNTED.map(useTurn).join();
  useEffect(() => {
    if (here !== "") countAgain();
  }, [counted]);
  if (!current) return null;
  return (
    <>
      <button type="button" class="skip" onClick={() => main.current?.focus()}>
        {t("console-skip")}
      </button>
      <header class="top">
        <Brand>
          {(place.face?.logo || current.tenant.name !== brandName()) && <span class="tenant-name">{current.tenant.name}</span>}
        </Brand>
        <p class="me">
          <a href={href("account")}>{t("console-me", { name: current.name })}</a>
          <button type="button" class="plain" onClick={() => void leave()}>
            {t("console-logout")}
          </button>
        </p>
      </header>
      <div class="frame">
        <Navigation here={here} />
        <main ref={main} tabIndex={-1}>
          <FeedbackHost />
          <Inside path={path} />
          <div class="end">
            <Contact />
            <p>{t("console-zone", { zone: zoneName() })}</p>
          </div>
        </main>
      </div>
    </>
  );
}
