/** One thing that happens in the demo. */
export type Step =
  /** Words between the commands. */
  | { readonly kind: "say"; readonly text: string }
  /** A command line, without the word `limbeck`. */
  | { readonly kind: "limbeck"; readonly args: readonly string[] }
  /** A new file. */
  | { readonly kind: "write"; readonly path: string; readonly text: string }
  /** A change to a file, shown as lines that go and lines that come. */
  | { readonly kind: "edit"; readonly path: string; readonly from: string; readonly to: string }
  /** Shows a file that the tool wrote, the newest in a folder. */
  | { readonly kind: "show"; readonly folder: string }
  /** SQL on the database file, with the rows that it gives. */
  | { readonly kind: "sql"; readonly sql: string };

const say = (text: string): Step => ({ kind: "say", text });
const limbeck = (...args: readonly string[]): Step => ({ kind: "limbeck", args });
const edit = (path: string, from: string, to: string): Step => ({ kind: "edit", path, from, to });
const show = (folder: string): Step => ({ kind: "show", folder });
const sql = (statement: string): Step => ({ kind: "sql", sql: statement });

const MODELS = "app/models.ts";
const VERSIONS = "migrations/versions";

const FIRST_MODELS = `import {
  boolean, integer, table, text, timestamp, varchar,
} from "limbeck/schema";

export const todos = table("todos", {
  id: integer().primaryKey().autoIncrement(),
  title: varchar(100).notNull(),
  description: text(),
  is_completed: boolean().notNull().default(false),
  created_at: timestamp({ timezone: true }).notNull().defaultNow(),
});
`;

const CREATED_AT = "  created_at: timestamp({ timezone: true }).notNull().defaultNow(),";

const ROWS = "SELECT id, title, is_completed, created_at FROM todos";

/** The database that a new project uses, in the playground. */
export const DATABASE = "app.db";

/** The main job, from nothing to a second revision that has been down and up again. */
export const STORY: readonly Step[] = [
  say("A project with one table. These are its models:"),
  { kind: "write", path: MODELS, text: FIRST_MODELS },

  say("Set up migrations:"),
  limbeck("init"),
  say("One line of the config is left open, the import of the models:"),
  edit("limbeck.config.ts", "  // models: ", "  models: "),

  say("Let the models become a migration.\nBefore it is written it runs up, down and up again on a scratch database:"),
  limbeck("revision", "--autogenerate", "-m", "create todos"),
  say("This is the file:"),
  show(VERSIONS),

  say("What would it do to the database?"),
  limbeck("upgrade", "head", "--dry-run"),
  say("Do it:"),
  limbeck("upgrade", "head"),

  say("The application goes to work:"),
  sql("INSERT INTO todos (title)\n  VALUES ('Read the design'), ('Try a downgrade')"),
  sql("UPDATE todos SET is_completed = 1 WHERE id = 1"),
  sql(ROWS),

  say("A few weeks later titles are too short, and deleted todos should be kept:"),
  edit(MODELS, "varchar(100)", "varchar(255)"),
  edit(MODELS, CREATED_AT, `${CREATED_AT}\n  deleted_at: timestamp({ timezone: true }),`),
  limbeck("diff"),
  say("That is what was meant, so write it down and run it:"),
  limbeck("revision", "--autogenerate", "-m", "keep deleted todos"),
  show(VERSIONS),
  limbeck("upgrade", "head"),

  say("And back, and forth again:"),
  limbeck("downgrade", "-1"),
  limbeck("upgrade", "head"),

  say("Where are we?"),
  limbeck("history", "--indicate-current"),
  limbeck("status"),
  say("The rows are where they were:"),
  sql(ROWS.replace(" FROM", ", deleted_at FROM")),
];
