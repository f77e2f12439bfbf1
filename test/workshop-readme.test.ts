import { readFileSync, realpathSync } from "node:fs";
import { basename, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ADVANCED_WORKSHOP, WORKSHOP } from "../tools/copy-workshop.ts";
import { followDocument } from "../tools/walkthrough/follow-document.ts";
import { openWorkshopCopy, type WorkshopCopy } from "../tools/walkthrough/open-workshop-copy.ts";
import { readDocument } from "../tools/walkthrough/read-document.ts";

const WORKSHOPS = [WORKSHOP, ADVANCED_WORKSHOP].map((workshop) => ({ name: basename(workshop), workshop }));

describe.each(WORKSHOPS)("what the README of $name shows", { timeout: 300_000 }, ({ name, workshop }) => {
  const readme = readFileSync(join(workshop, "README.md"), "utf8");
  let copy: WorkshopCopy;
  beforeEach(() => {
    copy = openWorkshopCopy(workshop);
  });
  afterEach(() => copy.remove());

  it("happens", async () => {
    const document = readDocument(`workshop/${name}/README.md`, readme);
    await expect(followDocument(document, copy)).resolves.toBeUndefined();
  });

  it("are files that there are", () => {
    const links = Array.from(readme.matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g), ([, path = ""]) => path);
    expect(links.length).toBeGreaterThan(8);
    for (const path of links) expect(() => realpathSync(join(workshop, path))).not.toThrow();
  });
});
