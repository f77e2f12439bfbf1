import type { Connection } from "../../../dialect/connection.ts";
import { findErrorNumber } from "../database-errors.ts";
import { readText } from "../driver/read-text.ts";
import { tokenizeMeant } from "../parse/tokenize-meant.ts";
import { quoteIdentifier } from "../quote.ts";
import { readTouchedObjects, type TouchedObject } from "./touched-objects.ts";

/** The object is not there, as the server says it of each kind. https://mariadb.com/kb/en/mariadb-error-codes/ */
const NOT_THERE: ReadonlySet<number | undefined> = new Set([1049, 1146, 1305, 1347, 1360, 1539, 4091, 4089]);

/** The statement that makes an object; null where it is not there. Rows that come in the meantime leave no trace in it. */
async function readDefinition(connection: Connection, { word, name }: TouchedObject): Promise<string | null> {
  try {
    const [row] = await connection.query(`SHOW CREATE ${word} ${name.map(quoteIdentifier).join(".")}`);
    const column = Object.keys(row ?? {}).find((one) => /^(?:create |sql original statement)/i.test(one));
    return column === undefined ? null : readText(row, column).replace(/ AUTO_INCREMENT=\d+/, "");
  } catch (error) {
    if (NOT_THERE.has(findErrorNumber(error))) return null;
    throw error;
  }
}

/** The statements that make objects, in their order; null for what is not there. */
export async function readDefinitions(
  connection: Connection,
  objects: readonly TouchedObject[],
): Promise<readonly (string | null)[]> {
  const definitions: (string | null)[] = [];
  for (const object of objects) definitions.push(await readDefinition(connection, object));
  return definitions;
}

/** What a statement is about, as it is now; empty where that does not show. */
export async function capture(connection: Connection, sql: string): Promise<string> {
  const definitions = await readDefinitions(connection, readTouchedObjects(tokenizeMeant(sql)));
  return definitions.length === 0 ? "" : JSON.stringify(definitions);
}
