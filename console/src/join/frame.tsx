// The frame of the page outside a session, with this page's texts.

import type { ComponentChildren } from "preact";
import { Door as LinkDoor, Face } from "../parts/door";
import { speak, t } from "../text";
import { brandName, place } from "./place";

export function Brand() {
  return <Face name={brandName()} logo={place.logo} />;
}

interface DoorProps {
  title: string;
  /** Before joining. */
  first?: boolean;
  children: ComponentChildren;
}

export function Door({ title, first = false, children }: DoorProps) {
  const { logo, contact, product } = place;
  const labels = { languages: t("join-languages"), contact: t("join-contact") };
  return (
    <LinkDoor
      title={title}
      of={{ name: brandName(), logo, contact, product }}
      labels={labels}
      // What a person consents to is the edge's text, so before joining the edge writes the page anew.
      change={first ? undefined : (tag) => void speak(tag, "join")}
    >
      {children}
    </LinkDoor>
  );
}
