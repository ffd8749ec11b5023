// The peer of shared screens: a session on plain node and `ws`, which passes the same frames on by the same rules of credit,
// and knows nobody. Prints its origin. The one argument is how many people may come: their tickets are `0`, `1` and so on.

import { startRelay } from "../../console/tests/support/session_relay.mjs";

const count = Number(process.argv[2]);
const person = (number) => ({ role: number === 0 ? "guest" : "desk", name: `人 ${number}` });
const people = Object.fromEntries(Array.from({ length: count }, (_, number) => [String(number), person(number)]));
console.log((await startRelay({ people })).origin);
