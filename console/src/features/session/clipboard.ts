// The clipboard of a machine's display, by requests to its agent: its VNC server may have none of its own.

import type { Channel } from "../../session/channel";
import { newId } from "../../session/control";
import { bring } from "./bring";

const READER = new TextDecoder();
/** Most characters that one request carries. */
export const MOST_TEXT = 4000;
/** How long the machine may take, in ms. */
const PATIENCE = 10_000;

/** Puts `text` into the clipboard. False where the agent cannot, and the VNC server has to. */
export async function putText(of: Channel, text: string): Promise<boolean> {
  if (text.length > MOST_TEXT || of.view.get().phase !== "open") return false;
  const id = newId();
  return new Promise((over) => {
    const end = (done: boolean) => {
      clearTimeout(timer);
      unheard();
      over(done);
    };
    const timer = setTimeout(() => end(false), PATIENCE);
    const unheard = of.heard((message) => {
      if (message.type === "done" && message.id === id) end(message.outcome === "done");
    });
    of.say({ type: "request", id, deed: { what: "put_text", text } });
  });
}

/** The text in the clipboard; nothing where the agent cannot tell. */
export async function takeText(of: Channel): Promise<string | undefined> {
  const brought = await bring(of, { what: "take_text" });
  return typeof brought === "string" ? undefined : READER.decode(brought);
}
