import type { ObjectName } from "../../schema/model/defined-object.ts";

/** `on trigger "After" on todos`, `on view titles`: the kind of what is spoken of, and its name. */
const ON = /^on ((?:materialized |event )?[a-z]+) (.*)$/s;

/** A name as the server quotes it, in front of that of what it belongs to. */
const QUOTED_PART = /^("(?:[^"]|"")*")( on .*)$/s;

/** What the model keeps as something of its own, with its name as it is, and not as SQL has it. */
const PLAIN_PARTS: ReadonlySet<string> = new Set(["trigger", "constraint"]);

const OF_DOMAIN = /^(?:"(?:[^"]|"")*"|\S+) on domain /;

function unquotePart(name: string): string {
  const [, part, rest] = QUOTED_PART.exec(name) ?? [];
  return part === undefined || rest === undefined ? name : `${part.slice(1, -1).replaceAll('""', '"')}${rest}`;
}

/** What a note or rights are on, as the model calls it: they are named after it. */
export function findNoted({ kind, name }: ObjectName): ObjectName | undefined {
  if (kind !== "comment" && kind !== "grants") return undefined;
  const [, word = "", noted = name] = ON.exec(name) ?? [];
  if (OF_DOMAIN.test(noted)) return { kind: "domain", name: noted.replace(OF_DOMAIN, "") };
  return { kind: word, name: PLAIN_PARTS.has(word) ? unquotePart(noted) : noted };
}
