import { openSource } from "../../config/open-source.ts";
import type { Introspection } from "../../dialect/dialect.ts";
import { loadDialect } from "../../dialects/registry.ts";
import type { DiffRules } from "../../diff/diff-rules.ts";
import { sourceErrors } from "../../kernel/errors/source-errors.ts";
import { readSource } from "../../runtime/read-source.ts";
import { conventionalName } from "../../schema/builder/naming-convention.ts";
import { takeLiterally } from "../../sources/literal-rules.ts";
import type { SchemaSource } from "../../sources/schema-source.ts";
import { createSqlSource } from "../../sources/sql/sql-source.ts";
import { chooseReach, type Environment } from "../environment.ts";
import { replayRevisions } from "../proof/replay-revisions.ts";
import { readProject } from "../project.ts";
import { introspectDatabase, readDatabase } from "../with-database.ts";
import type { Side } from "./side.ts";

/** A schema that was read, and how it is meant. */
export interface ReadSide extends Introspection {
  /** What it is called in messages: `the models`, `schema.sql`. */
  readonly name: string;
  /** Whether it names every view and trigger that there is to be. */
  readonly isComplete: boolean;
  /** How literally it is meant, as an addition to the rules of the engine. */
  readonly adaptRules: (rules: DiffRules) => DiffRules;
  /** The version of the engine that holds it, or could. */
  readonly serverVersion: string;
}

/** What is in a database is all there is to be; a name that the project's convention gives may be missing there. */
function meanDatabase({ config }: Environment): Pick<ReadSide, "isComplete" | "adaptRules"> {
  const { namingConvention } = config;
  return {
    isComplete: true,
    adaptRules: (rules) => ({
      ...takeLiterally(rules),
      conventionName: (constraint, table, context) => conventionalName(constraint, table, namingConvention, context),
    }),
  };
}

async function readFromSource(environment: Environment, source: SchemaSource): Promise<ReadSide> {
  const { dialect, openScratch } = environment;
  const { name, isComplete, adaptRules } = source;
  return { ...(await readSource(source, dialect, openScratch)), name, isComplete, adaptRules };
}

async function readConfigured(environment: Environment): Promise<ReadSide> {
  return readDatabase(environment, async (connection) => ({
    ...(await introspectDatabase(environment, connection)),
    ...meanDatabase(environment),
    name: "the database",
    serverVersion: connection.serverVersion,
  }));
}

async function readOther(
  environment: Environment,
  { url, folder }: Extract<Side, { readonly kind: "url" }>,
): Promise<ReadSide> {
  const { dialect, config } = environment;
  const other = await loadDialect(url);
  const name = other.redactUrl(url);
  if (other !== dialect) throw sourceErrors.otherEngine({ name, engine: other.name, expected: dialect.name });
  // Where the config has its password from is no business of another server.
  const { readPassword: _, ...reach } = chooseReach(config);
  const connection = await dialect.connect(dialect.resolveUrl(url, folder), { ...reach, readOnly: true });
  try {
    const found = await introspectDatabase(environment, connection);
    return { ...found, ...meanDatabase(environment), name, serverVersion: connection.serverVersion };
  } finally {
    await connection.close();
  }
}

async function readRevisions(environment: Environment, identifier: string): Promise<ReadSide> {
  const project = readProject(environment);
  const { steps } = project.graph.planUpgrade([], identifier);
  const name = identifier === "heads" ? "the revisions" : `revision ${identifier}`;
  return { ...(await replayRevisions(environment, project, steps)), ...meanDatabase(environment), name };
}

/**
 * Reads one side of a comparison.
 *
 * @throws SourceError when the models, or the SQL in their place, cannot be loaded, or a database is of another engine
 * @throws GraphError when no revision is called so
 * @throws HistoryError when a revision on the way there fails
 */
export async function readSide(environment: Environment, side: Side): Promise<ReadSide> {
  if (side.kind === "database") return readConfigured(environment);
  if (side.kind === "models") return readFromSource(environment, openSource(environment.config));
  if (side.kind === "sql") return readFromSource(environment, createSqlSource(side.path));
  return side.kind === "url" ? readOther(environment, side) : readRevisions(environment, side.identifier);
}
