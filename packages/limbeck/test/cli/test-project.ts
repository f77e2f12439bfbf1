import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { runInFakeWorld, type FakeWorldOptions, type Run } from "../../src/cli/fake-world.ts";

/** What `--json` printed, and the exit code. */
export interface JsonRun {
  readonly exitCode: number;
  readonly ok: boolean;
  readonly [key: string]: unknown;
}

/** The functions of a revision file. */
export interface RevisionBody {
  readonly up: string;
  readonly down?: string;
}

/** A project on disk, of its own for each test. */
export interface TestProject {
  readonly folder: string;
  readonly write: (name: string, text: string) => void;
  readonly read: (name: string) => string;
  readonly has: (name: string) => boolean;
  readonly remove: (name: string) => void;
  /** The names of what lies in its folder, or in one inside of it, sorted. */
  readonly list: (under?: string) => readonly string[];
  /** Writes a revision file, named after its id and message. */
  readonly writeRevision: (id: string, down: string | null, message: string, body: RevisionBody) => void;
  /** Runs a command line; words with spaces in them stand in double quotes. */
  readonly limbeck: (line: string, options?: FakeWorldOptions) => Promise<Run>;
  /** Runs a command line with `--json`; fails when anything is written beside the object. */
  readonly limbeckJson: (line: string) => Promise<JsonRun>;
  readonly dispose: () => void;
}

function splitWords(line: string): readonly string[] {
  return Array.from(line.matchAll(/"([^"]*)"|(\S+)/g), ([, quoted, plain]) => quoted ?? plain ?? "");
}

function renderRevision(id: string, down: string | null, message: string, body: RevisionBody): string {
  const downgrade = `export async function downgrade(op: Operations) { ${body.down} }`;
  return [
    `/** ${message} */`,
    `import type { Operations } from "limbeck";`,
    `import { integer, real, text } from "limbeck/schema";`,
    "",
    `export const revision = "${id}";`,
    `export const downRevision = ${JSON.stringify(down)};`,
    "export const types = { integer, text };",
    `export async function upgrade(op: Operations) { ${body.up} }`,
    ...(body.down === undefined ? [] : [downgrade]),
    "",
  ].join("\n");
}

/** Makes an empty project. */
export function createTestProject(): TestProject {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "limbeck-cli-")));
  const write = (name: string, text: string): void => {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  };
  const limbeck = (line: string, options: FakeWorldOptions = {}): Promise<Run> =>
    runInFakeWorld(splitWords(line), { cwd: folder, ...options });
  return {
    folder,
    write,
    read: (name) => readFileSync(join(folder, name), "utf8"),
    has: (name) => existsSync(join(folder, name)),
    list: (under = ".") => readdirSync(join(folder, under)).toSorted(),
    remove: (name) => rmSync(join(folder, name), { recursive: true, force: true }),
    writeRevision: (id, down, message, body) =>
      write(`migrations/versions/${id}_${message.replaceAll(" ", "_")}.ts`, renderRevision(id, down, message, body)),
    limbeck,
    limbeckJson: async (line) => {
      const { exitCode, stdout, stderr } = await limbeck(`${line} --json`);
      if (stderr !== "") throw new Error(`${line} --json wrote to stderr: ${stderr}`);
      const result: unknown = JSON.parse(stdout);
      if (typeof result !== "object" || result === null || !("ok" in result))
        throw new Error(`Not an answer: ${stdout}`);
      return { ...result, ok: result.ok === true, exitCode };
    },
    dispose: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Makes a project with two revisions, `a001` and `a002`, none of them applied. */
export function createTodoProject(): TestProject {
  const project = createTestProject();
  project.write("limbeck.config.ts", `export default { url: "sqlite:todo.db" };\n`);
  project.writeRevision("a001", null, "initial", {
    up: `await op.createTable("todos", { id: integer().primaryKey(), title: text().notNull() });`,
    down: `await op.dropTable("todos");`,
  });
  project.writeRevision("a002", "a001", "add due date", {
    up: `await op.addColumn("todos", "due", text());`,
    down: `await op.dropColumn("todos", "due");`,
  });
  return project;
}

/** Durations differ from run to run. */
export const withoutTimes = (text: string): string => text.replaceAll(/(<1|\d+) ms/g, "N ms");

/** What a run tells behind the line that says which database it works on. */
export function storyOf(text: string): string {
  const [place = "", ...rest] = withoutTimes(text).split("\n");
  if (!/^Database +\S/.test(place)) throw new Error(`The run does not say where it works: ${text}`);
  return rest.join("\n");
}
