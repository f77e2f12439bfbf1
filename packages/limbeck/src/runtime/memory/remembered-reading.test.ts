import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { integer, table, text } from "../../schema.ts";
import { buildSchema } from "../../schema/builder/build-schema.ts";
import type { AnyColumnBuilder } from "../../schema/builder/column-builder.ts";
import { DEFAULT_NAMING_CONVENTION } from "../../schema/builder/naming-convention.ts";
import { EMPTY_SCHEMA, type Schema } from "../../schema/model/schema.ts";
import { identifyProgram } from "./identify-program.ts";
import { createReadingMemory } from "./reading-memory.ts";
import { readOnce } from "./remembered-reading.ts";
import type { Conversation } from "./remembered-scratch.ts";

let folder: string;
let readings: number;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "limbeck-reading-"));
  readings = 0;
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const describeTodos = (title: AnyColumnBuilder = text()): Schema =>
  buildSchema([table("todos", { id: integer().primaryKey(), title })], DEFAULT_NAMING_CONVENTION);

const TODOS = describeTodos();

async function read(described: Schema, other: Partial<Conversation> = {}, serverVersion = "3.0.0") {
  const conversation = {
    memory: createReadingMemory(folder),
    circumstances: { serverVersion: "3.0.0", settings: "a" },
    topic: "the models",
    ...other,
  };
  return readOnce(conversation, described, async () => {
    readings += 1;
    return { schema: described, unmanaged: [], serverVersion };
  });
}

describe("readOnce", () => {
  it("builds a schema once, and gives the very same reading afterwards", async () => {
    const first = await read(TODOS);
    expect(await read(describeTodos())).toStrictEqual(first);
    expect(readings).toBe(1);
  });

  it.each<readonly [string, () => Promise<unknown>]>([
    ["another schema", () => read(describeTodos(text().notNull()))],
    ["another topic", () => read(TODOS, { topic: "schema.sql" })],
    ["other settings", () => read(TODOS, { circumstances: { serverVersion: "3.0.0", settings: "b" } })],
    ["another version", () => read(TODOS, { circumstances: { serverVersion: "4.0.0", settings: "a" } }, "4.0.0")],
  ])("builds again for %s", async (_, readOther) => {
    await read(TODOS);
    await readOther();
    expect(readings).toBe(2);
  });

  it("keeps nothing of a server of another version that took the place", async () => {
    await read(TODOS, {}, "2.0.0");
    await read(TODOS, {}, "2.0.0");
    expect([readings, readdirSync(folder)]).toEqual([2, []]);
  });

  it("keeps nothing of a schema that cannot be written down, and builds again where what is kept is broken", async () => {
    const strange = { ...EMPTY_SCHEMA, strange: () => 0 };
    await read(strange);
    await read(strange);
    expect([readings, readdirSync(folder)]).toEqual([2, []]);
    await read(TODOS);
    for (const name of readdirSync(folder)) writeFileSync(join(folder, name), "broken");
    await read(TODOS);
    expect(readings).toBe(4);
  });

  it("passes a failure on and keeps nothing of it", async () => {
    const conversation = {
      memory: createReadingMemory(folder),
      circumstances: { serverVersion: "3.0.0", settings: "a" },
      topic: "the models",
    };
    const failing = readOnce(conversation, TODOS, () => Promise.reject(new Error("refused")));
    await expect(failing).rejects.toThrow("refused");
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe("identifyProgram", () => {
  it("tells builds apart by the names, sizes and times of their files, those in folders too", () => {
    mkdirSync(join(folder, "inner"));
    writeFileSync(join(folder, "inner", "a.js"), "1");
    const sum = identifyProgram(folder, true);
    expect(identifyProgram(folder, true)).toBe(sum);
    writeFileSync(join(folder, "inner", "a.js"), "12");
    const longer = identifyProgram(folder, true);
    expect(longer).not.toBe(sum);
    writeFileSync(join(folder, "b.js"), "");
    expect(identifyProgram(folder, true)).not.toBe(longer);
  });

  it("finds the files of this package", () => {
    expect(identifyProgram()).toMatch(/^[0-9a-f]{64}$/);
  });
});
