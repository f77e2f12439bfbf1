import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { listRevisionFiles } from "./list-revision-files.ts";

let root = "";
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "limbeck-locations-")));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(...names: readonly string[]): void {
  for (const name of names) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), "");
  }
}

const link = (target: string, name: string): void => {
  mkdirSync(dirname(join(root, name)), { recursive: true });
  symlinkSync(join(root, target), join(root, name));
};

/** The files as they are reached, relative to the root. */
const list = (locations: readonly string[], recursiveVersionLocations = false): readonly string[] =>
  listRevisionFiles({ versionLocations: locations.map((name) => join(root, name)), recursiveVersionLocations }).map(
    (path) => relative(root, path),
  );

describe("listRevisionFiles", () => {
  it("goes from location to location, and by name in each", () => {
    write("b/2.ts", "b/1.sql", "a/3.js", "a/inner/4.ts");
    expect(list(["b", "a"])).toEqual(["b/1.sql", "b/2.ts", "a/3.js"]);
  });

  it("goes into folders if asked to, after the files beside them", () => {
    write(
      "a/z.ts",
      "a/2025/2.ts",
      "a/2025/1.ts",
      "a/2024/12/1.ts",
      "a/_old/1.ts",
      "a/.git/1.ts",
      "a/node_modules/1.ts",
    );
    expect(list(["a"], true)).toEqual(["a/z.ts", "a/2024/12/1.ts", "a/2025/1.ts", "a/2025/2.ts"]);
  });

  it("lists a file once that locations share", () => {
    write("a/1.ts", "a/inner/2.ts", "b/3.ts");
    link("a", "c");
    link("a/1.ts", "b/1.ts");
    expect(list(["a", "a", "c"])).toEqual(["a/1.ts"]);
    expect(list(["a", "b"])).toEqual(["a/1.ts", "b/3.ts"]);
    expect(list(["b", "a"])).toEqual(["b/1.ts", "b/3.ts"]);
    expect(list(["a/inner", "a"], true)).toEqual(["a/inner/2.ts", "a/1.ts"]);
    expect(list(["a", "a/inner"], true)).toEqual(["a/1.ts", "a/inner/2.ts"]);
  });

  it("lists a file once that two names in a folder lead to", () => {
    write("a/1.ts");
    link("a/1.ts", "a/2.ts");
    expect(list(["a"])).toEqual(["a/1.ts"]);
  });

  it("follows links to folders, and comes back out of a circle of them", () => {
    write("a/1.ts", "elsewhere/2.ts");
    link("elsewhere", "a/linked");
    link("a", "a/again");
    link("a", "elsewhere/back");
    expect(list(["a"], true)).toEqual(["a/1.ts", "a/linked/2.ts"]);
    expect(list(["a"])).toEqual(["a/1.ts"]);
  });

  it("passes over links that lead nowhere, unless one has the name of a revision", () => {
    write("a/1.ts");
    link("gone", "a/notes");
    link("a/1.ts", "a/README.md");
    expect(list(["a"], true)).toEqual(["a/1.ts"]);
    link("gone.ts", "a/2.ts");
    expect(() => list(["a"], true)).toThrow(expect.objectContaining({ code: "LB0202" }));
  });

  it("takes a missing location for an empty one, but not one whose place is missing as well", () => {
    write("a/1.ts");
    expect(list(["a", "b"])).toEqual(["a/1.ts"]);
    expect(() => list(["a", "b/versions"])).toThrow(
      expect.objectContaining({ code: "LB0201", fix: [`mkdir -p ${join(root, "b/versions")}`] }),
    );
  });
});
