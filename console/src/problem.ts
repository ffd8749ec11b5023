// Why a call of the API failed, as the server's problem document (RFC 9457) says it.

import type { components } from "./api-types";

/** What a refusal says; something between here and the server may say less. */
type ProblemDocument = Partial<Omit<components["schemas"]["Problem"], "current">> & { current?: unknown };

/** Why a call failed. `offline` and `cancelled` are codes of the console's own. */
export class Problem extends Error {
  readonly field: string | undefined;
  readonly detail: string;
  readonly current: unknown;
  /** What a time may mean that does not exist in its zone, or exists twice. */
  readonly choices: components["schemas"]["TimeAsked"][];

  constructor(
    readonly status: number,
    readonly code: string,
    document: ProblemDocument = {},
    /** Seconds. */
    readonly retryAfter: number = 0,
  ) {
    super(`${status} ${code}`);
    this.field = document.field;
    this.detail = document.detail ?? "";
    this.current = document.current;
    this.choices = document.choices ?? [];
  }

  static from(error: unknown): Problem {
    return error instanceof Problem ? error : new Problem(0, "failed", { detail: String(error) });
  }

  /** The problem that a response with an error's status describes. */
  static async of(response: Response): Promise<Problem> {
    let document: ProblemDocument = {};
    try {
      document = (await response.json()) as ProblemDocument;
    } catch {
      // Something between here and the server answered in its own way.
    }
    const unavailable = response.status >= 500 ? "unavailable" : "failed";
    const wait = Number(response.headers.get("retry-after") ?? 0);
    return new Problem(response.status, document.code ?? unavailable, document, Number.isFinite(wait) ? wait : 0);
  }
}
