import type { Engine } from "../engine.ts";
import type { Exercise } from "../exercise.ts";
import { run, serverSql, sql, write, type Step } from "../step.ts";

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

/** What models are written with, as far as the small projects have a use for it. */
const MODEL_HELPERS: readonly string[] = [
  "boolean",
  "foreignKey",
  "index",
  "integer",
  "softDelete",
  "table",
  "text",
  "timestamp",
  "unique",
  "uniqueAmongLive",
  "varchar",
];

/** Writes the models. */
export function writeModels(tables: string): Step {
  const helpers = MODEL_HELPERS.filter((name) => tables.includes(`${name}(`));
  return write("models.ts", `import { ${helpers.join(", ")} } from "limbeck/schema";\n\n${tables}\n`);
}

/** Which database the config of a project names: a file, or, on a server, nothing, as the file .env says it. */
const URL_LINE: Readonly<Record<"file" | "server", string>> = {
  file: '  url: "sqlite:todo.db",\n',
  server: "  // The database is in the file .env: DATABASE_URL.\n",
};

/** Writes the config. */
export function writeConfig(engine: Engine, ...lines: readonly string[]): Step {
  const url = URL_LINE[engine === "sqlite" ? "file" : "server"];
  const text = lines.map((line) => `  ${line}\n`).join("");
  return write(
    "limbeck.config.ts",
    `import { defineConfig } from "limbeck";\n\nexport default defineConfig({\n${url}${text}});\n`,
  );
}

/** The line of a config that names the models of a small project. */
export const MODELS_LINE = 'models: () => import("./models.ts"),';

/** The line of a config that names the folder of the revisions. */
export const MIGRATIONS_LINE = 'migrations: "migrations",';

/** Runs statements on the database of a lab, behind the back of Limbeck. */
export const sqlOn = (engine: Engine, text: string): Step => (engine === "sqlite" ? sql(text) : serverSql(text));

/** Writes a script that runs SQL, for those who have no client of the server. */
export const SQL_SCRIPT: Step = write(
  "sql.ts",
  `/** Runs a statement on the database of this lab: node sql.ts "SELECT * FROM todos" */
import { createLimbeck } from "limbeck/commands";

const { environment } = await createLimbeck({ cwd: import.meta.dirname, env: process.env });
const connection = await environment.dialect.connect(environment.database);
try {
  console.table(await connection.query(process.argv[2] ?? ""));
} finally {
  await connection.close();
}
`,
);

/** Where a lab stands among the exercises: on SQLite it needs nothing; on a server it stands among those that need one. */
export function placeLab(
  engine: Engine,
  name: string,
  { onFile, onServer }: { readonly onFile?: number; readonly onServer: number },
): Pick<Exercise, "id" | "part" | "folder" | "engine"> {
  return engine === "sqlite"
    ? { id: `${onFile}-${name}`, part: "Break it, and mend it", folder: `labs/${name}` }
    : { id: `${onServer}-${name}-${engine}`, part: "On a server", folder: `labs/${name}-${engine}`, engine };
}

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

/** Three todos; they get the ids 1 to 3. */
const ROWS = "INSERT INTO todos (title) VALUES ('Buy milk'), ('Water the plants'), ('Call grandmother')";

/** A project with a config; on a server also with a way to run SQL. */
export const projectOn = (engine: Engine): readonly Step[] => [
  writeConfig(engine, MODELS_LINE, MIGRATIONS_LINE),
  ...(engine === "sqlite" ? [] : [SQL_SCRIPT]),
];

/** A project with the table todos, applied, and three rows. */
export const projectWithTodosOn = (engine: Engine): readonly Step[] => [
  ...projectOn(engine),
  writeModels(TODOS),
  writeRevision(CREATE_TODOS),
  run("upgrade", "head"),
  sqlOn(engine, ROWS),
];

/** The same on a SQLite file. */
export const PROJECT_WITH_TODOS: readonly Step[] = projectWithTodosOn("sqlite");
