import { mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { copyWorkshop, WORKSHOP } from "../tools/copy-workshop.ts";
import { followDocument } from "../tools/walkthrough/follow-document.ts";
import { readDocument } from "../tools/walkthrough/read-document.ts";
import { createSystemEnvironment } from "../tools/walkthrough/system-environment.ts";

const README = readFileSync(join(WORKSHOP, "README.md"), "utf8");
const BIN = join(import.meta.dirname, "../node_modules/.bin");

describe("what the README of the workshop shows", { timeout: 300_000 }, () => {
  let folder: string;
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "limbeck-workshop-readme-")));
    copyWorkshop(folder);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("happens", async () => {
    const system = createSystemEnvironment();
    const env = { ...system, NO_COLOR: "1", PATH: [BIN, system["PATH"]].join(delimiter) };
    const document = readDocument("workshop/00_personal_todo/README.md", README);
    await expect(followDocument(document, { folder, env })).resolves.toBeUndefined();
  });

  it("are files that there are", () => {
    const links = Array.from(README.matchAll(/\]\(([^)]+)\)/g), ([, path = ""]) => path);
    expect(links.length).toBeGreaterThan(10);
    for (const path of links) expect(() => realpathSync(join(folder, path))).not.toThrow();
  });
});
