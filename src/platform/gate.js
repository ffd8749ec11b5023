// The gate, as the module calls it.

export { forward } from "forwarding";
