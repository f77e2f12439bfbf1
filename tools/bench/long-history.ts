import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createProject, type Project } from "./project.ts";
import type { Workspace } from "./workspace.ts";

const tableName = (number: number): string => `bench_${String(number).padStart(5, "0")}`;
const revisionId = (number: number): string => number.toString(16).padStart(12, "0");

function renderModels(count: number): string {
  const tables = Array.from(
    { length: count },
    (_, index) => `export const table${index + 1} = table("${tableName(index + 1)}", {
  id: integer().primaryKey().autoIncrement(),
  title: varchar(255).notNull(),
  note: text(),
  is_done: boolean().notNull().default(false),
  created_at: timestamp({ timezone: true }).notNull().defaultNow(),
});`,
  );
  return `import { boolean, integer, table, text, timestamp, varchar } from "limbeck/schema";\n\n${tables.join("\n\n")}\n`;
}

/** Lets the tool generate the revision that creates one more table. */
function generateRevision(project: Project, number: number): { readonly path: string; readonly text: string } {
  project.write("app/models.ts", renderModels(number));
  const args = ["revision", "-m", `create ${tableName(number)}`, "--autogenerate", "--rev-id", revisionId(number)];
  project.limbeck(...args);
  project.limbeck("upgrade", "head");
  const path = readdirSync(project.versions).find((name) => name.includes(tableName(number)));
  if (path === undefined) throw new Error(`limbeck ${args.join(" ")} wrote no file for ${tableName(number)}`);
  return { path, text: readFileSync(join(project.versions, path), "utf8") };
}

/** The revisions that revision number `number`, counted from 1, builds on; none for the first one. */
export type HistoryShape = (number: number) => readonly number[];

/** Each revision builds on the one before it. */
export const inOneLine: HistoryShape = (number) => (number === 1 ? [] : [number - 1]);

/** Of each twenty revisions, nineteen form two lines beside each other, and the last one merges them. */
export const inTwoLines: HistoryShape = (number) => {
  const place = (number - 1) % 20;
  const parents = place === 19 ? [number - 1, number - 2] : [number - (place < 2 ? 1 : 2)];
  // The second line of the first twenty begins at the first revision, as there is nothing below it.
  return number === 1 ? [] : parents.map((parent) => Math.max(parent, 1));
};

const quoteId = (number: number): string => JSON.stringify(revisionId(number));

function renderParents(parents: readonly number[]): string {
  const [only, ...more] = parents.map(quoteId);
  return more.length > 0 ? `[${[only, ...more].join(", ")}]` : (only ?? "null");
}

/**
 * A project with revisions that create one table each. The tool generates the first two; the others are copies
 * of the second with other names, since to generate thousands would take longer than to measure them.
 */
export function createLongProject(
  workspace: Workspace,
  name: string,
  count: number,
  shape: HistoryShape = inOneLine,
): Project {
  const project = createProject(workspace, name);
  generateRevision(project, 1);
  const { path, text } = generateRevision(project, 2);
  const pattern = new RegExp([quoteId(1), revisionId(2), tableName(2)].join("|"), "g");
  for (let number = 3; number <= count; number += 1) {
    const names: Readonly<Record<string, string>> = {
      [quoteId(1)]: renderParents(shape(number)),
      [revisionId(2)]: revisionId(number),
      [tableName(2)]: tableName(number),
    };
    const rename = (original: string): string => original.replaceAll(pattern, (old) => names[old] ?? old);
    writeFileSync(join(project.versions, rename(path)), rename(text));
  }
  rmSync(project.database);
  return project;
}
