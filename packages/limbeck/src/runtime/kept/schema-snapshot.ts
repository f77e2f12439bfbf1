import { createHash } from "node:crypto";
import type { Connection } from "../../dialect/connection.ts";
import type { Dialect, IntrospectionScope } from "../../dialect/dialect.ts";
import type { JournalRules } from "../../dialect/journal-rules.ts";
import { isParkedTable } from "../../ops/soft-delete/parked-table.ts";
import type { Schema } from "../../schema/model/schema.ts";
import type { VersionStore } from "../version-store.ts";

/** What a schema looked like, a hash for each object. */
export interface SchemaSnapshot {
  /** The versions of Limbeck and of the engine, and in which manner they looked: another one may see the same in another way. */
  readonly by: string;
  /** What was looked at. Absent where it was everything. */
  readonly scope?: "own";
  /** By the words for it: `table todos`. */
  readonly objects: Readonly<Record<string, string>>;
}

/** Who looks at a schema, and at how much of it. */
interface Circumstances {
  /** The version of Limbeck. Default: unknown. */
  readonly toolVersion?: string;
  readonly serverVersion: string;
  readonly scope?: IntrospectionScope;
}

/** Whose looks they are. */
interface Onlooker extends Omit<Circumstances, "serverVersion"> {
  readonly dialect: Dialect;
  readonly connection: Connection;
  readonly versions: VersionStore;
}

/** How much of a hash is kept: what was changed by hand is not made to look as before. */
const LENGTH = 12;

/** The same data with the keys of all objects in one order. */
function sortKeys(data: unknown): unknown {
  if (typeof data !== "object" || data === null) return data;
  if (Array.isArray(data)) return data.map(sortKeys);
  const sorted: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(data).toSorted(([a], [b]) => (a < b ? -1 : 1)))
    sorted[key] = sortKeys(value);
  return sorted;
}

const hash = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, LENGTH);

/** An object by the words for it, with all that makes it what it is as text. */
type Described = readonly [words: string, text: string];

const describe = (words: string, one: unknown): Described => [words, JSON.stringify(sortKeys(one))];

const describeAll = ({ tables, views, triggers, enums, sequences, objects }: Schema): readonly Described[] => [
  ...tables.map((one) => describe(`table ${one.name}`, one)),
  ...views.map((one) => describe(`view ${one.name}`, one)),
  ...triggers.map((one) => describe(`trigger ${one.name} of ${one.table}`, one)),
  ...enums.map((one) => describe(`enum ${one.name}`, one)),
  ...sequences.map((one) => describe(`sequence ${one.name}`, one)),
  ...objects.map((one) => describe(`${one.kind} ${one.name}${one.table === undefined ? "" : ` of ${one.table}`}`, one)),
];

/** What the engine keeps as text, but for the tables of the tool. */
async function readText(
  { connection, versions }: Onlooker,
  read: NonNullable<JournalRules["readDefinitions"]>,
): Promise<readonly Described[]> {
  const definitions = await read(connection);
  return definitions
    .filter(({ owner }) => !versions.isOwnTable(owner) && !isParkedTable(owner))
    .map(({ words, text }) => [words, text]);
}

function note(
  described: readonly Described[],
  { toolVersion = "", serverVersion, scope }: Circumstances,
  manner = "",
): SchemaSnapshot {
  const byWords = Map.groupBy(described, ([words]) => words);
  const objects = Array.from(byWords, ([words, found]) => [words, hash(found.map(([, text]) => text).join("\0"))]);
  const by = `${toolVersion}, ${serverVersion}${manner}`;
  return { by, ...(scope === "own" && { scope }), objects: Object.fromEntries(objects) };
}

/** Takes down a schema that was read. */
export const noteSchema = (schema: Schema, circumstances: Circumstances): SchemaSnapshot =>
  note(describeAll(schema), circumstances);

/**
 * Takes down what a database looks like.
 *
 * @param readSchema its schema, without the tables of the tool; asked for where the engine does not keep it as text
 */
export async function takeSnapshot(onlooker: Onlooker, readSchema: () => Promise<Schema>): Promise<SchemaSnapshot> {
  const { dialect, connection } = onlooker;
  const circumstances = { ...onlooker, serverVersion: connection.serverVersion };
  const { readDefinitions } = dialect.journal;
  if (readDefinitions) return note(await readText(onlooker, readDefinitions), circumstances, ", text");
  return noteSchema(await readSchema(), circumstances);
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
