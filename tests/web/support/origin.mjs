// A data origin on loopback whose responses the test chooses.

import { once } from "node:events";
import { createServer } from "node:http";

/** Starts an origin; `answers` maps paths to handlers. Other paths return 200 and the request's headers. */
export async function startOrigin(answers = {}) {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://origin.example");
    (answers[pathname] ?? echo)(request, response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    stop() {
      server.closeAllConnections();
      return new Promise((stopped) => server.close(stopped));
    },
  };
}

async function echo(request, response) {
  let bytes = 0;
  for await (const chunk of request) bytes += chunk.length;
  const { method, url, headers } = request;
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ method, url, headers, bytes }));
}
