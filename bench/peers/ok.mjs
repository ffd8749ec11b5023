// The worker that does nothing: what the platform itself costs.

export default {
  fetch() {
    return new Response("ok", { headers: { "content-type": "text/plain; charset=utf-8" } });
  },
};
