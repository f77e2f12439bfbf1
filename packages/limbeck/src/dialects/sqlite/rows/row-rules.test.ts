import { describe, expect, it } from "vitest";
import type { Connection } from "../../../dialect/connection.ts";
import { openScratch } from "../driver/open-scratch.ts";
import { introspect } from "../introspect/introspect.ts";
import { ROWS } from "./row-rules.ts";

const numbered = (rows: number, value: string): string =>
  `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${rows}) INSERT INTO t SELECT printf('%06d', i), ${value} FROM n`;

/** Reads a table without rowid, and notes how many rows came at a time. */
async function read(fill: string): Promise<{ readonly keys: readonly (string | null)[]; readonly pages: number[] }> {
  const connection: Connection = await openScratch();
  await connection.execute("CREATE TABLE t (k TEXT PRIMARY KEY, v) WITHOUT ROWID");
  await connection.execute(fill);
  const { schema } = await introspect(connection);
  const [holder] = await ROWS.listHolders(connection, schema, []);
  const keys: (string | null)[] = [];
  const pages: number[] = [];
  if (holder) {
    for await (const page of ROWS.readPages(connection, holder)) {
      for (const { values } of page) keys.push(values[0] ?? null);
      pages.push(page.length);
    }
  }
  await connection.close();
  return { keys, pages };
}

describe("the rows of a table without rowid", () => {
  // Every page begins with passing over all rows before it, so many pages take a time that grows with their square.
  it("come in few pages where they are small, each row once", async () => {
    const { keys, pages } = await read(numbered(100_000, "i"));
    expect(keys).toHaveLength(100_000);
    expect(new Set(keys).size).toBe(100_000);
    expect(pages.length).toBeLessThan(15);
  });

  it("come in small pages where they are large", async () => {
    const { keys, pages } = await read(numbered(5000, "zeroblob(4000)"));
    expect(keys).toHaveLength(5000);
    expect(Math.max(...pages)).toBe(1000);
  });
});
