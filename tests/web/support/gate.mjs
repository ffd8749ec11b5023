// A tenant whose data origin runs in this test, and requests through its gate.

import { request } from "node:http";

import { startOrigin } from "./origin.mjs";
import { makeTenant } from "./tenant.mjs";
import { bearerToken } from "./viewer.mjs";

/** Starts an origin with `answers` and a tenant in front of it, with one active Viewer. */
export async function openGate(answers) {
  const origin = await startOrigin(answers);
  const tenant = await makeTenant({ policy: { data_origin: origin.url } });
  const bearer = await bearerToken(tenant);
  const authorization = `Bearer ${bearer}`;
  return {
    origin,
    tenant,
    bearer,

    /** A request of the Viewer. */
    fetch(path, { headers, ...options } = {}) {
      return fetch(`${tenant.issuer}/gate${path}`, { redirect: "manual", duplex: "half", ...options, headers: { authorization, ...headers } });
    },

    /** The same with headers that fetch does not send; the response with its text. */
    raw(path, headers = {}) {
      return new Promise((resolve, reject) => {
        const sent = request(`${tenant.issuer}/gate${path}`, { headers: { authorization, ...headers } });
        sent.on("error", reject);
        sent.on("response", async (response) => {
          const chunks = [];
          for await (const chunk of response) chunks.push(chunk);
          resolve({ status: response.statusCode, headers: response.headers, text: Buffer.concat(chunks).toString() });
        });
        sent.end();
      });
    },
  };
}
