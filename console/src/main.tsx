// The administrators' console (C1 to C8). This file starts it; what is in the frame is decided in app.tsx.

import { render } from "preact";
import { loadSession } from "./api";
import { App } from "./app";
import "./app.css";
import { keepFocus } from "./parts/focus";
import { place, root } from "./place";
import { session } from "./session";
import { chosenLocale, isLocale, speak } from "./text";

async function start(): Promise<void> {
  const first = chosenLocale() ?? (isLocale(place.locale) ? place.locale : "ja");
  const asked = loadSession().catch(() => session.set(null));
  await speak(first);
  await asked;
  const own = session.get()?.locale;
  if (own) await speak(own);
  render(<App />, root);
  keepFocus(root);
}

void start();
