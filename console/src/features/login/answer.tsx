// Back to the question of a mail, for which somebody had to log in first.

import { useEffect } from "preact/hooks";
import { Waiting } from "../../parts/load";
import type { PageProps } from "../../router";

export default function Answer({ id }: PageProps) {
  useEffect(() => location.replace(`/a/${encodeURIComponent(id)}`), [id]);
  return <Waiting />;
}
