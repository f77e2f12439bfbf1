import type { TestProject } from "../cli/test-project.ts";

/** What an engine is given besides what all have. */
export interface EnginePeculiarities {
  /** Statements of a change that no transaction holds, up and down. */
  readonly outside: readonly [up: string, down: string];
  /** Makes something with a choice of values, and uses a value that it added later. */
  readonly choices: readonly [up: string, down: string];
  /** A trigger on `people` that does nothing. */
  readonly trigger: string;
}

interface Revision {
  readonly up: string;
  readonly down: string;
  readonly isTransactional?: false;
  /** A `.sql` file. */
  readonly isSql?: true;
}

const execute = (sql: string): string => `await op.execute(${JSON.stringify(sql)});`;
const count = (by: number): string => execute(`UPDATE people SET n = n + ${by}`);

const counting = (by: number): Revision => ({ up: count(by), down: count(-by) });

/** Changes of all kinds, each of which shows when it ran twice or not at all. */
function listRevisions({ outside, choices, trigger }: EnginePeculiarities): readonly Revision[] {
  return [
    {
      up: `await op.createTable("people", { id: integer().primaryKey(), name: varchar(50), n: integer().notNull().default(0) });
        await op.bulkInsert("people", [{ id: 1, name: "Ada", n: 1 }, { id: 2, name: "Bob", n: 2 }, { id: 3, name: "Cy", n: 3 }]);`,
      down: `await op.dropTable("people");`,
    },
    counting(1),
    {
      up: `${count(10)} await op.addColumn("people", "email", varchar(100)); ${count(100)}
        ${execute("UPDATE people SET email = 'a@example.org' WHERE email IS NULL")}`,
      down: `${count(-100)} await op.dropColumn("people", "email"); ${count(-10)}`,
    },
    {
      up: `${execute("CREATE TABLE raw_log (id integer PRIMARY KEY, note varchar(50))")} ${execute("INSERT INTO raw_log VALUES (1, 'first')")}
        ${execute("ALTER TABLE raw_log ADD COLUMN weight integer")} ${execute("UPDATE raw_log SET weight = 5")}`,
      down: execute("DROP TABLE raw_log"),
    },
    {
      isSql: true,
      up: "UPDATE people SET n = n + 3;\nCREATE TABLE from_sql (id integer PRIMARY KEY, n integer);\nINSERT INTO from_sql VALUES (1, 1);\nUPDATE from_sql SET n = n + 1;",
      down: "DROP TABLE from_sql;\nUPDATE people SET n = n - 3;",
    },
    {
      up: `await op.createIndex("ix_people_name", "people", ["name"]);`,
      down: `await op.dropIndex("ix_people_name", "people");`,
    },
    {
      up: `await op.alterColumn("people", "name", { type: varchar(80), nullable: false }); ${count(7)}`,
      down: `${count(-7)} await op.alterColumn("people", "name", { type: varchar(50), nullable: true });`,
    },
    {
      up: `await op.createTable("orders", { id: integer().primaryKey(), person_id: integer().references("people", "id"), total: integer().notNull().default(0) });
        ${execute("INSERT INTO orders SELECT id, id, n FROM people")} await op.createIndex("ix_orders_person", "orders", ["person_id"]);
        ${execute("UPDATE orders SET total = total + 1")}`,
      down: `await op.dropTable("orders");`,
    },
    {
      up: `const rows = await op.query("SELECT id, n FROM people WHERE n < 1000 ORDER BY id");
        await op.addColumn("people", "rank", integer());
        for (const row of rows) await op.execute(\`UPDATE people SET n = n + 1000, \${op.dialect === "mysql" ? "\`rank\`" : "rank"} = \${String(row.n)} WHERE id = \${String(row.id)}\`);
        await op.createUniqueConstraint("uq_people_rank", "people", ["rank"]);`,
      down: `await op.dropConstraint("uq_people_rank", "people", { type: "unique" }); await op.dropColumn("people", "rank"); ${count(-1000)}`,
    },
    {
      up: `await op.createView("people_names", "SELECT id, name FROM people"); ${count(1)}`,
      down: `${count(-1)} await op.dropView("people_names");`,
    },
    {
      up: `await op.renameColumn("orders", "total", "amount"); ${execute("UPDATE orders SET amount = amount + 1")}`,
      down: `${execute("UPDATE orders SET amount = amount - 1")} await op.renameColumn("orders", "amount", "total");`,
    },
    { up: choices[0], down: choices[1] },
    {
      up: `await op.renameTable("raw_log", "log"); ${execute("UPDATE log SET weight = weight + 1")}`,
      down: `${execute("UPDATE log SET weight = weight - 1")} await op.renameTable("log", "raw_log");`,
    },
    { up: outside[0], down: outside[1] },
    counting(20),
    {
      isTransactional: false,
      up: `${count(1)} await op.addColumn("log", "kind", varchar(10)); ${count(2)} ${execute("UPDATE log SET kind = 'x', weight = weight + 1")}
        await op.createIndex("ix_log_kind", "log", ["kind"]); ${count(3)}`,
      down: `${count(-3)} await op.dropIndex("ix_log_kind", "log"); ${execute("UPDATE log SET weight = weight - 1")} await op.dropColumn("log", "kind"); ${count(-2)} ${count(-1)}`,
    },
    {
      up: `await op.batchAlterTable("orders", (batch) => { batch.addColumn("paid", boolean().notNull().default(false)); batch.addColumn("note", varchar(20)); }); ${execute("UPDATE orders SET amount = amount + 5")}`,
      down: `${execute("UPDATE orders SET amount = amount - 5")} await op.batchAlterTable("orders", (batch) => { batch.dropColumn("note"); batch.dropColumn("paid"); });`,
    },
    {
      up: `${execute(trigger)} ${count(4)}`,
      down: `${count(-4)} await op.dropTrigger("quiet", "people");`,
    },
    {
      up: `await op.autocommit(async (op) => { ${count(5)} await op.createTable("made_outside", { id: integer().primaryKey() }); ${count(6)} }); ${count(8)}`,
      down: `${count(-8)} await op.autocommit(async (op) => { ${count(-6)} await op.dropTable("made_outside"); ${count(-5)} });`,
    },
    { up: `await op.createTableComment("orders", "what people buy");`, down: `await op.dropTableComment("orders");` },
    {
      up: `await op.createCheckConstraint("ck_orders_amount", "orders", "amount >= 0"); ${execute("UPDATE orders SET amount = amount + 2")}`,
      down: `${execute("UPDATE orders SET amount = amount - 2")} await op.dropConstraint("ck_orders_amount", "orders", { type: "check" });`,
    },
    {
      up: `await op.alterColumn("orders", "note", { type: varchar(40), default: "none" }); ${execute("UPDATE orders SET amount = amount * 2")}`,
      down: `${execute("UPDATE orders SET amount = amount / 2")} await op.alterColumn("orders", "note", { type: varchar(20), default: null });`,
    },
    {
      up: `await op.dropTable("from_sql"); ${count(9)}`,
      down: `${count(-9)} await op.createTable("from_sql", { id: integer().primaryKey(), n: integer() }); await op.bulkInsert("from_sql", [{ id: 1, n: 2 }]);`,
    },
    {
      isSql: true,
      isTransactional: false,
      up: "UPDATE people SET n = n + 11;\nCREATE TABLE second_sql (id integer PRIMARY KEY);\nUPDATE people SET n = n + 12;\nINSERT INTO second_sql VALUES (1);",
      down: "DROP TABLE second_sql;\nUPDATE people SET n = n - 23;",
    },
    {
      up: `await op.createTable("tags", { id: integer().primaryKey(), label: varchar(30).unique() }); ${execute("INSERT INTO tags VALUES (1, 'a'), (2, 'b')")}
        ${execute("UPDATE tags SET label = 'aa' WHERE label = 'a'")} await op.addColumn("tags", "uses", integer().notNull().default(0)); ${execute("UPDATE tags SET uses = uses + 1")}`,
      down: `await op.dropTable("tags");`,
    },
    counting(30),
    {
      up: `await op.dropView("people_names"); await op.createView("people_names", "SELECT id, name, n FROM people");`,
      down: `await op.dropView("people_names"); await op.createView("people_names", "SELECT id, name FROM people");`,
    },
    {
      up: `await op.dropIndex("ix_people_name", "people"); ${count(13)}`,
      down: `${count(-13)} await op.createIndex("ix_people_name", "people", ["name"]);`,
    },
    {
      up: `for (let i = 0; i < 5; i += 1) ${count(1)} await op.addColumn("tags", "colour", varchar(10)); for (let i = 0; i < 5; i += 1) ${count(1)}`,
      down: `for (let i = 0; i < 5; i += 1) ${count(-1)} await op.dropColumn("tags", "colour"); for (let i = 0; i < 5; i += 1) ${count(-1)}`,
    },
    {
      up: `${count(2)} await op.backfill("people", { set: { n: "n + 50" }, batchSize: 2 }); ${count(3)}`,
      down: `${count(-3)} await op.backfill("people", { set: { n: "n - 50" }, key: ["id"], batchSize: 1 }); ${count(-2)}`,
    },
    counting(40),
    {
      up: `await op.renameTable("tags", "labels"); ${count(1)}`,
      down: `${count(-1)} await op.renameTable("labels", "tags");`,
    },
  ];
}

const idOf = (index: number): string => `r${String(index + 1).padStart(2, "0")}`;

function renderModule(id: string, down: string | null, { up, down: back, isTransactional }: Revision): string {
  return [
    `import type { Operations } from "limbeck";`,
    `import { boolean, integer, varchar } from "limbeck/schema";`,
    `export const revision = "${id}";`,
    `export const downRevision = ${JSON.stringify(down)};`,
    ...(isTransactional === false ? ["export const transactional = false;"] : []),
    `export const types = { boolean, integer, varchar };`,
    `export async function upgrade(op: Operations) { ${up} }`,
    `export async function downgrade(op: Operations) { ${back} }`,
    "",
  ].join("\n");
}

function renderSql(id: string, down: string | null, { up, down: back, isTransactional }: Revision): string {
  const lines = [
    `-- step ${id}`,
    "--",
    `-- revision: ${id}`,
    `-- down_revision: ${down ?? "none"}`,
    ...(isTransactional === false ? ["-- transactional: false"] : []),
    "",
    "-- limbeck: upgrade",
    up,
    "",
    "-- limbeck: downgrade",
    back,
    "",
  ];
  return lines.join("\n");
}

/**
 * Writes a history of more than 30 revisions into a project.
 *
 * @returns how many there are
 */
export function writeCrashHistory(project: TestProject, peculiarities: EnginePeculiarities): number {
  const revisions = listRevisions(peculiarities);
  for (const [index, revision] of revisions.entries()) {
    const id = idOf(index);
    const down = index === 0 ? null : idOf(index - 1);
    const text = revision.isSql ? renderSql(id, down, revision) : renderModule(id, down, revision);
    project.write(`migrations/versions/${id}_step.${revision.isSql ? "sql" : "ts"}`, text);
  }
  return revisions.length;
}
