import { createHash } from "node:crypto";
import type { BackfillOptions } from "../backfill/backfill-options.ts";

/** What a revision asked for, in so far as two runs of its file can be compared. */
export interface Call {
  /** The method of `op`. */
  readonly name: string;
  /** What it was called with, as text. */
  readonly text: string;
  /** The statement, where it is one that was written as it is. */
  readonly sql?: string;
}

function replace(this: unknown, _key: string, value: unknown): unknown {
  // A batch is known by what it is written as.
  if (typeof value === "function") return value.toString().replaceAll(/\s+/g, " ");
  if (typeof value === "bigint") return `${value}n`;
  return value;
}

/** Without what only says how fast it goes. */
function withoutPace(args: readonly unknown[]): readonly unknown[] {
  const [table, options] = args;
  const { set, where, key }: Partial<BackfillOptions> = { ...(typeof options === "object" && options) };
  return [table, { set, where, key }];
}

/** The identity of a call; arguments that no text can be made of leave no trace in it. */
export function identifyCall(name: string, args: readonly unknown[]): Call {
  try {
    const [sql] = args;
    return {
      name,
      text: JSON.stringify(name === "backfill" ? withoutPace(args) : args, replace),
      ...(name === "execute" && typeof sql === "string" && { sql }),
    };
  } catch {
    return { name, text: "" };
  }
}

/** The digest of a call and of all that came before it. */
export function chainDigest(before: string, { name, text }: Call): string {
  return createHash("sha256").update(before).update("\0").update(name).update("\0").update(text).digest("hex");
}
