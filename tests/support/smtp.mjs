// A submission server with STARTTLS and AUTH that first misbehaves and then recovers. Arguments: key and certificate
// file. It prints its port, and then one line of JSON for every mail it has accepted.

import { readFileSync } from "node:fs";

import { simpleParser } from "mailparser";
import { SMTPServer } from "smtp-server";

const [key, cert] = process.argv.slice(2).map((file) => readFileSync(file));

/** The faults, in order; after them the server works. */
const faults = ["hang up", "greylist", "drop before 250", "wrong password", "drop before 250", "greylist"];

const refusal = (code, text) => Object.assign(new Error(text), { responseCode: code });

const server = new SMTPServer({
  secure: false,
  key,
  cert,
  authOptional: false,
  disableReverseLookup: true,
  logger: false,
  onConnect(session, done) {
    session.fault = faults.shift();
    if (session.fault === "hang up") return done(refusal(421, "try later"));
    return done();
  },
  onAuth(auth, session, done) {
    const known = auth.username === "tegata" && auth.password === "correct horse";
    if (!known || session.fault === "wrong password") return done(refusal(535, "no such user"));
    return done(null, { user: auth.username });
  },
  onRcptTo(address, session, done) {
    return session.fault === "greylist" ? done(refusal(451, "greylisted")) : done();
  },
  async onData(stream, session, done) {
    const mail = await simpleParser(stream);
    // Its own connection alone: on another, a mail may have been printed whose 250 has not been read yet.
    if (session.fault === "drop before 250") return [...server.connections].find((connection) => connection.session === session)?.close();
    const { secure } = session;
    const { messageId, subject, text } = mail;
    console.log(JSON.stringify({ messageId, subject, text, secure, to: mail.to.text, from: mail.from.text, auto: mail.headers.get("auto-submitted") }));
    return done();
  },
});
server.on("error", () => {}); // Broken connections are this server's purpose.
server.listen(0, "127.0.0.1", () => console.log(server.server.address().port));
process.stdin.on("end", () => process.exit(0)).resume();
