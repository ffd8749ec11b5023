// A worker that does nothing: the cost of the platform itself.

export default {
  fetch() {
    return new Response("ok", { headers: { "content-type": "text/plain; charset=utf-8" } });
  },
};
