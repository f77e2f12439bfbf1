import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createLimbeck, type Limbeck } from "limbeck/commands";
import { findPaths } from "./find-paths.ts";

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
  readonly openHidden: () => Promise<Database & { readonly url: string }>;
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

/**
 * Looks at a project.
 *
 * @param folder the folder of the exercise, absolute
 */
export function createLearner(folder: string, env: Learner["env"]): Learner {
  const hidden: string[] = [];
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
    open: async () => bindDatabase(await createLimbeck(options)),
    openHidden: async () => {
      const place = mkdtempSync(join(tmpdir(), "limbeck-learn-"));
      hidden.push(place);
      const url = `sqlite:${join(place, "hidden.db")}`;
      return { url, ...bindDatabase(await createLimbeck({ ...options, url })) };
    },
    share: async <Value>(make: (self: Learner) => Promise<Shared<Value>>) => {
      const made = shared.get(make) ?? make(learner);
      shared.set(make, made);
      // What is kept under a function was made by it.
      return (await made).value as Value;
    },
    close: async () => {
      for (const made of shared.values()) await made.then(({ end }) => end());
      for (const place of hidden.splice(0)) rmSync(place, { recursive: true, force: true });
    },
  };
  return learner;
}
