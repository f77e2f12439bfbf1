import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { createPostgresDatabase, type PostgresDatabase } from "../../packages/limbeck/test/support/postgres-server.ts";
import { followDocument, type Reader } from "../../tools/walkthrough/follow-document.ts";
import type { WorkshopCopy } from "../../tools/walkthrough/open-workshop-copy.ts";
import { readDocument } from "../../tools/walkthrough/read-document.ts";

/** The empty database on a server that guides speak of. */
const DOCUMENTED_URL = "postgres://me@127.0.0.1/todo";

/** Whether a guide can only be followed with a server. */
export const needsPostgres = (text: string): boolean => text.includes(DOCUMENTED_URL);

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
  let database: PostgresDatabase | undefined;
  try {
    if (needsPostgres(text)) database = await createPostgresDatabase();
    const document = readDocument(path, database ? text.replaceAll(DOCUMENTED_URL, database.url) : text);
    await followDocument(document, copy);
    if (document.steps.some(({ kind }) => kind === "pattern")) {
      await run(copy, "limbeck", "upgrade", "head");
      await run(copy, "limbeck", "test");
    }
  } finally {
    await database?.drop();
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
