import * as fc from "fast-check";
import { isDeepStrictEqual } from "node:util";
import { describe, expect, it } from "vitest";
import { DEFAULT_DIFF_RULES } from "../../diff/diff-rules.ts";
import { diffSchema } from "../../diff/diff-schema.ts";
import { applyOperation } from "../../ops/apply/apply-operation.ts";
import type { Operation, SqlValue } from "../../ops/operation.ts";
import { createOperations } from "../../runtime/create-operations.ts";
import { DEFAULT_NAMING_CONVENTION } from "../../schema/builder/naming-convention.ts";
import type { Column } from "../../schema/model/column.ts";
import type { ColumnType } from "../../schema/model/column-type.ts";
import type { Constraint } from "../../schema/model/constraint.ts";
import type { DialectOptions } from "../../schema/model/dialect-options.ts";
import type { JsonValue } from "../../schema/model/json.ts";
import { EMPTY_SCHEMA, type Schema } from "../../schema/model/schema.ts";
import type { Table } from "../../schema/model/table.ts";
import type { TableIndex } from "../../schema/model/table-index.ts";
import { arbitrarySchemaPair } from "../../testing/arbitraries/arbitrary-schema.ts";
import { loadRevisionSource } from "../module-loader.ts";
import { renderRevision } from "../template.ts";

/** Writes operations as a revision, loads it, and gives back what its functions ask for. */
async function writeAndLoad(
  upgrade: readonly Operation[],
  readSchema: (call: number) => Schema,
): Promise<readonly Operation[]> {
  const header = { revision: "r1", downRevision: [], branchLabels: [], dependsOn: [], replaces: [] };
  const text = renderRevision({ ...header, message: "m", createDate: "now", notes: [], upgrade, downgrade: [] });
  const recorded: Operation[] = [];
  let call = -1;
  const op = createOperations({
    dialect: "any",
    convention: DEFAULT_NAMING_CONVENTION,
    async enqueue(_, resolve) {
      call += 1;
      recorded.push(await resolve());
    },
    enqueueQuery: async () => [],
    backfill: async () => undefined,
    leaveTransaction: (code) => code(),
    readSchema: async () => readSchema(call),
    foldTableNames: false,
    namespaceOf: () => undefined,
    liveRules: { hasPartialIndexes: true, quoteIdentifier: (name) => name },
  });
  const module = await loadRevisionSource("/limbeck-round-trip/001.ts", text);
  await module.upgrade(op);
  return recorded;
}

/** Undefined when both are the same to the last property; `toStrictEqual` is misled by a property called constructor. */
function differenceBetween(recorded: readonly Operation[], operations: readonly Operation[]): object | undefined {
  return isDeepStrictEqual(recorded, operations) ? undefined : { recorded, operations };
}

// Objects without a prototype are not what revisions hold.
const record = <Shape>(shape: { readonly [Key in keyof Shape]: fc.Arbitrary<Shape[Key]> }): fc.Arbitrary<Shape> =>
  fc.record(shape, { noNullPrototype: true });
const dictionary = <Value>(
  key: fc.Arbitrary<string>,
  value: fc.Arbitrary<Value>,
  maxKeys: number,
): fc.Arbitrary<Record<string, Value>> => fc.dictionary(key, value, { maxKeys, noNullPrototype: true });

const NASTY = [
  "'",
  '"',
  "`",
  "\\",
  "${x}",
  "\n",
  "\r\n",
  "\u2028",
  "*/",
  "//",
  "__proto__",
  "1",
  "constructor",
  "größe",
  "\0",
  "\ud800",
  "\u200b",
];
const name = fc.oneof(
  fc.constantFrom("id", "title", "list_id", "created_at"),
  fc
    .array(fc.oneof(fc.constantFrom(...NASTY), fc.string({ maxLength: 3 })), { minLength: 1, maxLength: 3 })
    .map((parts) => parts.join("")),
);
const names = fc.uniqueArray(name, { minLength: 1, maxLength: 4 });
// fast-check's JSON values are what JSON.parse gives.
const json = fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<JsonValue>;
const options: fc.Arbitrary<DialectOptions> = dictionary(name, dictionary(name, json, 2), 2);
const maybe = <Key extends string, Value>(key: Key, value: fc.Arbitrary<Value>) =>
  fc
    .option(value, { nil: undefined, freq: 4 })
    .map((one) => (one === undefined ? {} : { [key]: one })) as fc.Arbitrary<{ readonly [K in Key]?: Value }>;
const merge = <Parts extends readonly object[]>(
  ...parts: { readonly [Index in keyof Parts]: fc.Arbitrary<Parts[Index]> }
) => fc.tuple(...parts).map((all) => Object.assign({}, ...all));

const type: fc.Arbitrary<ColumnType> = fc.oneof(
  fc.constantFrom<ColumnType>(
    ...(
      [
        "text",
        "smallint",
        "integer",
        "bigint",
        "real",
        "double",
        "boolean",
        "date",
        "time",
        "json",
        "uuid",
        "bytes",
      ] as const
    ).map((kind) => ({ kind })),
    { kind: "timestamp", timezone: true },
    { kind: "timestamp", timezone: false },
    { kind: "varchar", length: 255 },
    { kind: "char", length: 2 },
    { kind: "decimal", precision: 10, scale: 2 },
    { kind: "decimal", precision: 10, scale: 0 },
  ),
  name.map((sql): ColumnType => ({ kind: "raw", sql })),
);

const column = (columnName: string): fc.Arbitrary<Column> =>
  merge(
    record({ name: fc.constant(columnName), type, nullable: fc.boolean() }),
    maybe(
      "default",
      fc.oneof(
        json.map((value) => ({ kind: "value" as const, value })),
        fc.constant({ kind: "now" as const }),
        name.map((sql) => ({ kind: "expression" as const, sql })),
      ),
    ),
    maybe("generated", record({ expression: name, storage: fc.constantFrom("stored" as const, "virtual" as const) })),
    maybe("autoIncrement", fc.constantFrom(true, true, true, false)),
    maybe("collation", name),
    maybe("comment", name),
    maybe("options", options),
  );

const action = fc.constantFrom("cascade" as const, "set null" as const, "no action" as const);
const deferrable = fc.constantFrom("initially immediate" as const, "initially deferred" as const);

function constraint(table: string, columns: readonly string[]): fc.Arbitrary<Constraint> {
  const some = fc.subarray([...columns], { minLength: 1 });
  const kind = <Kind extends string>(value: Kind) => fc.constant({ kind: value });
  const convention = DEFAULT_NAMING_CONVENTION;
  const plain: fc.Arbitrary<Constraint> = fc.oneof(
    merge(kind("primaryKey"), record({ columns: some }), maybe("options", options)),
    merge(kind("unique"), record({ columns: some }), maybe("deferrable", deferrable), maybe("options", options)),
    merge(kind("check"), record({ expression: name }), maybe("options", options)),
    merge(
      kind("foreignKey"),
      record({ columns: some, references: record({ table: name, columns: fc.array(name, { maxLength: 2 }) }) }),
      maybe("onDelete", action),
      maybe("onUpdate", action),
      maybe("deferrable", deferrable),
      maybe("match", fc.constantFrom("full", "simple")),
      maybe("options", options),
    ),
  );
  const conventional = (one: Constraint): string => {
    if (one.kind === "check") return convention.check({ table, columns: columns.slice(0, 1) });
    return convention[one.kind]({
      table,
      columns: one.columns,
      ...(one.kind === "foreignKey" && { referredTable: one.references.table }),
    });
  };
  return fc.oneof(
    plain,
    plain.map((one): Constraint => ({ ...one, name: conventional(one) })),
    plain.map((one): Constraint => ({ ...one, name: convention.check({ table, columns: [], position: 1 }) })),
    fc.tuple(plain, name).map(([one, given]): Constraint => ({ ...one, name: given })),
  );
}

function index(table: string, columns: readonly string[]): fc.Arbitrary<TableIndex> {
  const part = fc.oneof(
    fc.constantFrom(...columns).map((one) => ({ column: one })),
    merge(
      record({ column: fc.constantFrom(...columns) }),
      maybe("order", fc.constantFrom("asc", "desc")),
      maybe("collation", name),
    ),
    name.map((expression) => ({ expression })),
  );
  const plain = merge(
    record({ parts: fc.array(part, { minLength: 1, maxLength: 3 }), unique: fc.boolean() }),
    maybe("where", name),
    maybe("options", options),
  );
  const conventional = (parts: TableIndex["parts"]): string =>
    DEFAULT_NAMING_CONVENTION.index({
      table,
      columns: parts.map((one, position) => one.column ?? `expr${position + 1}`),
    });
  return fc.oneof(
    plain.map((one) => ({ ...one, name: conventional(one.parts) })),
    fc.tuple(plain, name).map(([one, given]) => ({ ...one, name: given })),
  );
}

const table: fc.Arbitrary<Table> = fc.tuple(name, names).chain(([tableName, columns]) =>
  merge(
    record({
      name: fc.constant(tableName),
      columns: fc.tuple(...columns.map(column)),
      constraints: fc.uniqueArray(constraint(tableName, columns), {
        maxLength: 3,
        selector: (one) => JSON.stringify(one),
      }),
      indexes: fc.uniqueArray(index(tableName, columns), { maxLength: 2, selector: (one) => one.name }),
    }),
    maybe("comment", name),
    maybe("options", options),
  ),
);

const value: fc.Arbitrary<SqlValue> = fc.oneof(
  fc.oneof(name, fc.double(), fc.bigInt(), fc.boolean(), fc.constant(null)),
  fc.oneof(
    fc.date(),
    fc.uint8Array({ maxLength: 40 }),
    json.filter((one) => one !== undefined) as fc.Arbitrary<SqlValue>,
  ),
);
const row = dictionary(name, value, 3);

/** An operation, and a schema that it fits. */
interface Case {
  readonly before: Schema;
  readonly operation: Operation;
}

const withTable = (one: Table): Schema => ({ ...EMPTY_SCHEMA, tables: [one] });

const tableCase: fc.Arbitrary<Case> = table.chain((one) => {
  const columns = one.columns.map((each) => each.name);
  const added = name.filter((other) => !columns.includes(other)).chain(column);
  const operations: fc.Arbitrary<Operation>[] = [
    fc.constant<Operation>({ kind: "dropTable", table: one }),
    merge(
      record({ kind: fc.constant("addColumn"), table: fc.constant(one.name), column: added }),
      maybe("after", fc.constantFrom(null, ...columns)),
    ),
    fc.nat(columns.length - 1).map((at): Operation => {
      const place = at === columns.length - 1 ? {} : { after: columns[at - 1] ?? null };
      return { kind: "dropColumn", table: one.name, column: one.columns[at]!, ...place };
    }),
    fc.nat(columns.length - 1).chain((at) =>
      column(columns[at]!).map((to): Operation => ({
        kind: "alterColumn",
        table: one.name,
        from: one.columns[at]!,
        to,
      })),
    ),
    fc.tuple(name, name).map(([from, to]): Operation => ({ kind: "renameColumn", table: one.name, from, to })),
    fc.tuple(name, name).map(([from, to]): Operation => ({ kind: "renameIndex", table: one.name, from, to })),
    constraint(one.name, columns).map((given): Operation => ({
      kind: "addConstraint",
      table: one.name,
      constraint: given,
    })),
    index(one.name, columns).map((given): Operation => ({ kind: "createIndex", table: one.name, index: given })),
    fc
      .option(options)
      .map((to): Operation => ({ kind: "setTableOptions", table: one.name, from: one.options ?? null, to })),
    fc
      .option(name)
      .map((to): Operation => ({ kind: "setTableComment", table: one.name, from: one.comment ?? null, to })),
    ...one.indexes.map((given) => fc.constant<Operation>({ kind: "dropIndex", table: one.name, index: given })),
  ];
  // A constraint that is not the first of its name, or of its columns, can't be told from that one.
  const [first] = one.constraints;
  if (first) operations.push(fc.constant<Operation>({ kind: "dropConstraint", table: one.name, constraint: first }));
  return fc.oneof(...operations).map((operation): Case => ({ before: withTable(one), operation }));
});

const otherCase: fc.Arbitrary<Case> = fc
  .oneof(
    table.map((one): Operation => ({ kind: "createTable", table: one })),
    fc.tuple(name, name).map(([from, to]): Operation => ({ kind: "renameTable", from, to })),
    merge(record({ name, definition: name }), maybe("columns", names)).map((view): Operation => ({
      kind: "createView",
      view,
    })),
    record({ name, table: name, definition: name }).map((trigger): Operation => ({ kind: "createTrigger", trigger })),
    merge(
      record({ kind: fc.constant("execute"), sql: name }),
      maybe("parameters", fc.array(value, { maxLength: 3 })),
      maybe(
        "affects",
        fc.array(
          table.map((one): Operation => ({ kind: "dropTable", table: one })),
          { maxLength: 2 },
        ),
      ),
    ),
    record({ kind: fc.constant("bulkInsert" as const), table: name, rows: fc.array(row, { maxLength: 3 }) }),
  )
  .map((operation): Case => ({ before: EMPTY_SCHEMA, operation }));

const viewCase: fc.Arbitrary<Case> = record({ name, definition: name }).chain((view) =>
  fc.constantFrom<Case>(
    { before: { ...EMPTY_SCHEMA, views: [view] }, operation: { kind: "dropView", view } },
    {
      before: { ...EMPTY_SCHEMA, triggers: [{ ...view, table: "t" }] },
      operation: { kind: "dropTrigger", trigger: { ...view, table: "t" } },
    },
  ),
);

describe("a rendered revision", () => {
  it("asks for exactly the operations it was made of, whatever names and values they hold", async () => {
    const cases = fc.array(fc.oneof(tableCase, tableCase, otherCase, viewCase), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(cases, async (some) => {
        const operations = some.map((one) => one.operation);
        expect(
          differenceBetween(await writeAndLoad(operations, (call) => some[call]?.before ?? EMPTY_SCHEMA), operations),
        ).toBeUndefined();
      }),
    );
  });

  it("asks for exactly the operations that lead from one schema to another", async () => {
    await fc.assert(
      fc.asyncProperty(arbitrarySchemaPair(), async ([before, after]) => {
        const operations = diffSchema(before, after, DEFAULT_DIFF_RULES);
        const states: Schema[] = [before];
        for (const operation of operations) states.push(applyOperation(operation, states.at(-1)!));
        expect(differenceBetween(await writeAndLoad(operations, (call) => states[call]!), operations)).toBeUndefined();
      }),
    );
  });
});
