import { readFileSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { WORKSHOP } from "../tools/copy-workshop.ts";
import { followDocument } from "../tools/walkthrough/follow-document.ts";
import { openWorkshopCopy, type WorkshopCopy } from "../tools/walkthrough/open-workshop-copy.ts";
import { readDocument } from "../tools/walkthrough/read-document.ts";

const README = readFileSync(join(WORKSHOP, "README.md"), "utf8");

describe("what the README of the workshop shows", { timeout: 300_000 }, () => {
  let copy: WorkshopCopy;
  beforeEach(() => {
    copy = openWorkshopCopy();
  });
  afterEach(() => copy.remove());

  it("happens", async () => {
    const document = readDocument("workshop/00_personal_todo/README.md", README);
    await expect(followDocument(document, copy)).resolves.toBeUndefined();
  });

  it("are files that there are", () => {
    const links = Array.from(README.matchAll(/\]\(([^)]+)\)/g), ([, path = ""]) => path);
    expect(links.length).toBeGreaterThan(10);
    for (const path of links) expect(() => realpathSync(join(copy.folder, path))).not.toThrow();
  });
});
