import { mysql } from "../../../packages/limbeck/src/dialects/mysql/index.ts";
import { eraseDatabase } from "../../../packages/limbeck/src/dialects/mysql/driver/erase-database.ts";
import type { DefinedObject } from "../../../packages/limbeck/src/schema/model/defined-object.ts";
import type { Schema } from "../../../packages/limbeck/src/schema/model/schema.ts";
import type { Sequence } from "../../../packages/limbeck/src/schema/model/sequence.ts";
import { PORTABLE_TRAITS, type ArbitraryTraits } from "../../../packages/limbeck/src/testing/arbitraries/traits.ts";
import { adaptSchema } from "../../../packages/limbeck/test/mysql/adapt-schema.ts";
import { SERVER_KINDS } from "../random/common-kinds.ts";
import type { HistogramKinds } from "../random/histogram.ts";
import { choose, type RandomEngine } from "../server/random/random-engine.ts";
import { openDatabases } from "../server/random/open-databases.ts";
import { createDatabase } from "./scratch-server.ts";

const raw = (sql: string) => ({ kind: "raw", sql }) as const;

const TRAITS: ArbitraryTraits = {
  types: [
    // Into a UUID the server casts hardly any other type, even where there are no rows.
    ...PORTABLE_TRAITS.types.filter(({ kind }) => kind !== "uuid"),
    ...["int(10) unsigned", "enum('a','b')", "set('a','b')", "datetime", "time(3)", "tinytext", "varbinary(40)"].map(
      raw,
    ),
  ],
  collations: ["utf8mb4_bin", "latin1_swedish_ci"],
  flavours: [
    {},
    {},
    { options: { mysql: { collation: "utf8mb4_unicode_ci", rowFormat: "COMPACT" } } },
    { options: { mysql: { engine: "Aria" } } },
    { options: { mysql: { systemVersioned: true } } },
  ],
};

const KINDS: HistogramKinds = {
  objects: [
    ...SERVER_KINDS.objects,
    "table with collation",
    "table with rowFormat",
    "table with engine",
    "table with systemVersioned",
    "column generated virtual",
    "object: event",
  ],
  changes: SERVER_KINDS.changes,
};

const SEQUENCES: readonly (Sequence | undefined)[] = [
  undefined,
  { name: "numbers", start: "5" },
  { name: "numbers", start: "5", increment: "2" },
  { name: "numbers", increment: "-1", maximum: "10" },
];

/** Objects of one name, of which a schema has one or none. */
const OBJECTS: readonly (readonly (DefinedObject | undefined)[])[] = [
  ["n * 2", "n * 3"].map((body) => ({
    kind: "function",
    name: "twice",
    definition: `CREATE FUNCTION twice(n int) RETURNS int DETERMINISTIC RETURN ${body}`,
  })),
  ["1", "2"].map((body) => ({
    kind: "procedure",
    name: "look",
    definition: `CREATE PROCEDURE look() BEGIN SELECT ${body}; END`,
  })),
  ["1 DAY", "2 HOUR"].map((interval) => ({
    kind: "event",
    name: "nightly",
    definition: `CREATE EVENT nightly ON SCHEDULE EVERY ${interval} STARTS '2035-01-01 00:00:00' DO SELECT 1`,
  })),
].map((variants) => [undefined, ...variants]);

/** Reads a column of the row, and changes nothing that another trigger could mind. */
function writeTrigger({ name, table, definition }: Schema["triggers"][number]) {
  const [, event = "AFTER INSERT"] = /\b((?:AFTER|BEFORE) (?:INSERT|UPDATE|DELETE))\b/.exec(definition) ?? [];
  const [, row = "NEW", column = '"id"'] = /WHEN (OLD|NEW)\.("[^"]*"|\w+)/.exec(definition) ?? [];
  const quoted = `\`${column.replaceAll('"', "")}\``;
  return {
    name,
    table,
    definition: `CREATE TRIGGER \`${name}\` ${event} ON \`${table}\` FOR EACH ROW SET @seen = ${row}.${quoted} IS NULL`,
  };
}

function adapt(schema: Schema, choices: readonly number[]): Schema {
  const adapted = adaptSchema(schema);
  const names = new Set(adapted.tables.map(({ name }) => name));
  const sequence = choose(SEQUENCES, choices[0]);
  return {
    ...adapted,
    triggers: schema.triggers.filter(({ table }) => names.has(table)).map(writeTrigger),
    sequences: sequence ? [sequence] : [],
    objects: OBJECTS.flatMap((variants, index) => choose(variants, choices[index + 1]) ?? []),
  };
}

/** MariaDB, on a server that the tests use. */
export const mariadbPairsAtRandom: RandomEngine = {
  dialect: mysql,
  traits: TRAITS,
  kinds: KINDS,
  adapt,
  erase: eraseDatabase,
  // The last one: docs/mysql.md, under what cannot be changed.
  isImpossible: (message) =>
    /Cannot cast|system versioning engine is not supported|Columns participating in a foreign key are renamed/.test(
      message,
    ),
  openDatabases: () => openDatabases(mysql, createDatabase),
};
