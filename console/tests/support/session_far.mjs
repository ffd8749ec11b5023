// The other end of one stream, as the machine or another participant plays it in a test: it sends what the page has paid
// for, and pays for what it has taken.

import { moduleOf } from "./module.mjs";

const { encode, endOf, frame, LONGEST_PAYLOAD } = await moduleOf("session/frames.ts");

const FIRST = 65_536;
const AHEAD = 262_144;

/** `put(bytes)` sends a message to the page; `from` is this end's address, `you` the page's. */
export function far({ put, kind, from, you = 2, stream }) {
  const end = { stream, received: 0, paid: FIRST, sent: 0, allowed: FIRST, waiting: [], closed: false, ondata: () => {}, onclose: () => {} };
  const frameOf = (act, offset, payload) => ({ ...frame(act, kind, you, stream, offset, payload), from });
  const flush = () => {
    while (end.waiting.length && !end.closed) {
      const [{ bytes, whole, over }] = end.waiting;
      const fits = Math.min(bytes.length, LONGEST_PAYLOAD, end.paid - end.sent - 24);
      if (fits < (whole ? bytes.length : Math.min(bytes.length, 1024))) return;
      const sent = frameOf("data", end.sent, new Uint8Array(bytes.subarray(0, fits)));
      put(encode(sent));
      end.sent = endOf(sent);
      if (fits === bytes.length) {
        end.waiting.shift();
        over();
      } else end.waiting[0].bytes = bytes.subarray(fits);
    }
  };
  const enqueue = (bytes, whole) =>
    new Promise((over) => {
      end.waiting.push({ bytes, whole, over });
      flush();
    });
  end.send = (bytes) => enqueue(bytes, false);
  /** Sends a message in one frame. */
  end.post = (bytes) => enqueue(bytes, true);
  end.close = () => {
    if (end.closed) return;
    end.closed = true;
    put(encode(frameOf("close")));
  };
  /** Whether the page is paid for what it sends. */
  end.pays = true;
  end.pay = () => {
    if (end.closed || end.allowed - end.received > AHEAD / 2) return;
    end.allowed = end.received + AHEAD;
    put(encode(frameOf("credit", end.allowed)));
  };
  end.took = (found) => {
    if (found.act === "credit") {
      end.paid = Math.max(end.paid, found.offset);
      flush();
    } else if (found.act === "close") {
      const answer = !end.closed;
      if (answer) put(encode(frameOf("close")));
      end.closed = true;
      end.onclose();
    } else if (found.act === "data") {
      if (found.offset !== end.received) throw new Error(`a frame at ${found.offset} instead of ${end.received}`);
      end.received = endOf(found);
      if (end.received > end.allowed) throw new Error("the page sent what was not paid for");
      end.ondata(found.payload);
      if (end.pays) end.pay();
    }
  };
  /** Opens it from this side. */
  end.open = () => put(encode(frameOf("open")));
  return end;
}
