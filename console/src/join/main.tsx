// The page behind the link of an attended session, for people at the customer: `GET /j/{token}`. This file starts it; it
// reads what the edge has written into the page, and asks the edge for nothing.

import { render } from "preact";
import "../../../styles/tokens.css";
import "../../../styles/controls.css";
import "../parts/brand.css";
import "../parts/fields.css";
import "../parts/surfaces.css";
import { isLocale, need, speak } from "../text";
import { App } from "./app";
import "./join.css";
import { place, root } from "./place";

async function start(): Promise<void> {
  await need("session");
  await speak(isLocale(place.locale) ? place.locale : "ja", "join");
  root.replaceChildren();
  render(<App />, root);
}

void start();
