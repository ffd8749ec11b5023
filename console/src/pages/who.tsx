// Who acted, by name where the reader may know it.

import { useEffect, useState } from "preact/hooks";
import { get, part } from "../api";
import { choice } from "../choices";
import { may } from "../session";
import { t } from "../text";
import type { Actor, User } from "../types";

/** Length of an id, in characters. */
export const ID_LENGTH = 22;

const names = new Map<string, Promise<string | undefined>>();

/** The name of a user; each is asked for once. Who was deleted has none. */
function nameOf(id: string): Promise<string | undefined> {
  const known = names.get(id);
  if (known) return known;
  const asked = get<User>(`users/${part(id)}`).then(
    ({ display_name }) => display_name,
    () => undefined,
  );
  names.set(id, asked);
  return asked;
}

/** The user's id: an access token's is followed by its own. */
function userOf({ kind, id }: Actor): string | undefined {
  const known = kind === "account" || kind === "approver" || kind === "token";
  const user = id?.split("/")[0];
  return known && user?.length === ID_LENGTH && may("users.read") ? user : undefined;
}

/** `full`: with the id, for the records. */
export function Who({ of, full }: { of: Actor; full?: boolean }) {
  const [name, setName] = useState<string>();
  const user = userOf(of);
  useEffect(() => {
    let current = true;
    setName(undefined);
    if (user) void nameOf(user).then((found) => current && setName(found));
    return () => {
      current = false;
    };
  }, [user]);
  const kind = choice("actor-kind", of.kind);
  return (
    <>
      {name ? t("console-audit-actor", { kind, id: name }) : kind}
      {full && of.id && (
        <>
          {" "}
          <code>{of.id}</code>
        </>
      )}
    </>
  );
}
