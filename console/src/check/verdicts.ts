// What is checked, and what the service made of it. The service decides; this page only measures.

/** In the order in which they are tried. Sharing is last, because a person has to choose something for it. */
export const CHECKS = ["browser", "socket", "download", "upload", "peer", "clock", "sharing"] as const;
export type Check = (typeof CHECKS)[number];

const VERDICTS = ["passed", "warned", "failed", "untested"] as const;
export type Verdict = (typeof VERDICTS)[number];

export interface Judged {
  check: Check;
  verdict: Verdict;
  /** Of `download` and `upload` kbit/s, of `clock` the seconds by which the browser's is ahead. */
  value: number | undefined;
}

export interface Result {
  /** Unix seconds. */
  at: number;
  checks: Judged[];
}

function readJudged({ check, verdict, value }: Record<string, unknown>): Judged[] {
  const known = CHECKS.find((one) => one === check);
  const found = VERDICTS.find((one) => one === verdict);
  return known && found ? [{ check: known, verdict: found, value: typeof value === "number" ? value : undefined }] : [];
}

/** A result as the service writes it. Checks that this page does not know yet are skipped. */
export function readResult(text: string): Result | undefined {
  try {
    const { at, checks } = JSON.parse(text) as { at: unknown; checks: unknown };
    if (typeof at !== "number" || !Array.isArray(checks)) return undefined;
    return { at, checks: checks.flatMap(readJudged) };
  } catch {
    return undefined;
  }
}
