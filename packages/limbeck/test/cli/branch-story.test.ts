import { readdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestProject, type TestProject } from "./test-project.ts";

/**
 * One team, one database, told in order: a billing and a shop branch part at the customers, the shop's prices depend on an audit log with a root of its own,
 * both are merged, undone in part, and stamped. Each step goes on from the one before it.
 */
describe("a team on branches", () => {
  let project: TestProject;

  const run = async (line: string): Promise<string> => {
    const { exitCode, stdout, stderr } = await project.limbeck(line);
    if (exitCode !== 0) throw new Error(`limbeck ${line} ended with ${exitCode}: ${stderr}`);
    return stdout;
  };

  /** Lets the tool write an empty revision, and writes its statements. */
  const write = async (id: string, options: string, up: string, down: string): Promise<void> => {
    await run(`revision --format sql --rev-id ${id} ${options}`);
    const folder = join(project.folder, "migrations/versions");
    const names = readdirSync(folder).filter((name) => name.endsWith(".sql"));
    const name = names.find((one) => project.read(join("migrations/versions", one)).includes(`-- revision: ${id}\n`));
    if (name === undefined) throw new Error(`No file of ${id} among ${names.join(", ")}`);
    const path = join("migrations/versions", name);
    const [head = ""] = project.read(path).split("-- limbeck: upgrade");
    project.write(path, `${head}-- limbeck: upgrade\n${up}\n\n-- limbeck: downgrade\n${down}\n`);
  };

  const query = (sql: string): readonly unknown[] => {
    const database = new DatabaseSync(join(project.folder, "app.db"), { readOnly: true });
    try {
      return database
        .prepare(sql)
        .all()
        .map((row) => Object.values(row)[0]);
    } finally {
      database.close();
    }
  };
  const tables = (): readonly unknown[] =>
    query("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'limbeck%' ORDER BY name");
  const rows = (): readonly unknown[] => query("SELECT version_num FROM limbeck_version ORDER BY version_num");

  beforeAll(() => {
    project = createTestProject();
    project.write("limbeck.config.ts", `export default { url: "sqlite:app.db" };\n`);
    project.write("migrations/versions/.gitkeep", "");
  });

  afterAll(() => project.dispose());

  it("parts ways", async () => {
    const customers =
      "CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT); INSERT INTO customers VALUES (1, 'Ann');";
    await write("aa01", "-m customers", customers, "DROP TABLE customers;");
    const invoices = "CREATE TABLE invoices (id INTEGER PRIMARY KEY, customer_id INTEGER REFERENCES customers (id));";
    await write("bb01", "-m invoices --branch-label billing", invoices, "DROP TABLE invoices;");
    const products = "CREATE TABLE products (id INTEGER PRIMARY KEY, name TEXT);";
    const branch = "-m products --head aa01 --splice --branch-label shop";
    await write("cc01", branch, products, "DROP TABLE products;");
    const audit = "CREATE TABLE audit (id INTEGER PRIMARY KEY, what TEXT);";
    await write("dd01", `-m "audit log" --head base --branch-label audit`, audit, "DROP TABLE audit;");
    await write(
      "cc02",
      "-m prices --head shop@head --depends-on audit",
      "ALTER TABLE products ADD COLUMN price INTEGER; INSERT INTO audit (what) VALUES ('prices');",
      "DELETE FROM audit WHERE what = 'prices'; ALTER TABLE products DROP COLUMN price;",
    );
    await write(
      "bb02",
      `-m "due dates" --head billing@head`,
      "ALTER TABLE invoices ADD COLUMN due TEXT;",
      "ALTER TABLE invoices DROP COLUMN due;",
    );
    expect(await run("heads")).toBe("dd01 (audit) (effective head)\ncc02 (shop) (head)\nbb02 (billing) (head)\n");
    expect(await run("history --graph")).toBe(
      [
        "●      cc02 (shop) (head)  prices",
        "├┄╮",
        "● ┊    cc01 (shop)  products",
        "│ ┊ ●  bb02 (billing) (head)  due dates",
        "│ ┊ ●  bb01 (billing)  invoices",
        "├─┊─╯",
        "● ┊    aa01 (branchpoint)  customers",
        "  ●    dd01 (audit) (effective head)  audit log",
        "",
      ].join("\n"),
    );
  });

  it("upgrades one branch by steps, then everything", async () => {
    await run("upgrade billing@+2");
    expect([tables(), rows()]).toEqual([["customers", "invoices"], ["bb01"]]);
    await run("upgrade heads");
    expect([tables(), rows()]).toEqual([
      ["audit", "customers", "invoices", "products"],
      ["bb02", "cc02"],
    ]);
    expect(query("SELECT what FROM audit")).toEqual(["prices"]);
  });

  it("takes one branch back, and what depends on another", async () => {
    await run("downgrade shop@aa01");
    // What the shop depended on stays, and has a row of its own again.
    expect([tables(), rows()]).toEqual([
      ["audit", "customers", "invoices"],
      ["bb02", "dd01"],
    ]);
    await run("upgrade shop@head");
    await run("downgrade audit@base --allow-data-loss");
    expect([tables(), rows()]).toEqual([
      ["customers", "invoices", "products"],
      ["bb02", "cc01"],
    ]);
    expect(query("SELECT name FROM pragma_table_info('products')")).toEqual(["id", "name"]);
    await run("upgrade heads");
    expect(rows()).toEqual(["bb02", "cc02"]);
  });

  it("comes together", async () => {
    const { stderr } = await project.limbeck("merge billing@head shop@head -m together --rev-id ee01 --format sql");
    // The audit log is a head as well.
    expect(stderr).toContain("✔ Proven");
    expect(stderr).toContain("Next: limbeck upgrade heads");
    await run("upgrade ee01");
    expect(rows()).toEqual(["ee01"]);
    expect(await run("history --graph -i")).toBe(
      [
        "◉      ee01 (billing, shop) (head) (current) (mergepoint)  together",
        "├─╮",
        "● │    bb02  due dates",
        "● │    bb01 (billing)  invoices",
        "│ ●    cc02  prices",
        "│ ├┄╮",
        "│ ● ┊  cc01 (shop)  products",
        "├─╯ ┊",
        "●   ┊  aa01 (branchpoint)  customers",
        "    ●  dd01 (audit) (effective head)  audit log",
        "",
      ].join("\n"),
    );
  });

  it("goes back in part, is stamped, and up again", async () => {
    await run("downgrade billing@bb01");
    expect(rows()).toEqual(["bb01", "cc02"]);
    expect(query("SELECT name FROM pragma_table_info('invoices')")).toEqual(["id", "customer_id"]);
    await run("stamp ee01");
    expect(rows()).toEqual(["ee01"]);
    await run("stamp bb01 cc02");
    expect(rows()).toEqual(["bb01", "cc02"]);
    await run("upgrade heads");
    expect(rows()).toEqual(["ee01"]);
    expect(query("SELECT name FROM pragma_table_info('invoices')")).toEqual(["id", "customer_id", "due"]);
    expect(query("SELECT name FROM customers")).toEqual(["Ann"]);
    await run("downgrade base --allow-data-loss");
    expect([tables(), rows()]).toEqual([[], []]);
  });
});
