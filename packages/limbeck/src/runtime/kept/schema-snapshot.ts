import { createHash } from "node:crypto";
import type { IntrospectionScope } from "../../dialect/dialect.ts";
import type { Schema } from "../../schema/model/schema.ts";

/** What a schema looked like, a hash for each object. */
export interface SchemaSnapshot {
  /** The versions of Limbeck and of the engine: another one may see the same in another way. */
  readonly by: string;
  /** What was looked at. Absent where it was everything. */
  readonly scope?: "own";
  /** By the words for it: `table todos`. */
  readonly objects: Readonly<Record<string, string>>;
}

/** Who looks at a schema. */
interface Onlooker {
  readonly toolVersion: string;
  readonly serverVersion: string;
  readonly scope?: IntrospectionScope;
}

/** How much of a hash is kept: what was changed by hand is not made to look as before. */
const LENGTH = 12;

/** The same text for the same data, in whichever order its keys are. */
function writeSorted(data: unknown): string {
  return JSON.stringify(data, (_, value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}

const hash = (data: unknown): string => createHash("sha256").update(writeSorted(data)).digest("hex").slice(0, LENGTH);

const listAll = ({
  tables,
  views,
  triggers,
  enums,
  sequences,
  objects,
}: Schema): readonly (readonly [string, unknown])[] => [
  ...tables.map((one) => [`table ${one.name}`, one] as const),
  ...views.map((one) => [`view ${one.name}`, one] as const),
  ...triggers.map((one) => [`trigger ${one.name} of ${one.table}`, one] as const),
  ...enums.map((one) => [`enum ${one.name}`, one] as const),
  ...sequences.map((one) => [`sequence ${one.name}`, one] as const),
  ...objects.map(
    (one) => [`${one.kind} ${one.name}${one.table === undefined ? "" : ` of ${one.table}`}`, one] as const,
  ),
];

/** Takes down what a schema looks like. */
export function takeSnapshot(schema: Schema, { toolVersion, serverVersion, scope }: Onlooker): SchemaSnapshot {
  const byWords = Map.groupBy(listAll(schema), ([words]) => words);
  const objects = Array.from(byWords, ([words, found]) => [words, hash(found.map(([, one]) => one))] as const);
  const by = `${toolVersion}, ${serverVersion}`;
  return { by, ...(scope === "own" && { scope }), objects: Object.fromEntries(objects) };
}

/**
 * What has changed between two looks, an object each: `table todos was changed`.
 *
 * @returns undefined where they cannot be compared
 */
export function compareSnapshots(before: SchemaSnapshot, now: SchemaSnapshot): readonly string[] | undefined {
  if (before.by !== now.by || before.scope !== now.scope) return undefined;
  const names = [...new Set([...Object.keys(before.objects), ...Object.keys(now.objects)])];
  return names.toSorted().flatMap((name) => {
    const [was, is] = [before.objects[name], now.objects[name]];
    if (was === is) return [];
    if (was === undefined) return [`${name} is new`];
    return [`${name} ${is === undefined ? "is gone" : "was changed"}`];
  });
}
