import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { openEnvironment, type Environment } from "../../../packages/limbeck/src/commands/environment.ts";
import { takeCensus, type Census } from "./census.ts";

/** A project on disk with a database of its own, and SQL that says where it is to lead. */
export interface PairProject {
  readonly environment: Environment;
  /** Opens the database beside the tool, which has its own connection. */
  readonly withDatabase: <Result>(use: (database: DatabaseSync) => Result) => Result;
  readonly takeCensus: () => Census;
  readonly dispose: () => void;
}

const VERSION_TABLE = "limbeck_version";
const HISTORY_TABLE = "limbeck_history";

/**
 * Makes a project: a real database file made from one schema, and a config whose target is another.
 *
 * @param parent the folder to make its folder in
 */
export async function createPairProject(parent: string, from: string, to: string): Promise<PairProject> {
  const folder = mkdtempSync(join(parent, "limbeck-pair-"));
  const withDatabase: PairProject["withDatabase"] = (use) => {
    const database = new DatabaseSync(join(folder, "app.db"));
    try {
      return use(database);
    } finally {
      database.close();
    }
  };
  withDatabase((database) => database.exec(from));
  mkdirSync(join(folder, "migrations/versions"), { recursive: true });
  writeFileSync(join(folder, "schema.sql"), to);
  writeFileSync(
    join(folder, "limbeck.config.ts"),
    `export default { url: "sqlite:app.db", models: "schema.sql", versionTable: "${VERSION_TABLE}", historyTable: "${HISTORY_TABLE}" };\n`,
  );
  return {
    environment: await openEnvironment({ cwd: folder, env: {} }),
    withDatabase,
    takeCensus: () => withDatabase((database) => takeCensus(database, [VERSION_TABLE, HISTORY_TABLE])),
    dispose: () => rmSync(folder, { recursive: true, force: true }),
  };
}
