// What was measured, on its way to the service, which answers with its verdicts. This is the only request of the page that
// changes anything.

import { Problem } from "../problem";
import type { CaptureFailure } from "../sharing/capture";
import type { Surface } from "../session/control";
import { locale } from "../text";
import { machine } from "./machine";
import { place } from "./place";
import { readResult, type Result } from "./verdicts";

/** What came of an attempt to share the screen. */
export type Attempt = Surface | CaptureFailure | "unsupported";

/** What was measured. What is absent was not tried, or could not be measured. */
export interface Measured {
  socket?: boolean;
  download?: number | undefined;
  upload?: number | undefined;
  peer?: boolean;
  clock?: number | undefined;
  sharing?: Attempt;
}

/** Milliseconds. */
const PATIENCE = 20_000;

type Sharing = "shared" | "window" | "denied" | "unsupported";

const SHARING: Record<Attempt, Sharing> = {
  monitor: "shared",
  // Not every browser says what was chosen.
  unknown: "shared",
  window: "window",
  browser: "window",
  cancelled: "denied",
  system: "denied",
  failed: "denied",
  unsupported: "unsupported",
};

function report({ socket = false, download, upload, peer, clock, sharing }: Measured) {
  return {
    locale: locale.get(),
    ...machine(),
    socket,
    download_kbps: download,
    upload_kbps: upload,
    peer,
    sharing: sharing && SHARING[sharing],
    clock_seconds: clock,
  };
}

/** Fails with a `Problem`. */
export async function send(measured: Measured): Promise<Result> {
  let response: Response;
  try {
    response = await fetch(place.path, {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/json" },
      body: JSON.stringify(report(measured)),
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (!response.ok) throw await Problem.of(response);
    const result = readResult(await response.text());
    if (!result) throw new Problem(response.status, "failed");
    return result;
  } catch (error) {
    throw error instanceof Problem ? error : new Problem(0, "offline");
  }
}

/** Why the result was not taken; each has a text. */
const BY_CODE: Record<string, string> = { "session-over": "over", suspended: "suspended", offline: "offline" };
const BY_STATUS: Record<number, string> = { 404: "unknown", 410: "over", 429: "many" };

export function whyNot({ code, status }: Problem): string {
  return BY_CODE[code] ?? BY_STATUS[status] ?? "failed";
}

/** Whether the same result may be taken a little later. */
export function mayBeTaken(problem: Problem): boolean {
  return !["over", "unknown", "suspended"].includes(whyNot(problem));
}
