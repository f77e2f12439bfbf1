import { randomBytes } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createLimbeck, learnErrors, type EnvironmentOverrides, type Limbeck } from "limbeck/commands";
import { findPaths } from "./find-paths.ts";
import { openLabDatabase } from "./servers/lab-database.ts";
import { OUR_PREFIX, type LabServer } from "./servers/lab-server.ts";

type Rows = readonly Readonly<Record<string, unknown>>[];

/** A database with the commands of the project on it. */
export interface Database {
  readonly limbeck: Limbeck;
  /** Rows of a query; nothing is created where there is no database. */
  readonly query: (statement: string) => Promise<Rows>;
  readonly execute: (...statements: readonly string[]) => Promise<void>;
}

/** Something that several checks use. */
export interface Shared<Value> {
  readonly value: Value;
  readonly end: () => Promise<void>;
}

/** What can be known of a learner's project. */
export interface Learner {
  /** The folder of the exercise. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The text of a file; undefined where there is none. A `*` in its name stands for anything. */
  readonly read: (path: string) => string | undefined;
  readonly list: (path: string) => readonly string[];
  /** The project, on the database that the config names. Throws LimbeckError as Limbeck does. */
  readonly open: () => Promise<Database>;
  /** The project on an empty database of its own, which nobody sees. */
  readonly openHidden: (overrides?: EnvironmentOverrides) => Promise<Database & { readonly url: string }>;
  /** What a function has made of the project; it is called once in an examination. */
  readonly share: <Value>(make: (learner: Learner) => Promise<Shared<Value>>) => Promise<Value>;
  /** Ends what is shared, and deletes the hidden databases. */
  readonly close: () => Promise<void>;
}

function bindDatabase(limbeck: Limbeck): Database {
  const { dialect, database } = limbeck.environment;
  const use = async <Result>(
    work: (connection: Awaited<ReturnType<typeof dialect.connect>>) => Promise<Result>,
  ): Promise<Result> => {
    const connection = await dialect.connect(database);
    try {
      return await work(connection);
    } finally {
      await connection.close();
    }
  };
  return {
    limbeck,
    query: (statement) => use((connection) => connection.query(statement)),
    execute: (...statements) =>
      use(async (connection) => {
        for (const statement of statements) await connection.execute(statement);
      }),
  };
}

/** Where hidden databases are made. */
interface HiddenPlace {
  /** Makes an empty one. @returns its URL */
  readonly create: () => Promise<string>;
  /** Deletes all that were made. */
  readonly close: () => Promise<void>;
}

function hideInFiles(): HiddenPlace {
  const folders: string[] = [];
  return {
    create: async () => {
      const folder = mkdtempSync(join(tmpdir(), "limbeck-learn-"));
      folders.push(folder);
      return `sqlite:${join(folder, "hidden.db")}`;
    },
    close: async () => {
      for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
    },
  };
}

function hideOnServer(server: LabServer): HiddenPlace {
  const names: string[] = [];
  return {
    create: async () => {
      const name = `${OUR_PREFIX}hidden_${randomBytes(6).toString("hex")}`;
      names.push(name);
      await server.create(name);
      return server.urlOf(name);
    },
    close: async () => {
      for (const name of names.splice(0)) await server.drop(name);
    },
  };
}

/** Where a project is, and what it works with. */
export interface LearnerPlace {
  /** The id of the exercise. */
  readonly exercise: string;
  /** The folder of the exercise, absolute. */
  readonly folder: string;
  readonly env: Learner["env"];
  /** The server on which the exercise has its database; absent where files are enough. */
  readonly server?: LabServer | undefined;
}

/** Nothing but the database of the lab is looked at, wherever the project leads to. */
async function requireOwnDatabase({ exercise, folder, server }: LearnerPlace, { environment }: Limbeck): Promise<void> {
  if (!server) return;
  const { name, isThere } = openLabDatabase(server, exercise, folder);
  const { dialect, database } = environment;
  const found = typeof database === "string" ? database : "a connection of its own";
  if (found !== dialect.resolveUrl(server.urlOf(name), folder))
    throw learnErrors.labElsewhere({
      exercise,
      database: name,
      isThere: await isThere(),
      found: dialect.redactUrl(found),
    });
}

/** Looks at a project. */
export function createLearner(place: LearnerPlace): Learner {
  const { folder, env, server } = place;
  const hidden = server ? hideOnServer(server) : hideInFiles();
  const shared = new Map<unknown, Promise<Shared<unknown>>>();
  const options = { cwd: folder, env, configPath: join(folder, "limbeck.config.ts") };
  const learner: Learner = {
    folder,
    env,
    list: (path) => findPaths(folder, path),
    read: (path) => {
      const [found] = findPaths(folder, path);
      return found === undefined || !existsSync(join(folder, found))
        ? undefined
        : readFileSync(join(folder, found), "utf8");
    },
    open: async () => {
      const limbeck = await createLimbeck(options);
      await requireOwnDatabase(place, limbeck);
      return bindDatabase(limbeck);
    },
    openHidden: async (overrides) => {
      const url = await hidden.create();
      return { url, ...bindDatabase(await createLimbeck({ ...options, url }, overrides)) };
    },
    share: async <Value>(make: (self: Learner) => Promise<Shared<Value>>) => {
      const made = shared.get(make) ?? make(learner);
      shared.set(make, made);
      // What is kept under a function was made by it.
      return (await made).value as Value;
    },
    close: async () => {
      for (const made of shared.values()) await made.then(({ end }) => end());
      await hidden.close();
    },
  };
  return learner;
}
