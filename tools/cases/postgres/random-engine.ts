import { eraseSchema } from "../../../packages/limbeck/src/dialects/postgres/driver/erase-schema.ts";
import { postgres } from "../../../packages/limbeck/src/dialects/postgres/index.ts";
import type { Column } from "../../../packages/limbeck/src/schema/model/column.ts";
import type { DefinedObject } from "../../../packages/limbeck/src/schema/model/defined-object.ts";
import type { EnumType } from "../../../packages/limbeck/src/schema/model/enum-type.ts";
import type { Schema } from "../../../packages/limbeck/src/schema/model/schema.ts";
import type { Sequence } from "../../../packages/limbeck/src/schema/model/sequence.ts";
import { PORTABLE_TRAITS, type ArbitraryTraits } from "../../../packages/limbeck/src/testing/arbitraries/traits.ts";
import { adaptSchema } from "../../../packages/limbeck/test/postgres/adapt-schema.ts";
import { createPostgresDatabase } from "../../../packages/limbeck/test/support/postgres-server.ts";
import { openDatabases } from "../server/random/open-databases.ts";
import { choose, type RandomEngine } from "../server/random/random-engine.ts";
import { POSTGRES_KINDS } from "./histogram-kinds.ts";

const raw = (sql: string) => ({ kind: "raw", sql }) as const;

const TRAITS: ArbitraryTraits = {
  types: [
    ...PORTABLE_TRAITS.types,
    ...["interval", "integer[]", "bit varying(8)", "inet", "int4range", "timestamp(0) without time zone"].map(raw),
  ],
  collations: ["C", "POSIX"],
  flavours: [
    {},
    {},
    { options: { postgres: { unlogged: true } } },
    { options: { postgres: { with: { fillfactor: "70" } } } },
  ],
};

const SEQUENCES: readonly (Sequence | undefined)[] = [
  undefined,
  { name: "numbers", start: "5" },
  { name: "numbers", start: "5", increment: "2" },
  { name: "numbers", increment: "-1", cycle: true },
];

/** With a value more, in another order, and with one less. */
const ENUMS: readonly (EnumType | undefined)[] = [
  undefined,
  { name: "mood", values: ["sad", "ok", "glad"] },
  { name: "mood", values: ["sad", "ok", "fine", "glad"] },
  { name: "mood", values: ["glad", "ok", "sad"] },
  { name: "mood", values: ["sad", "ok"] },
];

/** What a row trigger calls. */
const TOUCH = ["RETURN COALESCE(NEW, OLD);", "RETURN NULL;"].map((body): DefinedObject => ({
  kind: "function",
  name: "touch()",
  definition: `CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN ${body} END$$`,
}));

/** Objects of one name, of which a schema has one or none. */
const OBJECTS: readonly (readonly (DefinedObject | undefined)[])[] = [
  ["n * 2", "n * 3"].map((body) => ({
    kind: "function",
    name: "twice(integer)",
    definition: `CREATE FUNCTION twice(n integer) RETURNS integer LANGUAGE sql IMMUTABLE AS $$SELECT ${body}$$`,
  })),
  ["1", "2"].map((body) => ({
    kind: "procedure",
    name: "look()",
    definition: `CREATE PROCEDURE look() LANGUAGE plpgsql AS $$BEGIN PERFORM ${body}; END$$`,
  })),
  ["> -100000", "< 100000"].map((check) => ({
    kind: "domain",
    name: "small",
    definition: `CREATE DOMAIN small AS integer CONSTRAINT small_check CHECK (VALUE ${check})`,
  })),
].map((variants) => [undefined, ...variants]);

const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** What stands on a table: a materialized view and a policy. */
function listTableObjects({ tables }: Schema, choices: readonly number[]): readonly DefinedObject[] {
  const table = choose(tables, choices[0]);
  if (!table) return [];
  const stored = choose(["count(*)", "max(1)", undefined], choices[1]);
  const policy = choose(["true", "false", undefined], choices[2]);
  return [
    ...(stored === undefined
      ? []
      : [
          {
            kind: "materialized view",
            name: "stored",
            definition: `CREATE MATERIALIZED VIEW stored AS SELECT ${stored} AS n FROM ${quote(table.name)}`,
          },
        ]),
    ...(policy === undefined
      ? []
      : [
          {
            kind: "policy",
            name: `own ON ${table.name}`,
            table: table.name,
            definition: `CREATE POLICY own ON ${quote(table.name)} FOR UPDATE USING (${policy})`,
          },
        ]),
  ];
}

/** Calls the function, as a trigger has to here, and reads a column of the row. */
function writeTrigger({ name, table, definition }: Schema["triggers"][number]) {
  const [, event = "AFTER INSERT"] = /\b((?:AFTER|BEFORE) (?:INSERT|UPDATE|DELETE))\b/.exec(definition) ?? [];
  const [, row = "NEW", column = '"id"'] = /WHEN (OLD|NEW)\.("[^"]*"|\w+)/.exec(definition) ?? [];
  return {
    name,
    table,
    definition: `CREATE TRIGGER ${quote(name)} ${event} ON ${quote(table)} FOR EACH ROW WHEN (${row}.${column} IS NULL) EXECUTE FUNCTION touch()`,
  };
}

/** Columns of some types have those that the schema declares itself. */
function adaptColumn(
  column: Column,
  types: { readonly text?: string | undefined; readonly number?: string | undefined },
): Column {
  const { type, generated } = column;
  const own = type.kind === "char" ? types.text : type.kind === "smallint" ? types.number : undefined;
  if (own === undefined || generated || column.default || column.autoIncrement) return column;
  return { ...column, type: raw(own) };
}

function adapt(schema: Schema, choices: readonly number[]): Schema {
  const mood = choose(ENUMS, choices[1]);
  const objects = OBJECTS.flatMap((variants, index) => choose(variants, choices[index + 2]) ?? []);
  const types = { text: mood?.name, number: objects.find(({ kind }) => kind === "domain")?.name };
  const adapted = adaptSchema({
    ...schema,
    tables: schema.tables.map((table) => ({
      ...table,
      columns: table.columns.map((column) => adaptColumn(column, types)),
    })),
  });
  const names = new Set(adapted.tables.map(({ name }) => name));
  const triggers = schema.triggers.filter(({ table }) => names.has(table)).map(writeTrigger);
  const sequence = choose(SEQUENCES, choices[0]);
  const touch = triggers.length > 0 ? choose(TOUCH, choices[5]) : undefined;
  return {
    ...adapted,
    triggers,
    enums: mood ? [mood] : [],
    sequences: sequence ? [sequence] : [],
    objects: [...objects, ...(touch ? [touch] : []), ...listTableObjects(adapted, choices.slice(6))],
  };
}

/** PostgreSQL, on a server that the tests use. */
export const postgresPairsAtRandom: RandomEngine = {
  dialect: postgres,
  traits: TRAITS,
  kinds: POSTGRES_KINDS,
  adapt,
  erase: eraseSchema,
  isImpossible: (message) => message.includes("cannot cast"),
  openDatabases: () => openDatabases(postgres, createPostgresDatabase),
};
