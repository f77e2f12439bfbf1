import { suggestModelsPath } from "../config/choose-models-path.ts";
import { quoteWord } from "../kernel/quote-word.ts";
import { foldName } from "../kernel/fold-name.ts";
import { commandErrors } from "../kernel/errors/command-errors.ts";
import { LimbeckError } from "../kernel/errors/limbeck-error.ts";
import type { DiffRules } from "../diff/diff-rules.ts";
import { parseRename } from "../diff/renames/parse-rename.ts";
import type { Schema } from "../schema/model/schema.ts";
import { listRevisionFiles } from "../scripts/list-revision-files.ts";
import type { Environment } from "./environment.ts";
import { readDatabase } from "./with-database.ts";

/** Whether tables may be dropped that were there before the history. */
export interface DropAnswers {
  /** They may: the database is known to hold what nobody needs. Default false. */
  readonly dropOk?: boolean;
  /** Asks a person whether they may. Default: nobody is asked, it is an error. */
  readonly askDrop?: (tables: readonly string[]) => Promise<boolean>;
}

function hasRevisionFiles({ config }: Environment): boolean {
  try {
    return listRevisionFiles(config).length > 0;
  } catch (error) {
    // A folder that is missing holds none.
    if (error instanceof LimbeckError) return false;
    throw error;
  }
}

/** The tables that a target has no word of, under their names or under those that they get. */
function findForgotten(
  current: Schema,
  target: Schema,
  { foldTableNames }: DiffRules,
  renames: readonly string[],
): readonly string[] {
  const key = (name: string): string => (foldTableNames ? foldName(name) : name);
  const renamed = renames.map(parseRename).map(({ from }) => from);
  const known = new Set([...target.tables.map(({ name }) => name), ...renamed].map(key));
  return current.tables.map(({ name }) => name).filter((name) => !known.has(key(name)));
}

const writePullCommand = (path: string | undefined): string =>
  path === undefined ? "limbeck pull" : `limbeck pull ${quoteWord(path)}`;

/** Whether revisions were written for the configured database, or ran on it. */
async function hasHistory(environment: Environment): Promise<boolean> {
  if (hasRevisionFiles(environment)) return true;
  const rows = await readDatabase(environment, (connection) => environment.versions.readHeads(connection));
  return rows.length > 0;
}

/** The command that adopts the configured database; undefined where it has a history. */
export async function adviseAdoption(environment: Environment): Promise<string | undefined> {
  return (await hasHistory(environment)) ? undefined : writePullCommand(suggestModelsPath(environment.config));
}

/**
 * Makes sure that no table goes which was there before the tool came: a database that is full, without a version row or a revision file, is one that
 * somebody has yet to adopt.
 *
 * @param current what the database holds, without what is left alone
 * @throws CommandError (neverManaged) when tables would go, and nobody says that they may
 */
export async function requireHistory(
  environment: Environment,
  { current, target, rules }: { readonly current: Schema; readonly target: Schema; readonly rules: DiffRules },
  { dropOk = false, askDrop, renames = [] }: DropAnswers & { readonly renames?: readonly string[] },
): Promise<void> {
  if (dropOk) return;
  const tables = findForgotten(current, target, rules, renames);
  if (tables.length === 0) return;
  const adopt = await adviseAdoption(environment);
  if (adopt === undefined || (await askDrop?.(tables))) return;
  throw commandErrors.neverManaged({ tables, adopt });
}
