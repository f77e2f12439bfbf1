import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createMariadbDatabase, requireMariadb, type MariadbDatabase } from "../support/mariadb-server.ts";
import { createDrizzleProject, type DrizzleProject } from "./drizzle-project.ts";

const check = requireMariadb();

const MODELS = `import { boolean, datetime, decimal, index, int, json, mysqlTable, text, timestamp, uniqueIndex, varchar } from "drizzle-orm/mysql-core";

export const lists = mysqlTable("lists", {
  id: int().primaryKey().autoincrement(),
  title: varchar({ length: 80 }).notNull().unique(),
});
export const todos = mysqlTable(
  "todos",
  {
    id: int().primaryKey().autoincrement(),
    parent: int(),
    done: boolean().notNull().default(false),
    price: decimal({ precision: 10, scale: 2 }).default("1.50"),
    meta: json(),
    title: varchar({ length: 255 }).notNull(),
    body: text(),
    due: datetime(),
    createdAt: timestamp("created_at").notNull().defaultNow(),
  },
  (table) => [index("by_title").on(table.title), uniqueIndex("one").on(table.title, table.parent)],
);
`;

describe("models of Drizzle on MariaDB", () => {
  let database: MariadbDatabase;
  let project: DrizzleProject;

  beforeEach(async (context) => {
    check(context);
    database = await createMariadbDatabase();
    project = createDrizzleProject(database.url);
    project.useModels(MODELS);
  });
  afterEach(async () => {
    project.dispose();
    await database.drop();
  });

  it("mean names that they leave out as the config says", async () => {
    project.useModels(`import { mysqlTable, int } from "drizzle-orm/mysql-core";
export const users = mysqlTable("users", { userId: int() });`);
    project.write("drizzle.ts", project.read("limbeck.config.ts"));
    project.write(
      "limbeck.config.ts",
      `import config from "./drizzle.ts"; export default { ...config, drizzleCasing: "snake_case" };`,
    );
    await database.run("CREATE TABLE users (user_id int)");
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
    expect(await project.limbeckJson("downgrade base")).toMatchObject({ exitCode: 0 });
  });
});
