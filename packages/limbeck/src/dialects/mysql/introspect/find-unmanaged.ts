import type { Connection } from "../../../dialect/connection.ts";
import type { UnmanagedObject } from "../../../dialect/dialect.ts";
import { readText } from "../driver/read-text.ts";
import { quoteIdentifier } from "../quote.ts";
import type { Catalogue } from "./catalogue/read-catalogue.ts";
import type { Spell } from "./spelling.ts";

const NO_WORDS = "the schema model has no words for it";

/** Whoever asks gets the statement, if the server shows it: the body of somebody else's routine it may keep to itself. */
async function readDefinition(connection: Connection, kind: string, name: string): Promise<string | undefined> {
  const [row] = await connection.query(`SHOW CREATE ${kind} ${quoteIdentifier(name)}`).catch(() => []);
  const column = Object.keys(row ?? {}).find((one) => /^create /i.test(one));
  const text = column === undefined ? "" : readText(row, column);
  // Whoever creates it anew is whom it runs as.
  return text === "" ? undefined : text.replace(/ DEFINER=(?:`[^`]*`|\S+?)@(?:`[^`]*`|\S+)/, "");
}

async function describe(connection: Connection, kind: string, name: string, spell: Spell): Promise<UnmanagedObject> {
  const definition = await readDefinition(connection, kind, name);
  return {
    kind: kind.toLowerCase(),
    name,
    reason: NO_WORDS,
    ...(definition !== undefined && { definition: spell(definition) }),
  };
}

/** What the database holds besides tables, views and triggers. */
export async function findUnmanaged(
  connection: Connection,
  { tables, routines }: Catalogue,
  spell: Spell,
): Promise<readonly UnmanagedObject[]> {
  const unmanaged: UnmanagedObject[] = [];
  for (const { name, type } of tables) {
    if (type === "SEQUENCE") unmanaged.push(await describe(connection, "SEQUENCE", name, spell));
  }
  for (const { kind, name } of routines) {
    // On a scratch database an event would happen as well.
    const isEvent = kind === "EVENT";
    unmanaged.push(isEvent ? { kind: "event", name, reason: NO_WORDS } : await describe(connection, kind, name, spell));
  }
  return unmanaged;
}
