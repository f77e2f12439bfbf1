import { run, sql, write, type Step } from "../../step.ts";

/** A revision as it is written by hand. */
interface RevisionText {
  readonly id: string;
  readonly below: string | null;
  readonly message: string;
  readonly up: string;
  readonly down: string;
}

/** Where the file of a revision is. */
export const pathOf = ({ id, message }: Pick<RevisionText, "id" | "message">): string =>
  `migrations/versions/${id}_${message.replaceAll(" ", "_")}.ts`;

const indent = (text: string): string => text.replaceAll(/^/gm, "  ");

/** Writes a revision. */
export function writeRevision(revision: RevisionText): Step {
  const { id, below, message, up, down } = revision;
  const types = ["boolean", "integer", "text", "timestamp", "varchar"].filter((type) =>
    `${up}${down}`.includes(`${type}(`),
  );
  const imports = types.length > 0 ? `import { ${types.join(", ")} } from "limbeck/schema";\n` : "";
  return write(
    pathOf(revision),
    `/**
 * ${message}
 *
 * Created 2026-02-21 09:00:00 +00:00
 */
import type { Operations } from "limbeck";
${imports}
export const revision = "${id}";
export const downRevision = ${JSON.stringify(below)};
export const branchLabels: string[] = [];
export const dependsOn: string[] = [];

export async function upgrade(op: Operations) {
${indent(up)}
}

export async function downgrade(op: Operations) {
${indent(down)}
}
`,
  );
}

/** Writes the models. */
export function writeModels(tables: string): Step {
  const helpers = ["boolean", "foreignKey", "index", "integer", "table", "text", "timestamp", "varchar"].filter(
    (name) => tables.includes(`${name}(`),
  );
  return write("models.ts", `import { ${helpers.join(", ")} } from "limbeck/schema";\n\n${tables}\n`);
}

const CONFIG = write(
  "limbeck.config.ts",
  `import { defineConfig } from "limbeck";

export default defineConfig({
  url: "sqlite:todo.db",
  models: () => import("./models.ts"),
  migrations: "migrations",
});
`,
);

/** The table that most of the small projects begin with. */
export const TODOS = `export const todos = table("todos", {
  id: integer().primaryKey().autoIncrement(),
  title: varchar(255).notNull(),
});`;

/** The revision that makes it. */
export const CREATE_TODOS: RevisionText = {
  id: "001",
  below: null,
  message: "create todos",
  up: `await op.createTable("todos", {
  id: integer().primaryKey().autoIncrement(),
  title: varchar(255).notNull(),
});`,
  down: 'await op.dropTable("todos");',
};

/** Three todos. */
const ROWS: Step = sql(
  "INSERT INTO todos (id, title) VALUES (1, 'Buy milk'), (2, 'Water the plants'), (3, 'Call grandmother')",
);

/** A project with a config. */
export const PROJECT: readonly Step[] = [CONFIG];

/** A project with the table todos, applied, and three rows. */
export const PROJECT_WITH_TODOS: readonly Step[] = [
  CONFIG,
  writeModels(TODOS),
  writeRevision(CREATE_TODOS),
  run("upgrade", "head"),
  ROWS,
];
