import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parseRevisionFile } from "./revision-file.ts";
import type { RevisionContent } from "./render/render-revision.ts";
import { loadTemplate, renderRevision } from "./template.ts";

const content: RevisionContent = {
  revision: "3f1c9a2b7d10",
  downRevision: ["9d2e11aa0c54"],
  branchLabels: [],
  dependsOn: [],
  replaces: [],
  message: "Add deleted_at to todos",
  createDate: "2026-11-22 10:15:00 UTC",
  notes: [],
  upgrade: [
    {
      kind: "addColumn",
      table: "todos",
      column: { name: "deleted_at", type: { kind: "timestamp", timezone: true }, nullable: true },
    },
  ],
  downgrade: [
    { kind: "dropColumn", table: "todos", column: { name: "deleted_at", type: { kind: "text" }, nullable: true } },
  ],
};

describe("renderRevision", () => {
  it("writes a file that people can read and tools leave as it is", () => {
    expect(renderRevision(content)).toBe(`/**
 * Add deleted_at to todos
 *
 * Created 2026-11-22 10:15:00 UTC
 */
import type { Operations } from "limbeck";
import { timestamp } from "limbeck/schema";

export const revision = "3f1c9a2b7d10";
export const downRevision = "9d2e11aa0c54";
export const branchLabels: string[] = [];
export const dependsOn: string[] = [];

export async function upgrade(op: Operations) {
  await op.addColumn("todos", "deleted_at", timestamp({ timezone: true }));
}

export async function downgrade(op: Operations) {
  await op.dropColumn("todos", "deleted_at");
}
`);
  });

  it("leaves both functions to the writer when there is nothing to say", () => {
    expect(renderRevision({ ...content, downRevision: [], upgrade: [], downgrade: [] }))
      .toContain(`import type { Operations } from "limbeck";

export const revision = "3f1c9a2b7d10";
export const downRevision = null;
export const branchLabels: string[] = [];
export const dependsOn: string[] = [];

export async function upgrade(op: Operations) {
  // Nothing yet: write the change here.
}

export async function downgrade(op: Operations) {
  // Nothing yet: write the way back here.
}
`);
  });

  it("says why there is no way back, and what a way back can't restore", () => {
    const text = renderRevision({
      ...content,
      downgrade: { irreversible: "raw SQL\nran" },
      notes: ["upgrade drops\n the rows of a"],
    });
    expect(text).toContain(" * Created 2026-11-22 10:15:00 UTC\n *\n * upgrade drops the rows of a\n */\n");
    expect(text).toMatch(/}\n\n\/\/ There is no downgrade: raw SQL ran\n$/);
  });

  it.each([
    ["Close the comment */ import './evil.ts'; /*"],
    ["First paragraph\nover two lines\n\nSecond"],
    ["line\u2028separator */\u2029"],
    ["${x} `y` \\"],
    ["  "],
  ])("comes back with the header and the message it was given: %j", (message) => {
    const header = {
      revision: "a",
      downRevision: ["b", "c"],
      branchLabels: ['it\'s "x"'],
      dependsOn: ["d"],
      replaces: ["e", "f"],
    };
    const file = parseRevisionFile("/v/a.ts", renderRevision({ ...content, ...header, message }));
    expect(file).toMatchObject(header);
    const [paragraph = ""] = message.trim().split("\n\n");
    expect(file.message).toBe(paragraph.replaceAll(/[\n\u2028\u2029]+/g, " ").trim() || "empty message");
  });
});

describe("the template of a project", () => {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "limbeck-template-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const render = async (text: string): Promise<string> => {
    writeFileSync(join(folder, "template.ts"), text);
    return renderRevision(content, await loadTemplate(folder));
  };

  it("decides what a file looks like", async () => {
    const text = await render(`import type { RevisionTemplate } from "limbeck";
export const render: RevisionTemplate = ({ message, imports, declarations, functions }) =>
  \`// \${message}\\n// © Acme\\n\${imports}\\n\${declarations}\\n\${functions}\`;`);
    expect(text).toMatch(/^\/\/ Add deleted_at to todos\n\/\/ © Acme\nimport type/);
    expect(text.endsWith("}\n")).toBe(true);
  });

  it("is the built-in one where the project has none", async () => {
    expect(renderRevision(content, await loadTemplate(folder))).toBe(renderRevision(content));
  });

  it.each([
    ["exports no render", "export const redner = 1;", "It exports redner, but no function render."],
    ["returns something else", "export const render = () => 12;", "render returned a number, not a text."],
    ["returns a promise", "export const render = async () => '';", "render returned a promise, not a text."],
    ["throws", "export const render = () => { throw new Error('no'); };", "render threw an error: no"],
    ["forgets the declarations", "export const render = () => '';", "What it wrote can't be read back"],
    [
      "declares another revision",
      "export const render = () => 'export const revision = \"x\"; export const downRevision = null;';",
      "What it wrote declares another revision",
    ],
  ])("is refused when it %s", async (_, text, why) => {
    const problem = expect.stringContaining(why);
    await expect(render(text)).rejects.toMatchObject({
      code: "LB0216",
      why: problem,
      context: { path: join(folder, "template.ts") },
    });
  });

  it("names the line of a syntax error", async () => {
    await expect(render("export const render = ;")).rejects.toMatchObject({
      code: "LB0208",
      context: { location: { line: 1 } },
    });
  });
});
