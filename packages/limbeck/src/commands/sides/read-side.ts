import { openSource } from "../../config/open-source.ts";
import type { Connection } from "../../dialect/connection.ts";
import type { Introspection } from "../../dialect/dialect.ts";
import { loadDialect } from "../../dialects/registry.ts";
import type { DiffRules } from "../../diff/diff-rules.ts";
import { sourceErrors } from "../../kernel/errors/source-errors.ts";
import { readOnce } from "../../runtime/memory/remembered-reading.ts";
import { readRemembered, type Circumstances, type Conversation } from "../../runtime/memory/remembered-scratch.ts";
import type { OpenScratch } from "../../runtime/scratch.ts";
import { explainNoScratch } from "../../runtime/explain-no-scratch.ts";
import { readInDoubt } from "../../runtime/read-in-doubt.ts";
import { interpretReading, readBuilt, type Reading } from "../../runtime/read-source.ts";
import { conventionalName } from "../../schema/builder/naming-convention.ts";
import { takeLiterally } from "../../sources/literal-rules.ts";
import type { Schema } from "../../schema/model/schema.ts";
import type { SchemaSource, SoftDeletes } from "../../sources/schema-source.ts";
import { createSqlSource } from "../../sources/sql/sql-source.ts";
import { chooseReach, type Environment } from "../environment.ts";
import { replayRevisions } from "../proof/replay-revisions.ts";
import { readProject, type Project } from "../project.ts";
import { introspectDatabase, readDatabase, useConnection } from "../with-database.ts";
import type { Side } from "./side.ts";

/** A schema that was read, and how it is meant. */
export interface ReadSide extends Introspection {
  /** What it is called in messages: `the models`, `schema.sql`. */
  readonly name: string;
  /** What a database says that it was built in, word for word. Absent where that is `schema`, not only what is meant by it. */
  readonly built?: Schema;
  /** Whether it names every view and trigger that there is to be. */
  readonly isComplete: boolean;
  /** How literally it is meant, as an addition to the rules of the engine. */
  readonly adaptRules: (rules: DiffRules) => DiffRules;
  /** Tables that delete softly, as it says itself. Absent where it cannot say that. */
  readonly softDeletes?: SoftDeletes;
  /** The version of the engine that holds it, or could. */
  readonly serverVersion: string;
  /** What the server is like, where that is known. */
  readonly circumstances?: Circumstances;
  /** Why it was not read from a database of the engine and the version that it is meant for. */
  readonly doubt?: string;
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

/** What scratch databases said of a subject may be remembered; undefined where it is not known in which circumstances, or there is no place to keep it. */
function findConversation(
  { memory, config }: Environment,
  circumstances: Circumstances | undefined,
  subject: string,
): Conversation | undefined {
  if (!memory || !circumstances) return undefined;
  return { memory, circumstances, topic: [subject, config.path, config.migrationsFolder].join(" ") };
}

/** Reads from scratch databases, or remembers what others said. */
function remember<Result>(
  { openScratch }: Environment,
  conversation: Conversation | undefined,
  read: (open: OpenScratch) => Promise<Result>,
): Promise<Result> {
  return conversation ? readRemembered(openScratch, conversation, read) : read(openScratch);
}

/** Builds what a source describes on a scratch database, unless it is known what that comes to. */
async function buildAndRead(
  environment: Environment,
  source: SchemaSource,
  circumstances: Circumstances | undefined,
): Promise<Reading> {
  const { dialect } = environment;
  const conversation = findConversation(environment, circumstances, source.name);
  const read = (): Promise<Reading> => remember(environment, conversation, (open) => readBuilt(source, dialect, open));
  if (!conversation) return read();
  const described = await source.describe?.(dialect);
  return described ? readOnce(conversation, described, read) : read();
}

async function readFromSource(
  environment: Environment,
  source: SchemaSource,
  circumstances: Circumstances | undefined,
): Promise<ReadSide> {
  const { dialect, config } = environment;
  const { name, isComplete, adaptRules } = source;
  const read = await buildAndRead(environment, source, circumstances).then(
    (reading) => ({ ...interpretReading(source, reading), built: reading.schema }),
    (error: unknown) => {
      const doubt = explainNoScratch(error, config.scratch);
      if (doubt === undefined) throw error;
      return readInDoubt(source, dialect, doubt, error);
    },
  );
  const softDeletes = await source.listSoftDeletes?.();
  return { ...read, name, isComplete, adaptRules, ...(softDeletes && { softDeletes }) };
}

/** What has to be known of a server to remember what its scratch databases said; one of the config may be on another server. */
async function findCircumstances(
  { memory, dialect, config }: Environment,
  connection: Connection,
): Promise<Pick<ReadSide, "circumstances">> {
  if (!memory || !dialect.readSettings || config.scratch !== undefined) return {};
  const { serverVersion } = connection;
  return { circumstances: { serverVersion, settings: await dialect.readSettings(connection) } };
}

/**
 * Reads the configured database.
 *
 * @param onCircumstances hears what the server is like before the reading begins, which takes long in a large database
 */
export async function readConfigured(
  environment: Environment,
  onCircumstances: (found: Circumstances | undefined) => void = () => undefined,
): Promise<ReadSide> {
  return readDatabase(environment, async (connection) => {
    const found = await findCircumstances(environment, connection);
    onCircumstances(found.circumstances);
    return {
      ...(await introspectDatabase(environment, connection)),
      ...meanDatabase(environment),
      name: "the database",
      serverVersion: connection.serverVersion,
      ...found,
    };
  });
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
  return useConnection(environment, connection, async () => {
    const found = await introspectDatabase(environment, connection);
    return { ...found, ...meanDatabase(environment), name, serverVersion: connection.serverVersion };
  });
}

/**
 * What revisions make of an empty database.
 *
 * @param target as far as there: an identifier, or rows of a version table
 * @param circumstances as for {@link readSide}
 */
export async function readReplayed(
  environment: Environment,
  project: Project,
  target: string | readonly string[],
  circumstances?: Circumstances,
): Promise<ReadSide> {
  const { steps } = project.graph.planUpgrade([], target);
  const name = target === "heads" ? "the revisions" : `revision ${[target].flat().join(", ") || "base"}`;
  const replayed = await remember(environment, findConversation(environment, circumstances, name), (open) =>
    replayRevisions({ ...environment, openScratch: open }, project, steps),
  );
  return { ...replayed, ...meanDatabase(environment), name };
}

/**
 * Reads one side of a comparison.
 *
 * @param circumstances of the server on which scratch databases are made, where it is known; then what they said before is remembered
 * @throws SourceError when the models, or the SQL in their place, cannot be loaded, or a database is of another engine
 * @throws GraphError when no revision is called so
 * @throws HistoryError when a revision on the way there fails
 */
export async function readSide(environment: Environment, side: Side, circumstances?: Circumstances): Promise<ReadSide> {
  if (side.kind === "database") return readConfigured(environment);
  if (side.kind === "models") return readFromSource(environment, openSource(environment.config), circumstances);
  if (side.kind === "sql") return readFromSource(environment, createSqlSource(side.path), circumstances);
  return side.kind === "url"
    ? readOther(environment, side)
    : readReplayed(environment, readProject(environment), side.identifier);
}
