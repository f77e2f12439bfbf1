import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { checkTypes } from "../tools/walkthrough/check-types.ts";
import { openWorkshop, type ProjectKind, type Workshop } from "../tools/walkthrough/create-project.ts";
import type { Reader } from "../tools/walkthrough/follow-document.ts";

const MODELS = `import { integer, table, text, type Infer } from "limbeck/schema";

export const todos = table("todos", { id: integer().primaryKey().autoIncrement(), title: text().notNull() });
export type Todo = Infer<{ todos: typeof todos }>;
`;

const APPLICATION = `import { openEnvironment, upgrade } from "limbeck/commands";
import { LimbeckError } from "limbeck";
import { kyselyDialect } from "limbeck/kysely";
import { openSqlite } from "limbeck/sqlite";
import { todos } from "./models.js";

export async function migrate(): Promise<number> {
  const environment = await openEnvironment({ cwd: process.cwd(), env: process.env });
  const { steps } = await upgrade(environment, { target: "head" });
  // @ts-expect-error a target is a text
  await upgrade(environment, { target: 1 });
  return steps.length;
}
export const things = [LimbeckError, kyselyDialect, openSqlite, todos];
`;

/** A compiler, and how it finds modules. TypeScript 7 knows node10 no more. */
type Check = readonly [
  compiler: "typescript" | "typescript-5",
  resolution: "nodenext" | "node16" | "node10" | "bundler",
];

const COMPILERS: Readonly<Record<"commonjs" | "module", readonly Check[]>> = {
  commonjs: [
    ["typescript", "nodenext"],
    ["typescript-5", "node16"],
    ["typescript-5", "node10"],
  ],
  module: [
    ["typescript", "nodenext"],
    ["typescript-5", "node16"],
    ["typescript-5", "bundler"],
  ],
};

let workshop: Workshop;
beforeAll(() => {
  workshop = openWorkshop();
  return () => workshop.remove();
});

/** A project as its owner has it: a tsconfig.json that allows no import of \`.ts\`, and what the commands write. */
function createProject(kind: ProjectKind): Reader {
  const reader = workshop.createProject(kind);
  const run = (line: string): string =>
    execFileSync("sh", ["-c", line], { cwd: reader.folder, env: reader.env, encoding: "utf8", stdio: "pipe" });
  run(`npm install ${workshop.tarball} ${join(import.meta.dirname, "../node_modules/kysely")}`);
  writeFileSync(join(reader.folder, "tsconfig.json"), "{}");
  run("npx limbeck init");
  const path = join(reader.folder, "limbeck.config.ts");
  writeFileSync(path, readFileSync(path, "utf8").replace("// models:", "models:"));
  mkdirSync(join(reader.folder, "app"));
  writeFileSync(join(reader.folder, "app/models.ts"), MODELS);
  run('npx limbeck revision -m "initial" --autogenerate');
  run("npx limbeck upgrade head");
  run("npx limbeck check");
  writeFileSync(join(reader.folder, "app/migrate.ts"), APPLICATION);
  return reader;
}

describe.each(["commonjs", "module"] as const)(
  "a project of type %s, as it is and as the commands write it",
  (kind) => {
    let reader: Reader;
    beforeAll(() => {
      reader = createProject(kind);
    });

    it.each(COMPILERS[kind])("passes %s with %s", (compiler, resolution) => {
      expect(checkTypes(reader.folder, { compiler, resolution, allowImportingTsExtensions: false })).toBe("");
    });
  },
);
