import { describe, expect, it } from "vitest";
import { sqlite } from "../dialects/sqlite/index.ts";
import { buildSchema } from "../schema/builder/build-schema.ts";
import { DEFAULT_NAMING_CONVENTION } from "../schema/builder/naming-convention.ts";
import { integer, table } from "../schema.ts";
import { buildSchemaOn } from "./build-schema-on.ts";

describe("buildSchemaOn", () => {
  it("says which part of a schema the scratch database refuses, and why", async () => {
    const todos = table("todos", { id: integer().check("slugify(id) = id") });
    const scratch = await sqlite.openScratch();
    const building = buildSchemaOn(scratch, sqlite, buildSchema([todos], DEFAULT_NAMING_CONVENTION));
    await expect(building).rejects.toMatchObject({
      code: "LB1106",
      title: "A scratch database refuses a part of the schema: create table todos (1 column).",
      why: expect.stringContaining("no such function: slugify (SQLite error 1)"),
    });
    await scratch.close();
  });
});
