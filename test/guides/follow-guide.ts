import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { createPostgresDatabase, type PostgresDatabase } from "../../packages/limbeck/test/support/postgres-server.ts";
import { followDocument } from "../../tools/walkthrough/follow-document.ts";
import { openWorkshopCopy, type WorkshopCopy } from "../../tools/walkthrough/open-workshop-copy.ts";
import { readDocument } from "../../tools/walkthrough/read-document.ts";

/** The empty database on a server that guides speak of. */
const DOCUMENTED_URL = "postgres://me@127.0.0.1/todo";

/** Whether a guide can only be followed with a server. */
export const needsPostgres = (text: string): boolean => text.includes(DOCUMENTED_URL);

/** @throws Error with what the program printed when it failed */
async function run({ folder, env }: WorkshopCopy, program: string, ...args: readonly string[]): Promise<void> {
  try {
    await promisify(execFile)(program, args, { cwd: folder, env });
  } catch (error) {
    const { stdout, stderr } = Object(error);
    throw new Error(`${program} ${args.join(" ")} failed:\n${String(stdout)}${String(stderr)}`, { cause: error });
  }
}

/** Which files a guide says are to be checked, where its models are no longer those of the service. */
const CHECKED = /^<!-- checked: (?<paths>.*) -->$/m;

/** Checks the types of the files that are there at the end of a guide. */
async function checkFiles(copy: WorkshopCopy, text: string): Promise<void> {
  const paths = CHECKED.exec(text)?.groups?.["paths"];
  if (paths !== undefined) {
    const path = join(copy.folder, "tsconfig.json");
    const config: unknown = JSON.parse(readFileSync(path, "utf8"));
    writeFileSync(path, JSON.stringify({ ...Object(config), include: paths.split(", ") }));
  }
  await run(copy, "tsc");
}

async function follow(path: string, text: string, copy: WorkshopCopy): Promise<void> {
  const document = readDocument(path, text);
  await followDocument(document, copy);
  if (document.steps.some(({ kind }) => kind === "pattern")) {
    await run(copy, "limbeck", "upgrade", "head");
    await run(copy, "limbeck", "test");
  }
  if (document.steps.some(({ kind }) => kind !== "run")) await checkFiles(copy, text);
}

/**
 * Follows a guide in a fresh copy of the workshop, and checks what is there at its end.
 *
 * @param path for messages
 * @param text the guide
 * @throws Error with the line of the guide where something else happens, or with what does not compile
 */
export async function followGuide(path: string, text: string): Promise<void> {
  const copy = openWorkshopCopy();
  let database: PostgresDatabase | undefined;
  try {
    if (needsPostgres(text)) database = await createPostgresDatabase();
    await follow(path, database ? text.replaceAll(DOCUMENTED_URL, database.url) : text, copy);
  } finally {
    await database?.drop();
    copy.remove();
  }
}
