import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createPostgresDatabase, requirePostgres, type PostgresDatabase } from "../support/postgres-server.ts";
import { createDrizzleProject, loadDrizzleKit, type DrizzleProject } from "./drizzle-project.ts";

const check = requirePostgres();

const MODELS = `import { sql } from "drizzle-orm";
import { bigint, boolean, check, foreignKey, index, integer, jsonb, numeric, pgEnum, pgPolicy, pgSchema, pgSequence, pgTable, pgView, primaryKey, serial, text, timestamp, unique, uuid, varchar } from "drizzle-orm/pg-core";

export const mood = pgEnum("mood", ["sad", "ok", "happy"]);
export const numbers = pgSequence("order_numbers", { startWith: 1000, increment: 2 });
export const own = pgSchema("own");
export const notes = own.table("notes", { id: serial().primaryKey(), mood: mood().notNull().default("ok") }, () => [
  pgPolicy("readers", { for: "select", using: sql\`true\` }),
]);
export const lists = pgTable("lists", {
  id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity({ startWith: 100 }),
  title: varchar({ length: 80 }).notNull().unique(),
  owner: uuid().defaultRandom(),
  tags: text().array().notNull().default(sql\`'{}'\`),
});
export const todos = pgTable(
  "todos",
  {
    id: serial().primaryKey(),
    listId: bigint("list_id", { mode: "number" }).notNull().references(() => lists.id, { onDelete: "cascade" }),
    parent: integer(),
    done: boolean().notNull().default(false),
    price: numeric({ precision: 10, scale: 2 }).default("1.50"),
    meta: jsonb().notNull().default({ a: 1 }),
    slug: text().generatedAlwaysAs(sql\`lower(title)\`),
    title: text().notNull(),
    createdAt: timestamp("created_at", { withTimezone: true, precision: 3 }).notNull().defaultNow(),
  },
  (table) => [
    index("todos_meta").using("gin", table.meta),
    index("todos_live").on(table.title.desc().nullsLast(), sql\`lower(\${table.slug})\`).where(sql\`\${table.price} > 0\`),
    unique("one_title").on(table.listId, table.title).nullsNotDistinct(),
    check("priced", sql\`\${table.price} >= 0\`),
    foreignKey({ columns: [table.parent], foreignColumns: [table.id] }),
  ],
);
export const open = pgView("open_todos").as((query) => query.select({ id: todos.id }).from(todos).where(sql\`\${todos.done} = false\`));
export const pairs = pgTable("pairs", { a: integer(), b: text() }, (table) => [primaryKey({ columns: [table.a, table.b] })]);
`;

describe("models of Drizzle on PostgreSQL", () => {
  let database: PostgresDatabase;
  let project: DrizzleProject;

  beforeEach(async (context) => {
    check(context);
    database = await createPostgresDatabase();
    project = createDrizzleProject(database.url);
    project.useModels(MODELS);
  });
  afterEach(async () => {
    project.dispose();
    await database.drop();
  });

  it("find nothing to do in a database that drizzle-kit made of them", async () => {
    const kit = loadDrizzleKit();
    const models: unknown = await import(join(project.folder, "models-1.ts"));
    // A module's namespace is a record of what it exports.
    const snapshot = kit.generateDrizzleJson(models as Record<string, unknown>);
    const statements = await kit.generateMigration(kit.generateDrizzleJson({}), snapshot);
    execFileSync("psql", ["-q", "-v", "ON_ERROR_STOP=1", database.url], { input: statements.join("\n") });
    expect(await project.limbeckJson("diff")).toMatchObject({ exitCode: 0, data: { changes: [] } });
  });

  it("mean names that they leave out as the config says", async () => {
    project.useModels(`import { pgTable, text } from "drizzle-orm/pg-core";
export const users = pgTable("users", { firstName: text(), asIs: text("asIs") });`);
    project.write("drizzle.ts", project.read("limbeck.config.ts"));
    project.write(
      "limbeck.config.ts",
      `import config from "./drizzle.ts"; export default { ...config, drizzleCasing: "snake_case" };`,
    );
    await database.run(`CREATE TABLE users (first_name text, "asIs" text)`);
    expect(await project.limbeckJson("diff")).toMatchObject({ exitCode: 0, data: { changes: [] } });
  });

  it("become revisions that lead to what they say", async () => {
    expect(await project.limbeckJson("revision -m first --autogenerate")).toMatchObject({
      exitCode: 0,
      data: { proof: "proven" },
    });
    expect(await project.limbeckJson("upgrade head")).toMatchObject({ exitCode: 0 });
    expect(await project.limbeckJson("check")).toMatchObject({ exitCode: 0 });
    project.useModels(MODELS.replace("varchar({ length: 80 })", "varchar({ length: 120 })"));
    expect(await project.limbeckJson("diff")).toMatchObject({
      data: { changes: [{ text: "change type of lists.title from varchar(80) to varchar(120)" }] },
    });
    project.useModels(MODELS.replace(`"ok", "happy"`, `"ok", "glad", "happy"`));
    expect(await project.limbeckJson("revision -m glad --autogenerate")).toMatchObject({ exitCode: 0 });
    expect(await project.limbeckJson("upgrade head")).toMatchObject({ exitCode: 0 });
    expect(await project.limbeckJson("check")).toMatchObject({ exitCode: 0 });
    expect(await project.limbeckJson("downgrade base")).toMatchObject({ exitCode: 0 });
  });
});
