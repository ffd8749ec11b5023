// The page on which a person tries, before a session that is agreed upon, whether it will work on their machine (Z2):
// `GET /m/{token}/check`. This file starts it; nothing is asked of the edge before the person's press.

import { render } from "preact";
import "../../../styles/tokens.css";
import "../../../styles/controls.css";
import "../parts/brand.css";
import "../parts/fields.css";
import "../parts/surfaces.css";
import { isLocale, speak } from "../text";
import { App } from "./app";
import "./check.css";
import { place, root } from "./place";
import { Preflight } from "./preflight";

async function start(): Promise<void> {
  await speak(isLocale(place.locale) ? place.locale : "ja", "check");
  root.replaceChildren();
  render(<App preflight={new Preflight(place.found)} />, root);
}

void start();
