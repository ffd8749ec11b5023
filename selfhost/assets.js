// Serves the console's files on plain workerd, whose directory service knows no content types. A deployed edge and
// `wrangler dev` serve the same directory themselves.

const TYPES = { js: "text/javascript; charset=utf-8", css: "text/css; charset=utf-8", html: "text/html; charset=utf-8", svg: "image/svg+xml", json: "application/json" };

export default {
  async fetch(request, env) {
    if (request.method !== "GET" && request.method !== "HEAD") return new Response(null, { status: 405, headers: { allow: "GET, HEAD" } });
    const { pathname } = new URL(request.url);
    const file = await env.FILES.fetch(`http://files${pathname}`, { method: request.method });
    const type = TYPES[pathname.slice(pathname.lastIndexOf(".") + 1)];
    if (!file.ok || type === undefined) return new Response("Not found\n", { status: 404 });
    const hashed = /-[\w-]{8}\.js$/.test(pathname);
    return new Response(file.body, {
      headers: {
        "content-type": type,
        "cache-control": hashed ? "public, max-age=31536000, immutable" : "public, max-age=0, must-revalidate",
        "x-content-type-options": "nosniff",
      },
    });
  },
};
