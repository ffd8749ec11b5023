// The administrators' console (C1 to C8). This file starts it; what is in the frame is decided in app.tsx.

import { render } from "preact";
import "../../styles/tokens.css";
import "../../styles/controls.css";
import { loadSession } from "./api";
import { App } from "./app";
import { pageAt } from "./pages";
import { keepFocus } from "./parts/focus";
import { preload } from "./parts/lazy";
import { place, root } from "./place";
import { route } from "./router";
import { may, session } from "./session";
import { chosenLocale, isLocale, speak } from "./text";
import { askEarly } from "./waiting";

/** Who it is; and where the overview comes first, what it shows. */
async function ask(overview: boolean): Promise<void> {
  await loadSession().catch(() => session.set(null));
  if (overview && session.get()?.state === "signed_in" && may("overview")) askEarly();
}

/** Everything the first view needs is fetched side by side. */
async function start(): Promise<void> {
  const first = chosenLocale() ?? (isLocale(place.locale) ? place.locale : "ja");
  const opened = pageAt(route.get().path)?.entry;
  const code = opened && preload(opened.path, opened.load);
  await Promise.all([ask(opened?.path === ""), speak(first)]);
  const own = session.get()?.locale;
  if (own) await Promise.all([code, speak(own)]);
  render(<App />, root);
  keepFocus(root);
}

void start();
