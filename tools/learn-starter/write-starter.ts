import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { WORKSHOP } from "../copy-workshop.ts";
import { DATABASE_TARGETS, EDITED_FILES, SAME_FILES, type Edit } from "./starter-files.ts";

/** The files that the exercises begin with and the workshop does not have. */
const OWN_FILES = fileURLToPath(new URL("../../packages/learn/starter", import.meta.url));
const LEARN_VERSION_FILE = fileURLToPath(new URL("../../packages/learn/package.json", import.meta.url));

interface Manifest {
  readonly version?: string;
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

/** Tools of the workshop's tests, which the exercises do not have. */
const TEST_TOOLS: ReadonlySet<string> = new Set(["@seriousme/openapi-schema-validator", "fast-check"]);

/** Everything but what is about tests or the database. */
const SCRIPTS = ["run", "format"] as const;

const readManifest = (path: string): Manifest => JSON.parse(readFileSync(path, "utf8"));

function applyEdit(text: string, { from, to }: Edit, path: string): string {
  const parts = text.split(from);
  if (parts.length !== 2) throw new Error(`${path} has this ${parts.length - 1} times instead of once:\n${from}`);
  return parts.join(to);
}

function cutDatabaseTargets(makefile: string): string {
  const [before = "", ...rest] = makefile.split(DATABASE_TARGETS);
  if (rest.length !== 1) throw new Error("The Makefile of the workshop does not begin its database part as expected.");
  return before;
}

function describeProject(): object {
  const workshop = readManifest(join(WORKSHOP, "package.json"));
  const version = `^${readManifest(LEARN_VERSION_FILE).version}`;
  const tools = Object.entries(workshop.devDependencies).filter(([name]) => !TEST_TOOLS.has(name));
  return {
    name: "my-todos",
    private: true,
    type: "module",
    scripts: {
      ...Object.fromEntries(SCRIPTS.map((name) => [name, workshop.scripts[name]])),
      check: "oxfmt --check && tsc",
      learn: "limbeck learn",
    },
    dependencies: { ...workshop.dependencies, limbeck: version },
    devDependencies: { "@limbeck/learn": version, ...Object.fromEntries(tools) },
  };
}

/**
 * Makes the project that the exercises begin with of the workshop, which is where they end: so the two cannot drift apart.
 *
 * @param folder is replaced
 * @throws Error when a file of the workshop has changed where it is edited
 */
export function writeStarter(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  cpSync(OWN_FILES, folder, { recursive: true });
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  const read = (path: string): string => readFileSync(join(WORKSHOP, path), "utf8");
  for (const path of SAME_FILES) write(path, read(path));
  for (const [path, edits] of Object.entries(EDITED_FILES)) {
    const text = edits.reduce((before, edit) => applyEdit(before, edit, path), read(path));
    write(path, path === "Makefile" ? `${cutDatabaseTargets(text)}${LEARN_TARGET}` : text);
  }
  // npm leaves files called .gitignore out of packages.
  cpSync(join(folder, ".gitignore"), join(folder, "gitignore"));
  rmSync(join(folder, ".gitignore"));
  write("package.json", `${JSON.stringify(describeProject(), undefined, 2)}\n`);
}

const LEARN_TARGET = `
.PHONY: seed
seed: ## Add the todos of seed-data.json that are not there yet
\t@node seed.ts

.PHONY: learn
learn: ## Show the exercise at hand, and check it at each change
\t@limbeck learn $(args)
`;
