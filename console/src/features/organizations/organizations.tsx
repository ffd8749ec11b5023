// The organisations of the tenant as a tree.

import { useState } from "preact/hooks";
import { api } from "../../api";
import { acted } from "../../parts/confirm";
import { done } from "../../parts/feedback";
import { ExportLink } from "../../parts/filters";
import { Show, useLoad } from "../../parts/load";
import { Page } from "../../parts/page";
import { href } from "../../router";
import { may, session } from "../../session";
import { t } from "../../text";
import type { Organization } from "../../types";
import { type Branch, loadOrganizations, trees } from "./data";
import { OrganizationDialog } from "./dialog";
import "./organizations.css";

interface Editing {
  of?: Organization;
  parent: string | null;
}

interface TreeProps {
  branches: Branch[];
  edit: (editing: Editing) => void;
  drop: (of: Organization) => void;
}

function Tree({ branches, edit, drop }: TreeProps) {
  const mine = session.get()?.organization;
  return (
    <ul class="tree">
      {branches.map(({ of, branches: below }) => (
        <li key={of.id}>
          <div class="node">
            <span class="name">
              <b>{of.name}</b>
              <a
                class="hint"
                href={`${href("users")}?organization=${of.id}`}
                aria-label={t("console-act-on", { act: t("console-organization-users"), name: of.name })}
              >
                {t("console-organization-users")}
              </a>
            </span>
            {may("users.write") && (
              <span class="node-actions">
                <button type="button" class="plain" aria-label={t("console-act-on", { act: t("console-organization-add-below"), name: of.name })} onClick={() => edit({ parent: of.id })}>
                  {t("console-organization-add-below")}
                </button>
                {of.id !== mine && (
                  <>
                    <button type="button" class="plain" aria-label={t("console-act-on", { act: t("console-change"), name: of.name })} onClick={() => edit({ of, parent: of.parent })}>
                      {t("console-change")}
                    </button>
                    <button type="button" class="plain bad" aria-label={t("console-act-on", { act: t("console-delete"), name: of.name })} onClick={() => drop(of)}>
                      {t("console-delete")}
                    </button>
                  </>
                )}
              </span>
            )}
          </div>
          {below.length > 0 && <Tree branches={below} edit={edit} drop={drop} />}
        </li>
      ))}
    </ul>
  );
}

export default function Organizations() {
  const loaded = useLoad(loadOrganizations);
  const [editing, setEditing] = useState<Editing>();
  const drop = async (of: Organization) => {
    await acted(
      {
        title: t("console-organization-delete-title", { name: of.name }),
        body: t("console-organization-delete-body"),
        action: t("console-delete"),
        danger: true,
      },
      async () => {
        await api.DELETE("/organizations/{id}", { params: { path: { id: of.id } } });
        done(t("console-organization-deleted", { name: of.name }));
        loaded.reload();
      },
    );
  };
  // At the top only those put something who are not limited to an organisation.
  const everywhere = may("users.write") && session.get()?.role !== "organization_administrator";
  return (
    <Page
      title={t("console-nav-organizations")}
      lead={t("console-organizations-lead")}
      actions={
        <>
          <ExportLink path="/organizations/export" query={{}} />
          {everywhere && (
            <button type="button" class="primary small" onClick={() => setEditing({ parent: null })}>
              {t("console-organization-add")}
            </button>
          )}
        </>
      }
    >
      <Show of={loaded}>
        {(all) => (
          <>
            {all.length ? (
              <Tree branches={trees(all)} edit={setEditing} drop={(of) => void drop(of)} />
            ) : (
              <p class="empty">{t("console-organizations-none")}</p>
            )}
            {editing && (
              <OrganizationDialog
                {...editing}
                all={all}
                close={() => setEditing(undefined)}
                saved={() => {
                  setEditing(undefined);
                  done(t("console-saved"));
                  loaded.reload();
                }}
              />
            )}
          </>
        )}
      </Show>
    </Page>
  );
}
