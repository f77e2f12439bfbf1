import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { createMariadbDatabase, mariadbClientOptions } from "../../packages/limbeck/test/support/mariadb-server.ts";
import { createPostgresDatabase } from "../../packages/limbeck/test/support/postgres-server.ts";
import { followDocument, type Reader } from "../../tools/walkthrough/follow-document.ts";
import type { WorkshopCopy } from "../../tools/walkthrough/open-workshop-copy.ts";
import { readDocument } from "../../tools/walkthrough/read-document.ts";

/** An empty database that takes the place of the one that guides speak of. */
interface GuideDatabase {
  /** The text of a guide, about this database. */
  readonly adapt: (text: string) => string;
  readonly drop: () => Promise<void>;
}

const POSTGRES_URL = "postgres://me@127.0.0.1/todo";
const MARIADB_URL = "mariadb://me@127.0.0.1/todo";
const MARIADB_CLIENT = "mariadb -h 127.0.0.1 -u me todo";

/** Whether a guide can only be followed with PostgreSQL. */
export const needsPostgres = (text: string): boolean => text.includes(POSTGRES_URL);

/** Whether a guide can only be followed with MariaDB. */
export const needsMariadb = (text: string): boolean => text.includes(MARIADB_URL);

/** The databases that a guide needs. */
async function createDatabases(text: string): Promise<readonly GuideDatabase[]> {
  const databases: GuideDatabase[] = [];
  if (needsPostgres(text)) {
    const { url, drop } = await createPostgresDatabase();
    databases.push({ drop, adapt: (guide) => guide.replaceAll(POSTGRES_URL, url) });
  }
  if (needsMariadb(text)) {
    const { url, name, drop } = await createMariadbDatabase();
    const client = ["mariadb", ...mariadbClientOptions(url), name].join(" ");
    databases.push({
      drop,
      adapt: (guide) => guide.replaceAll(MARIADB_URL, url).replaceAll(MARIADB_CLIENT, client),
    });
  }
  return databases;
}

/** Which files a guide says are to be compiled, where its models are no longer those of the service. */
const CHECKED = /^<!-- checked: (?<paths>.*) -->$/m;

const ALL_FILES = "**/*.ts, **/*.mts";

/** A guide that was followed to its end. */
export interface FollowedGuide {
  readonly copy: WorkshopCopy;
  /** The files that have to compile, as TypeScript takes them. */
  readonly files: readonly string[];
}

/** @throws Error with what the program printed when it failed */
async function run({ folder, env }: Reader, program: string, ...args: readonly string[]): Promise<void> {
  try {
    await promisify(execFile)(program, args, { cwd: folder, env });
  } catch (error) {
    const { stdout, stderr } = Object(error);
    throw new Error(`${program} ${args.join(" ")} failed:\n${String(stdout)}${String(stderr)}`, { cause: error });
  }
}

/**
 * Follows a guide in a fresh copy of the workshop. Functions of revisions that it shows run up, down and up.
 *
 * @param path for messages
 * @param text the guide
 * @param copy the workshop
 * @throws Error with the line of the guide where something else happens
 */
export async function followGuide(path: string, text: string, copy: WorkshopCopy): Promise<FollowedGuide> {
  const databases = await createDatabases(text);
  try {
    const document = readDocument(
      path,
      databases.reduce((guide, { adapt }) => adapt(guide), text),
    );
    await followDocument(document, copy);
    if (document.steps.some(({ kind }) => kind === "pattern")) {
      await run(copy, "limbeck", "upgrade", "head");
      await run(copy, "limbeck", "test");
    }
  } finally {
    for (const { drop } of databases) await drop();
  }
  const paths = CHECKED.exec(text)?.groups?.["paths"] ?? ALL_FILES;
  return { copy, files: paths.split(", ").map((one) => join(copy.folder, one)) };
}

/**
 * Compiles the code that is there at the end of guides, as the workshop's own settings say.
 *
 * @throws Error with what the compiler says
 */
export async function compileGuides(guides: readonly FollowedGuide[]): Promise<void> {
  const [first] = guides;
  if (first === undefined) throw new Error("No guide was followed.");
  const { folder } = first.copy;
  const config = { extends: "./tsconfig.json", include: guides.flatMap(({ files }) => files) };
  writeFileSync(join(folder, "guides.json"), JSON.stringify(config));
  await run(first.copy, "tsc", "--project", "guides.json");
}
