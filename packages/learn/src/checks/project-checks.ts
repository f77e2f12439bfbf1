import { finding, type Check, type Finding } from "../exercise.ts";
import type { Database, Learner } from "../learner.ts";

/** A revision of the project, as its file says. */
export interface FoundRevision {
  readonly revision: string;
  readonly downRevision: readonly string[];
  readonly message: string;
  readonly path: string;
}

/** The revisions, the oldest first. */
export async function listRevisions({ limbeck }: Pick<Database, "limbeck">): Promise<readonly FoundRevision[]> {
  return (await limbeck.history()).revisions.toReversed();
}

/** Where the database stands. */
export const readVersions = async ({ limbeck }: Database): Promise<readonly string[]> => (await limbeck.current()).rows;

/** The names of the tables that the database has. */
export const listTables = async ({ limbeck }: Database): Promise<readonly string[]> =>
  (await limbeck.inspect()).schema.tables.map(({ name }) => name);

/** Whether the database has a table of the name. */
export const hasTable = async (database: Database, name: string): Promise<boolean> =>
  (await listTables(database)).includes(name);

/** Whether a table has a column of the name. */
export async function hasColumn({ limbeck }: Database, table: string, column: string): Promise<boolean> {
  const { schema } = await limbeck.inspect();
  const columns = schema.tables.find(({ name }) => name === table)?.columns ?? [];
  return columns.some(({ name }) => name === column);
}

/** Stands for the schema of a database. */
export const readFingerprint = async ({ limbeck }: Database): Promise<string> =>
  JSON.stringify((await limbeck.inspect()).schema);

/** What ran on the database, in its order, for example `upgrade ae10`. */
export async function readJournal(database: Database): Promise<readonly string[]> {
  const isThere = await database.query("SELECT 1 FROM sqlite_master WHERE name = 'limbeck_history'");
  if (isThere.length === 0) return [];
  const rows = await database.query(
    "SELECT direction, revision FROM limbeck_history WHERE event = 'finished' ORDER BY id",
  );
  return rows.map(({ direction, revision }) => `${String(direction)} ${String(revision)}`);
}

/** Says that a database that was to be left alone was not. */
async function findTouched(learner: Learner): Promise<Finding | undefined> {
  const database = await learner.open();
  const [version] = await readVersions(database);
  if (version !== undefined)
    return finding(
      "already-applied",
      `The database stands at ${version} already; here nothing is to be applied yet.`,
      // Not undo: what was applied before the exercise began is in its snapshot too.
      "limbeck downgrade base",
    );
  const [table] = await listTables(database);
  return table === undefined
    ? undefined
    : finding(
        "table-by-hand",
        `The database has a table ${table}, and Limbeck knows nothing of it: somebody ran SQL by hand.`,
        "limbeck learn undo, or drop it by hand",
      );
}

/** The database is as it was at the beginning: empty. */
export const DATABASE_UNTOUCHED: Check = { title: "The database is untouched", find: findTouched };
