// What a refusal says to the reader.

import type { Problem } from "../problem";
import { maybe, t } from "../text";

export function problemText(problem: Problem): string {
  if (problem.code === "too-many-requests") {
    return t("console-problem-too-many-requests", { minutes: Math.max(1, Math.ceil(problem.retryAfter / 60)) });
  }
  return maybe(`console-problem-${problem.code}`) ?? t("console-problem-failed");
}

/** What is wrong with a new password. */
export function passwordText(problem: Problem): string {
  const word = /^[a-z-]+/.exec(problem.detail)?.[0] ?? "";
  return maybe(`console-password-${word}`) ?? t("console-password-rules");
}
