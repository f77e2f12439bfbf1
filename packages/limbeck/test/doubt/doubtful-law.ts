import { buildSchemaOn } from "../../src/dialect/build-schema-on.ts";
import type { Connection } from "../../src/dialect/connection.ts";
import type { Dialect } from "../../src/dialect/dialect.ts";
import { createDoubtfulRules } from "../../src/diff/doubt/doubtful-rules.ts";
import { diffSchema } from "../../src/diff/diff-schema.ts";
import { describeOperation } from "../../src/ops/describe/describe-operation.ts";
import type { Operation } from "../../src/ops/operation.ts";
import {
  conventionalName,
  DEFAULT_NAMING_CONVENTION,
  nameConstraints,
  type NamingContext,
} from "../../src/schema/builder/naming-convention.ts";
import type { Constraint } from "../../src/schema/model/constraint.ts";
import type { Schema } from "../../src/schema/model/schema.ts";

/** An engine whose databases the law is tried on. */
export interface DoubtfulEngine {
  readonly dialect: Dialect;
  readonly connection: Connection;
  readonly erase: (connection: Connection) => Promise<void>;
}

/** What the server makes of a schema; undefined where it refuses it. */
async function build({ dialect, connection, erase }: DoubtfulEngine, schema: Schema): Promise<Schema | undefined> {
  await erase(connection);
  try {
    await buildSchemaOn(connection, dialect, schema);
  } catch {
    return undefined;
  }
  return (await dialect.introspect(connection)).schema;
}

const listSingles = (operations: readonly Operation[]): readonly Operation[] =>
  operations.flatMap((operation): readonly Operation[] =>
    operation.kind === "alterTable" ? operation.operations : [operation],
  );

/** Kind and names of a change, without what it says in texts. */
function outline(operation: Operation): string {
  const subject = JSON.stringify(operation, (key, value: unknown) => {
    if (
      ["columns", "constraints", "indexes", "parts", "definition", "expression", "options", "default", "type"].includes(
        key,
      )
    )
      return undefined;
    return value;
  });
  if (operation.kind === "alterColumn") return `alterColumn ${operation.table} ${operation.to.name}`;
  const name = /"(?:name)":"([^"]*)"/.exec(subject)?.[1] ?? "";
  const table = /"table":"([^"]*)"/.exec(subject)?.[1] ?? "";
  return `${operation.kind} ${table} ${name}`;
}

/** What came of a pair. */
export interface Judgement {
  /** Whether the server took both schemas. */
  readonly isTried: boolean;
  /** Differences that were seen between what the server holds and the very schema that it was built from. */
  readonly invented: readonly string[];
  /** Changes that the server sees, and that were neither seen nor listed as unclear. */
  readonly missed: readonly string[];
  /** Changes that were seen, and that the server does not see. */
  readonly surplus: readonly string[];
  /** How many changes the server sees. */
  readonly changes: number;
  /** How many of what is the same was listed as unclear. */
  readonly unclear: number;
}

const NOTHING: Judgement = { isTried: false, invented: [], missed: [], surplus: [], changes: 0, unclear: 0 };

/** As models are read: what has no name gets that of the convention. */
const nameAll = (schema: Schema): Schema => ({
  ...schema,
  tables: schema.tables.map((table) => ({
    ...table,
    constraints: nameConstraints(table.constraints, table.name, DEFAULT_NAMING_CONVENTION),
  })),
});

/** Compares a database of one schema with the words in which it, and another one, were written; the server itself is the judge. */
export async function judgePair(engine: DoubtfulEngine, from: Schema, to: Schema): Promise<Judgement> {
  const { dialect } = engine;
  const after = await build(engine, nameAll(to));
  const before = await build(engine, nameAll(from));
  if (!before || !after) return NOTHING;
  const rules = {
    ...dialect.diffRules,
    conventionName: (constraint: Constraint, table: string, context: Partial<NamingContext>) =>
      conventionalName(constraint, table, DEFAULT_NAMING_CONVENTION, context),
  };
  const compare = (found: Schema, text: Schema) => {
    const written = nameAll(dialect.respellSchema?.(text) ?? text);
    const { lenient, strict } = createDoubtfulRules(rules, [found, written], dialect.types);
    return { sure: diffSchema(found, written, lenient), suspected: diffSchema(found, written, strict) };
  };
  const own = compare(before, from);
  const other = compare(before, to);
  const real = listSingles(diffSchema(before, nameAll(after), rules)).map(outline);
  const seen = listSingles(other.sure).map(outline);
  const listed = new Set([...seen, ...listSingles(other.suspected).map(outline)]);
  return {
    isTried: true,
    invented: own.sure.map(describeOperation),
    missed: real.filter((change) => !listed.has(change)),
    surplus: seen.filter((change) => !real.includes(change)),
    changes: real.length,
    unclear: listSingles(own.suspected).length,
  };
}
