// One end of a slow line: passes connections on, each piece of them after a delay. Takes in no more than is on its way out,
// so that a slow line is felt on the other side. Usage: line.mjs LISTEN-HOST LISTEN-PORT TO-HOST TO-PORT DELAY-MS

import { connect, createServer } from "node:net";

const [host, port, toHost, toPort, delay] = process.argv.slice(2);
/** Bytes that may be on their way; what a line of 256 kbit/s carries in a second is half of it. */
const MOST = 65_536;

function pass(from, to) {
  let held = 0;
  let last = Promise.resolve();
  const out = async (bytes, due) => {
    const wait = due - performance.now();
    if (wait > 0) await new Promise((over) => setTimeout(over, wait));
    if (!to.destroyed && !to.write(bytes)) await new Promise((over) => to.once("drain", over).once("close", over));
    held -= bytes.length;
    if (held < MOST) from.resume();
  };
  from.on("data", (bytes) => {
    held += bytes.length;
    if (held >= MOST) from.pause();
    const due = performance.now() + Number(delay);
    last = last.then(() => out(bytes, due));
  });
  from.on("end", () => void last.then(() => to.end()));
  from.on("error", () => to.destroy());
  from.on("close", () => void last.then(() => to.destroy()));
}

createServer((near) => {
  near.setNoDelay(true);
  const far = connect({ host: toHost, port: Number(toPort), noDelay: true });
  pass(near, far);
  pass(far, near);
}).listen(Number(port), host, () => console.log("listening"));
