import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Connection, Row } from "../../dialect/connection.ts";
import { sqlite } from "../../dialects/sqlite/index.ts";
import type { OpenScratch } from "../scratch.ts";
import { createReadingMemory } from "./reading-memory.ts";
import { readRemembered, type Circumstances } from "./remembered-scratch.ts";

let folder: string;
let opened: number;
let circumstances: Circumstances;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "limbeck-memory-"));
  opened = 0;
  const scratch = await sqlite.openScratch();
  circumstances = { serverVersion: scratch.serverVersion, settings: "a" };
  await scratch.close();
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const open: OpenScratch = () => {
  opened += 1;
  return sqlite.openScratch();
};

/** What a database says of its tables after some statements; each answer is asked for at another time. */
async function ask(given: OpenScratch, statements: readonly string[]): Promise<readonly (readonly Row[])[]> {
  const connection: Connection = await given();
  try {
    const answers: (readonly Row[])[] = [];
    for (const statement of statements) {
      await connection.execute(statement);
      answers.push(await connection.query("SELECT name FROM sqlite_schema WHERE name <> ? ORDER BY name", ["none"]));
    }
    return answers;
  } finally {
    await connection.close();
  }
}

const read = (statements: readonly string[], other: Partial<Circumstances> = {}, topic = "models") => {
  const conversation = { memory: createReadingMemory(folder), circumstances: { ...circumstances, ...other }, topic };
  return readRemembered(open, conversation, (given) => ask(given, statements));
};

const TWO = ["CREATE TABLE a (x)", "CREATE TABLE b (x)"];

describe("readRemembered", () => {
  it("asks a database once, and remembers each answer by all that was said before it", async () => {
    const first = await read(TWO);
    expect(first).toEqual([[{ name: "a" }], [{ name: "a" }, { name: "b" }]]);
    expect(await read(TWO)).toEqual(first);
    expect(opened).toBe(1);
  });

  it.each([
    ["another statement", () => read(["CREATE TABLE a (y)", "CREATE TABLE b (x)"])],
    ["another order", () => read(TWO.toReversed())],
    ["another version", () => read(TWO, { serverVersion: "1.2.3" })],
    ["other settings", () => read(TWO, { settings: "b" })],
  ])("asks again after %s", async (_, readOther) => {
    await read(TWO);
    await readOther();
    expect(opened).toBe(2);
  });

  it("remembers nothing of a database of another version that takes the place", async () => {
    await read(TWO, { serverVersion: "1.2.3" });
    await read(TWO, { serverVersion: "1.2.3" });
    expect([opened, readdirSync(folder)]).toEqual([2, []]);
  });

  it("passes on what fails, and remembers nothing of it", async () => {
    await expect(read(["CREATE TABLE a (x)", "CREATE TABLE a (x)"])).rejects.toThrow("already exists");
    await expect(read(["CREATE TABLE a (x)", "CREATE TABLE a (x)"])).rejects.toThrow("already exists");
    expect(opened).toBe(2);
  });

  it("asks again where what is kept cannot be read, and does without where it cannot be written", async () => {
    await read(TWO);
    for (const name of readdirSync(folder)) writeFileSync(join(folder, name), "broken");
    expect(await read(TWO)).toHaveLength(2);
    expect(opened).toBe(2);
    rmSync(folder, { recursive: true });
    writeFileSync(folder, "a file");
    expect(await read(TWO)).toHaveLength(2);
  });

  it("does not let a database that is not there be taken for one that fails", async () => {
    await read(TWO);
    const conversation = { memory: createReadingMemory(folder), circumstances, topic: "models" };
    const swallow = async (given: OpenScratch): Promise<string> =>
      ask(given, ["CREATE TABLE other (x)"]).then(
        () => "read",
        () => "swallowed",
      );
    expect(await readRemembered(open, conversation, swallow)).toBe("read");
    expect(opened).toBe(2);
  });

  it("keeps the last state of a few topics, not all there ever were", async () => {
    for (let count = 0; count < 20; count += 1) await read([`CREATE TABLE t${count} (x)`], {}, `topic ${count}`);
    await read(["CREATE TABLE t19 (x)"], {}, "topic 19");
    expect(opened).toBe(20);
    expect(readdirSync(folder).length).toBeLessThanOrEqual(12);
  });

  it("tells values of one spelling apart", async () => {
    const conversation = { memory: createReadingMemory(folder), circumstances, topic: "values" };
    const typeOf = (value: string | number) =>
      readRemembered(open, conversation, async (given) => {
        const connection = await given();
        try {
          return await connection.query("SELECT typeof(?) AS type", [value]);
        } finally {
          await connection.close();
        }
      });
    expect([await typeOf("1"), await typeOf(1)]).toEqual([
      [{ type: "text" }],
      [{ type: expect.not.stringMatching("text") }],
    ]);
  });
});
