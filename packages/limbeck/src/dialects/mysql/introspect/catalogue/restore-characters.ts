import type { Connection } from "../../../../dialect/connection.ts";
import type { SqlValue } from "../../../../ops/operation.ts";
import { readText } from "../../driver/read-text.ts";
import { tokenize } from "../../parse/tokenize.ts";
import { unescapeText } from "../../parse/unescape-text.ts";
import { quoteIdentifier, quoteText } from "../../quote.ts";
import { parseTableExpressions, type TableExpressions } from "../parse-table-expressions.ts";
import type { CatalogueColumn } from "./columns.ts";
import type { CatalogueCheck } from "./constraints.ts";
import type { CatalogueTrigger, CatalogueView } from "./views-and-routines.ts";

/** The parts of the catalogue in which there are such texts. */
interface Parts {
  readonly columns: readonly CatalogueColumn[];
  readonly checks: readonly CatalogueCheck[];
  readonly views: readonly CatalogueView[];
  readonly triggers: readonly CatalogueTrigger[];
}

/** Whether characters may have been lost: the catalogue has three bytes for one, and question marks for what takes four, and for bytes that are no text. */
const isDoubtful = (text: string | null): boolean => text?.includes("?") === true;

const isBinary = ({ type }: CatalogueColumn): boolean => /^(?:var)?binary\b|blob\b/i.test(type);

async function readStatement(connection: Connection, kind: string, name: string, column: string): Promise<string> {
  const [row] = await connection.query(`SHOW CREATE ${kind} ${quoteIdentifier(name)}`);
  return readText(row, column);
}

async function readExpressions(
  connection: Connection,
  { columns, checks }: Parts,
): Promise<ReadonlyMap<string, TableExpressions>> {
  const tables = new Set([
    ...columns.filter((one) => isDoubtful(one.expression) || isDoubtful(one.default)).map(({ table }) => table),
    ...checks.filter(({ expression }) => isDoubtful(expression)).map(({ table }) => table),
  ]);
  const found = new Map<string, TableExpressions>();
  for (const table of tables)
    found.set(table, parseTableExpressions(await readStatement(connection, "TABLE", table, "Create Table")));
  return found;
}

/**
 * The bytes that a column has by default, which the server writes as they are, whatever text they would be: each of them is read as a character.
 */
async function readBytes(connection: Connection, { table, name }: CatalogueColumn): Promise<string | undefined> {
  await connection.execute("SET SESSION character_set_results = binary");
  let answer: SqlValue | undefined;
  try {
    const [row] = await connection.query(`SHOW CREATE TABLE ${quoteIdentifier(table)}`);
    answer = row?.["Create Table"];
  } finally {
    await connection.execute("SET SESSION character_set_results = utf8mb4");
  }
  if (!(answer instanceof Uint8Array)) return undefined;
  const { columns } = parseTableExpressions(Buffer.from(answer).toString("latin1"));
  const literal = columns.get(Buffer.from(name).toString("latin1"))?.default;
  return literal && `x'${Buffer.from(unescapeText(literal.slice(1, -1)), "latin1").toString("hex")}'`;
}

/** The text that a column has by default, as far as it can be had: the server tells it of a row, or of none where the column may be NULL. */
async function readDefaultText(connection: Connection, { table, name }: CatalogueColumn): Promise<string | undefined> {
  const [row] = await connection.query(
    `SELECT DEFAULT(t.${quoteIdentifier(name)}) AS text FROM (SELECT 1) AS one LEFT JOIN ${quoteIdentifier(table)} AS t ON TRUE LIMIT 1`,
  );
  const text = row?.["text"];
  return typeof text === "string" ? quoteText(text) : undefined;
}

async function restoreColumn(
  connection: Connection,
  column: CatalogueColumn,
  tables: ReadonlyMap<string, TableExpressions>,
): Promise<CatalogueColumn> {
  const found = tables.get(column.table)?.columns.get(column.name);
  if (isDoubtful(column.default) && column.default?.startsWith("'")) {
    const read = isBinary(column) ? readBytes : readDefaultText;
    return { ...column, default: (await read(connection, column)) ?? column.default };
  }
  return {
    ...column,
    ...(isDoubtful(column.expression) && found?.generated !== undefined && { expression: found.generated }),
    ...(isDoubtful(column.default) && found?.default !== undefined && { default: found.default }),
  };
}

function restoreCheck(check: CatalogueCheck, tables: ReadonlyMap<string, TableExpressions>): CatalogueCheck {
  if (!isDoubtful(check.expression)) return check;
  const table = tables.get(check.table);
  const own = check.level === "Column" ? table?.columns.get(check.name)?.check : table?.checks.get(check.name);
  return own === undefined ? check : { ...check, expression: own };
}

const CHECK_OPTION = / WITH (?:LOCAL|CASCADED) CHECK OPTION$/;

/** The query of a view, behind its name. */
function findQuery(statement: string): string | undefined {
  const tokens = tokenize(statement);
  const view = tokens.findIndex(({ keyword }) => keyword === "VIEW");
  const as = tokens.find(({ keyword }, index) => index > view && keyword === "AS");
  return as && statement.slice(as.end).trim().replace(CHECK_OPTION, "");
}

async function restoreView(connection: Connection, view: CatalogueView): Promise<CatalogueView> {
  if (!isDoubtful(view.definition)) return view;
  const query = findQuery(await readStatement(connection, "VIEW", view.name, "Create View"));
  return query === undefined ? view : { ...view, definition: query };
}

/** What a trigger does, behind its head. */
function findBody(statement: string): string | undefined {
  const tokens = tokenize(statement);
  const row = tokens.findIndex(({ keyword }, index) => keyword === "ROW" && tokens[index - 1]?.keyword === "EACH");
  const isPlaced = ["FOLLOWS", "PRECEDES"].includes(tokens[row + 1]?.keyword ?? "");
  const first = tokens[isPlaced ? row + 3 : row + 1];
  return row === -1 || first === undefined ? undefined : statement.slice(first.start);
}

async function restoreTrigger(connection: Connection, trigger: CatalogueTrigger): Promise<CatalogueTrigger> {
  if (trigger.statement === null || !isDoubtful(trigger.statement)) return trigger;
  const body = findBody(await readStatement(connection, "TRIGGER", trigger.name, "SQL Original Statement"));
  return body === undefined ? trigger : { ...trigger, statement: body };
}

async function mapEach<Item>(items: readonly Item[], change: (item: Item) => Promise<Item>): Promise<readonly Item[]> {
  const changed: Item[] = [];
  for (const item of items) changed.push(await change(item));
  return changed;
}

/** Asks again for the texts in which the catalogue may have lost characters, one by one. */
export async function restoreCharacters<Found extends Parts>(connection: Connection, found: Found): Promise<Found> {
  const tables = await readExpressions(connection, found);
  return {
    ...found,
    columns: await mapEach(found.columns, (column) => restoreColumn(connection, column, tables)),
    checks: found.checks.map((check) => restoreCheck(check, tables)),
    views: await mapEach(found.views, (view) => restoreView(connection, view)),
    triggers: await mapEach(found.triggers, (trigger) => restoreTrigger(connection, trigger)),
  };
}
