//! The shell of a page that a program shows to the one person who started it: a server on 127.0.0.1, which nobody else on
//! this PC and no page of another site can use. It knows no page and no text: a program brings its pages as a router, and
//! the rest of what people see as a `Shell`.
//!
//! The person gets a URL that lets in once (`door`). It leads to a page with a form; only posting that form spends the
//! URL, so that a browser that fetches ahead, or a scanner, uses nothing up. The answer sets a session cookie. Cookies
//! know no ports: a browser would send it to every other program on 127.0.0.1 that the person visits. Its path is
//! therefore random, and all pages are below it.
//!
//! Every request is checked before a page sees it (`checks`), and what the pages get is bounded (`server`).

pub mod checks;
pub mod door;
pub mod launch;
pub mod server;
