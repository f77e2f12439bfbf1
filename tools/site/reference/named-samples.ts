/** Values by the names that errors call their data by, so that messages read as they would in some project. */
export interface NamedSamples {
  readonly texts: Readonly<Record<string, string>>;
  readonly numbers: Readonly<Record<string, number>>;
  /** For what a message counts. Other lists have one member. */
  readonly lists: Readonly<Record<string, readonly unknown[]>>;
}

const REVISION = "27c6d30d7431";
const OTHER_REVISION = "ae1027a6d309";
const FILE = "migrations/versions/2026_03_01_002_add_due.ts";
const REVISIONS: readonly string[] = [REVISION, OTHER_REVISION];

const SAMPLES: NamedSamples = {
  texts: {
    branch: "billing",
    column: "deleted_at",
    configPath: "limbeck.config.ts",
    constraint: "uq_todos_title",
    database: "sqlite:todo.db",
    folder: "migrations/versions",
    id: REVISION,
    index: "ix_todos_title",
    label: "billing",
    location: "",
    path: FILE,
    revision: REVISION,
    row: REVISION,
    table: "todos",
    target: "head",
    trigger: "todos_touch",
    url: "sqlite:todo.db",
    version: "3.40.1",
    view: "open_todos",
  },
  numbers: { line: 12, waited: 60_000, seconds: 60 },
  lists: {
    bases: REVISIONS,
    candidates: REVISIONS,
    choices: REVISIONS,
    heads: REVISIONS,
    locations: ["migrations/versions", "billing/versions"],
    paths: [FILE, "migrations/versions/2026_03_01_003_add_due.ts"],
    starts: REVISIONS,
  },
};

/** What a path is in the families whose errors speak of other files than revisions. */
const PATHS: Readonly<Record<string, string>> = {
  "config-errors.ts": "limbeck.config.ts",
  "connection-errors.ts": "todo.db",
  "learn-errors.ts": ".limbeck-learn/progress.txt",
  "lock-errors.ts": "todo.db-limbeck-lock",
  "reach-errors.ts": "~/.pgpass",
  "source-errors.ts": "schema.sql",
};

/** The samples for the errors of a file. */
export function chooseSamples(file: string): NamedSamples {
  const path = PATHS[file];
  return path === undefined ? SAMPLES : { ...SAMPLES, texts: { ...SAMPLES.texts, path } };
}

/** Data of errors, by their reasons, where a sample of its type would not do. */
export const SAMPLE_CONTEXTS: Readonly<Record<string, object>> = {
  databaseNotChosen: { names: ["main", "reports"] },
  nodeTooOld: { version: "20.11.0" },
  foreignCommand: { command: "migrate" },
  notInSync: {
    from: "the database",
    to: "the models",
    generate: 'limbeck revision -m "..." --autogenerate',
    adopt: undefined,
    unwritten: ["add column due_at to todos"],
    differences: ["add column due_at to todos"],
    drift: [],
    done: [],
    edited: [],
    reached: undefined,
    standsAt: undefined,
    changedSince: [],
    pending: [],
    byHand: [],
  },
};
