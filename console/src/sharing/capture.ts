// The picture of a screen, a window or a tab, as the browser captures it once the person has chosen one in the browser's
// own dialog. Nothing is captured before, and no choice is remembered.

import type { Surface } from "../session/control";

/** Why there is nothing to share. `system`: the operating system does not let the browser capture. */
export type CaptureFailure = "cancelled" | "system" | "failed";

export interface Capture {
  track: MediaStreamTrack;
  surface: Surface;
}

/** Limits of the picture that viewers get: more than that no viewer's screen shows sharply. */
const MOST = { width: 1920, height: 1200, rate: 30 };

/** Members that the library of types does not know yet. */
interface DisplayOptions extends DisplayMediaStreamOptions {
  selfBrowserSurface?: "include" | "exclude";
  surfaceSwitching?: "include" | "exclude";
  monitorTypeSurfaces?: "include" | "exclude";
  systemAudio?: "include" | "exclude";
}

export class NoCapture extends Error {
  constructor(readonly why: CaptureFailure) {
    super(why);
  }
}

function whyNot(error: unknown): CaptureFailure {
  const { name, message } = error instanceof Error ? error : { name: "", message: "" };
  if (name === "NotAllowedError") return /system/i.test(message) ? "system" : "cancelled";
  // Firefox on a Mac finds no screen, and Chromium cannot start one, where the system keeps it from them.
  if (name === "NotFoundError" || name === "NotReadableError") return "system";
  return name === "AbortError" ? "cancelled" : "failed";
}

export function surfaceOf(track: MediaStreamTrack): Surface {
  const { displaySurface } = track.getSettings();
  return displaySurface === "monitor" || displaySurface === "window" || displaySurface === "browser" ? displaySurface : "unknown";
}

/** Asks the person what to share. Fails with `NoCapture`. */
export async function capture(): Promise<Capture> {
  const options: DisplayOptions = {
    video: { width: { max: MOST.width }, height: { max: MOST.height }, frameRate: { ideal: MOST.rate, max: MOST.rate } },
    audio: false,
    // This page would show itself, again and again.
    selfBrowserSurface: "exclude",
    surfaceSwitching: "include",
    monitorTypeSurfaces: "include",
  };
  let stream: MediaStream;
  try {
    stream = await navigator.mediaDevices.getDisplayMedia(options);
  } catch (error) {
    throw new NoCapture(whyNot(error));
  }
  const [track, ...others] = stream.getVideoTracks();
  for (const other of [...others, ...stream.getAudioTracks()]) other.stop();
  if (!track) throw new NoCapture("failed");
  // Sharp letters come before smooth movement.
  track.contentHint = "detail";
  return { track, surface: surfaceOf(track) };
}
