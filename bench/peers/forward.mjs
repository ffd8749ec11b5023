// Forwarding unchecked: a worker that hands each request to the data origin and the answer back, and asks nothing. It is
// the bound of what any gate on this platform can reach.

export default {
  fetch(request, { ORIGIN }) {
    const { pathname, search } = new URL(request.url);
    const headers = new Headers(request.headers);
    // The benchmark's origin accepts only what looks like a gate's request.
    for (const name of ["authorization", "dpop", "cookie", "cf-connecting-ip"]) headers.delete(name);
    headers.set("tegata-identity", "none");
    const target = ORIGIN + pathname.slice(pathname.indexOf("/gate/") + "/gate".length) + search;
    return fetch(target, { method: request.method, headers, body: request.body, redirect: "manual" });
  },
};
