import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Connection } from "../../../dialect/connection.ts";
import type { ScratchOptions } from "../../../dialect/dialect.ts";
import type { SqlValue } from "../../../ops/operation.ts";
import { quoteLiteral } from "../quote.ts";
import { tokenize } from "../parse/tokenize.ts";
import { connect } from "./connect.ts";
import { IN_MEMORY } from "./parse-url.ts";
import { buildUrl } from "./resolve-url.ts";
import { COPY_NAME, COPY_PREFIX } from "./sweep-copies.ts";

type Options = Pick<ScratchOptions, "driver">;

/** The words of `ATTACH file AS name`. https://www.sqlite.org/lang_attach.html */
interface Attachment {
  readonly file: string;
  /** With the word AS. */
  readonly name: string;
}

function readAttachment(sql: string): Attachment | undefined {
  const tokens = tokenize(sql);
  const last = tokens.findLastIndex(({ keyword }) => keyword === "AS");
  const first = tokens[1]?.keyword === "DATABASE" ? 2 : 1;
  const [start, as] = [tokens[first], tokens[last]];
  if (tokens[0]?.keyword !== "ATTACH" || !start || !as || last <= first) return undefined;
  return { file: sql.slice(start.start, as.start), name: sql.slice(as.start) };
}

function copiesIntoFile(sql: string): boolean {
  const [first, ...others] = tokenize(sql);
  return first?.keyword === "VACUUM" && others.some(({ keyword }) => keyword === "INTO");
}

/** Whether a statement chooses how a database is made safe from crashes, for which files stand beside its own. https://www.sqlite.org/pragma.html#pragma_journal_mode */
function choosesJournal(sql: string): boolean {
  const tokens = tokenize(sql);
  const setting = tokens.findIndex(({ text }) => /^journal_mode$/i.test(text));
  return tokens[0]?.keyword === "PRAGMA" && setting !== -1 && /^[=(]$/.test(tokens[setting + 1]?.text ?? "");
}

/** Whether it is a copy of the whole that is made to go on from, and erased. */
const isOwnCopy = (path: SqlValue | undefined): boolean =>
  typeof path === "string" && path.startsWith(join(tmpdir(), COPY_PREFIX));

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() === true;

/** The path that SQLite would open, of a name that may be a URI. https://www.sqlite.org/uri.html */
const findPath = (name: string): string =>
  resolve(
    /^file:/i.test(name)
      ? decodeURIComponent(name.replace(/^file:(?:\/\/(?:localhost)?(?=\/))?/i, "").replace(/[?#].*$/s, ""))
      : name,
  );

/** Attaches something in place of a file: a copy of it where it is there, and an empty database where it would be made. */
async function attachInstead(
  connection: Connection,
  { file, name }: Attachment,
  parameters: readonly SqlValue[],
  { driver }: Options,
): Promise<void> {
  const [row] = await connection.query(`SELECT ${file} AS file`, parameters);
  const value = row?.["file"];
  const path = findPath(typeof value === "string" ? value : "");
  if (!isFile(path)) {
    await connection.execute(`ATTACH ${quoteLiteral(IN_MEMORY)} ${name}`);
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), COPY_PREFIX));
  try {
    const copy = join(folder, COPY_NAME);
    const original = await connect(buildUrl(path), { readOnly: true, ...(driver !== undefined && { driver }) });
    try {
      await original.execute("VACUUM INTO ?", [copy]);
    } finally {
      await original.close();
    }
    await connection.execute(`ATTACH ${quoteLiteral(copy)} ${name}`);
    // Where the system lets go of the name of an open file there is no folder for a journal.
    await connection.query(`PRAGMA ${name.replace(/^AS\s*/i, "")}.journal_mode=MEMORY`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Keeps a database that is thrown away apart from all files but its own: what is run on it for a trial, or to write a script, must not write into a database that it attaches, leaves
 * no backups behind, and keeps no journal beside a copy whose folder may be gone.
 */
export function keepApart(connection: Connection, options: Options): Connection {
  /** Whether a statement was carried out in another way. */
  const divert = async (sql: string, parameters: readonly SqlValue[] = []): Promise<boolean> => {
    if (!/\b(?:attach|vacuum|journal_mode)\b/i.test(sql)) return false;
    if (choosesJournal(sql)) return true;
    if (copiesIntoFile(sql)) return !isOwnCopy(parameters[0]);
    const attachment = readAttachment(sql);
    if (attachment) await attachInstead(connection, attachment, parameters, options);
    return attachment !== undefined;
  };
  return {
    serverVersion: connection.serverVersion,
    description: connection.description,
    execute: async (sql, parameters) => ((await divert(sql, parameters)) ? 0 : connection.execute(sql, parameters)),
    query: async (sql, parameters) => ((await divert(sql, parameters)) ? [] : connection.query(sql, parameters)),
    close: () => connection.close(),
  };
}
