// Reads copies from KV and caches them in memory for some seconds.

const MOST = 1024;

/** Reads JSON from `namespace`, at most `age` seconds old. Missing keys are not cached. */
export class Copies {
  #kept = new Map();

  constructor(age) {
    this.age = age;
  }

  async read(namespace, key, missing) {
    const now = seconds();
    const kept = this.#kept.get(key);
    if (kept !== undefined && now - kept.at < this.age) return kept.value;
    const value = (await namespace.get(key, "json")) ?? missing;
    if (value !== undefined) {
      if (this.#kept.size >= MOST) this.#kept.clear();
      this.#kept.set(key, { at: now, value });
    }
    return value;
  }
}

export function seconds() {
  return Math.floor(Date.now() / 1000);
}
