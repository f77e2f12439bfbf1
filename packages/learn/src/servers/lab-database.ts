import { createHash } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { learnErrors } from "limbeck/commands";
import { OUR_PREFIX, type LabServer } from "./lab-server.ts";

/** Says which copy belongs to the files beside it. */
export const MARK = ".limbeck-lab";

const hash = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 8);

/** Sessions of our own that have just ended are still there for a moment. */
async function staysBusy(server: LabServer, name: string): Promise<boolean> {
  for (let tries = 0; tries < 5; tries += 1) {
    if (!(await server.isBusy(name))) return false;
    await wait(50);
  }
  return true;
}

/** Makes a copy. Of one that breaks off nothing is left: by its name it would be taken for whole. */
async function copyWhole(server: LabServer, from: string, to: string): Promise<void> {
  try {
    await server.copy(from, to);
  } catch (error) {
    await server.drop(to).catch(() => undefined);
    throw error;
  }
}

/** The database of a lab: one for each folder that the lab lies in, of each project, so that two learners on one server are not in each other's way, though their folders have the same path. */
export interface LabDatabase {
  readonly name: string;
  /** Whether it is on the server. */
  readonly isThere: () => Promise<boolean>;
  /** Creates it, empty, in the place of one that was there, and points the project in the folder to it. */
  readonly begin: () => Promise<void>;
  /** Keeps a copy of it as it is, which the files remember. While somebody else is in it there is none, unless it is forced. */
  readonly keep: (options: { readonly isForced: boolean }) => Promise<void>;
  /** Makes it again what the files remember. */
  readonly bringBack: () => Promise<void>;
  /** Makes it what the one of another folder is. */
  readonly copyFrom: (other: LabDatabase) => Promise<void>;
  /** Stands for what is in it; undefined while that cannot be told. */
  readonly fingerprint: () => Promise<string | undefined>;
  readonly run: (script: string) => Promise<void>;
  /** Drops the copies, except for those with these names. */
  readonly forget: (...remembered: readonly string[]) => Promise<void>;
  /** Drops it, with its copies. */
  readonly end: () => Promise<void>;
}

/**
 * The database of a lab.
 *
 * @param exercise its id
 * @param folder of the exercise, absolute
 */
export function openLabDatabase(server: LabServer, exercise: string, folder: string): LabDatabase {
  const name = `${OUR_PREFIX}${exercise.replaceAll("-", "_")}_${hash(`${server.maker ?? ""}${folder}`)}`;
  const copies = `${name}_`;
  const point = (): void => {
    mkdirSync(folder, { recursive: true });
    const path = join(folder, ".env");
    const text = `# The database of this lab; all commands in this folder use it.\nDATABASE_URL=${server.urlOf(name)}\n`;
    // A password may be in it. The mode is for a new file only.
    writeFileSync(path, text, { mode: 0o600 });
    chmodSync(path, 0o600);
  };
  const forget = async (...remembered: readonly string[]): Promise<void> => {
    for (const copy of await server.list(copies)) if (!remembered.includes(copy)) await server.drop(copy);
  };
  const end = async (): Promise<void> => {
    await forget();
    await server.drop(name);
  };
  const mark = (): string | undefined =>
    existsSync(join(folder, MARK)) ? readFileSync(join(folder, MARK), "utf8").trim() : undefined;
  return {
    name,
    isThere: async () => (await server.list(name)).includes(name),
    begin: async () => {
      await end();
      await server.create(name);
      point();
    },
    keep: async ({ isForced }) => {
      if (!isForced && (await staysBusy(server, name))) return;
      const state = await server.fingerprint(name);
      if (state === undefined) return;
      const copy = `${copies}${hash(state)}`;
      if (!(await server.list(copy)).includes(copy)) await copyWhole(server, name, copy);
      if (mark() !== copy) writeFileSync(join(folder, MARK), `${copy}\n`);
    },
    bringBack: async () => {
      const copy = mark();
      if (copy === undefined) return;
      point();
      const state = await server.fingerprint(name);
      if (state !== undefined && copy === `${copies}${hash(state)}`) return;
      if (!copy.startsWith(copies) || !(await server.list(copy)).includes(copy))
        throw learnErrors.copyMissing({ exercise, copy });
      await server.drop(name);
      await server.copy(copy, name);
    },
    copyFrom: async (other) => {
      await server.copy(other.name, name);
      point();
    },
    fingerprint: () => server.fingerprint(name),
    run: (script) => server.run(name, script),
    forget,
    end,
  };
}
