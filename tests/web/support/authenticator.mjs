// Chromium's virtual authenticator: a device with a screen lock in one page's browser.

/** A built-in authenticator with discoverable credentials and user verification. */
const INTERNAL = { protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true };

export class Authenticator {
  /** Gives `page` a device whose owner is present and verified, until a test changes that. */
  static async of(page) {
    const authenticator = new Authenticator();
    authenticator.browser = await page.context().newCDPSession(page);
    await authenticator.browser.send("WebAuthn.enable");
    const options = { ...INTERNAL, isUserVerified: true, automaticPresenceSimulation: true };
    ({ authenticatorId: authenticator.id } = await authenticator.browser.send("WebAuthn.addVirtualAuthenticator", { options }));
    return authenticator;
  }

  send(command, more = {}) {
    return this.browser.send(`WebAuthn.${command}`, { authenticatorId: this.id, ...more });
  }

  /** Whether its owner can be verified. */
  verifies(isUserVerified) {
    return this.send("setUserVerified", { isUserVerified });
  }

  async passkeys() {
    return (await this.send("getCredentials")).credentials;
  }

  /** Keeps only `passkeys`. */
  async keep(passkeys) {
    await this.send("clearCredentials");
    for (const credential of passkeys) await this.send("addCredential", { credential });
  }
}
