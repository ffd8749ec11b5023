// Keys as X11 names them (keysymdef.h), as far as the screen's own buttons press them.

export const ZENKAKU_HANKAKU = 0xff2a;
export const CONTROL_LEFT = 0xffe3;
export const SHIFT_LEFT = 0xffe1;
const RETURN = 0xff0d;
const TAB = 0xff09;
/** Characters beyond Latin-1 are this and their number. */
const UNICODE = 0x0100_0000;

/** What takes Shift on which layout. Some servers find a character only while the keys are held that a keyboard needs. */
const SHIFTED: Record<string, string> = {
  jp: "!\"#$%&'()=~|`{+*}<>?_",
  us: "~!@#$%^&*()_+{}|:\"<>?",
};

export interface Key {
  symbol: number;
  shift: boolean;
}

/** The keys that type `text` on a keyboard with this layout, one for each character. */
export function keysOf(text: string, layout: string): Key[] {
  return [...text.replace(/\r\n?/g, "\n")].map((character) => {
    if (character === "\n") return { symbol: RETURN, shift: false };
    if (character === "\t") return { symbol: TAB, shift: false };
    const point = character.codePointAt(0) ?? 0;
    const shift = /[A-Z]/.test(character) || (SHIFTED[layout] ?? "").includes(character);
    return { symbol: point < 0x100 ? point : UNICODE + point, shift };
  });
}
