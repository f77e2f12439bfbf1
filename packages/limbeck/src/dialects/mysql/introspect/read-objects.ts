import type { Connection } from "../../../dialect/connection.ts";
import type { UnmanagedObject } from "../../../dialect/dialect.ts";
import type { DefinedObject } from "../../../schema/model/defined-object.ts";
import type { Sequence } from "../../../schema/model/sequence.ts";
import { readText } from "../driver/read-text.ts";
import { findObjectKind } from "../object-kinds.ts";
import { quoteIdentifier } from "../quote.ts";
import { writePrefix } from "../session-prefix.ts";
import type { Catalogue } from "./catalogue/read-catalogue.ts";
import { parseSequence } from "./parse-sequence.ts";
import { findOwnSettings } from "./own-settings.ts";

/** What is read one by one, and what of it the model cannot hold. */
export interface ReadObjects {
  readonly objects: readonly DefinedObject[];
  readonly sequences: readonly Sequence[];
  readonly unmanaged: readonly UnmanagedObject[];
}

/** Why an object is left alone of which only the name is known. */
export const NOT_SHOWN = "the server does not show its definition to this user";

const UNSAID = { kind: "sequence", reason: "the schema model has no words for it" } as const;

const NAME_PART = '(?:`[^`]*`|"[^"]*"|[^\\s@]+)';
const DEFINER = new RegExp(` DEFINER=${NAME_PART}(?:@${NAME_PART})?`);

/** Whoever asks gets the statement, if the server shows it: the body of somebody else's routine it may keep to itself. */
async function readStatement(connection: Connection, word: string, name: string): Promise<string | undefined> {
  const [row] = await connection.query(`SHOW CREATE ${word} ${quoteIdentifier(name)}`).catch(() => []);
  const column = Object.keys(row ?? {}).find((one) => /^create /i.test(one));
  const text = column === undefined ? "" : readText(row, column);
  // Whoever creates it anew is whom it runs as.
  return text === "" ? undefined : text.replace(DEFINER, "");
}

/** Something that is read by SHOW CREATE. */
interface Found {
  readonly kind: string;
  readonly name: string;
  readonly settings: ReadonlyMap<string, string>;
  /** Takes out of the statement what would be another one each time. */
  readonly tidy?: (statement: string) => string;
}

const ON_COMPLETION = / ON COMPLETION (?:NOT )?PRESERVE/;

/**
 * The statement of an event, without the moment at which it was made, from which it counts when nothing is said. Where it does not happen because the server
 * repeats what another one does, it is what it is on that one.
 */
function tidyEvent(statement: string, startsAtOnce: boolean): string {
  const end = ON_COMPLETION.exec(statement)?.index ?? 0;
  const [schedule, rest] = [statement.slice(0, end), statement.slice(end)];
  const started = startsAtOnce ? schedule.replace(/ STARTS '[^']*'/, "") : schedule;
  return `${started}${rest.replace(/^( ON COMPLETION (?:NOT )?PRESERVE) DISABLE ON SLAVE/, "$1 ENABLE")}`;
}

function listFound(catalogue: Catalogue): readonly Found[] {
  return [
    ...catalogue.routines.map(({ kind, name, sqlMode }) => ({
      kind: kind.toLowerCase(),
      name,
      settings: findOwnSettings({ sqlMode }, catalogue),
    })),
    ...catalogue.events.map((event) => ({
      kind: "event",
      name: event.name,
      settings: findOwnSettings({ sqlMode: event.sqlMode, timeZone: event.timeZone }, catalogue),
      tidy: (statement: string) => tidyEvent(statement, Number(event.startsAtOnce) === 1),
    })),
  ];
}

/** A body can only be there with what it is the body of. */
const dependsOn = ({ kind, name }: Found) => (kind === "package body" ? { dependsOn: [name] } : {});

/** Reads what the database holds besides tables, views and triggers, each by a query of its own. */
export async function readObjects(connection: Connection, catalogue: Catalogue): Promise<ReadObjects> {
  const objects: DefinedObject[] = [];
  const sequences: Sequence[] = [];
  const unmanaged: UnmanagedObject[] = [];
  for (const found of listFound(catalogue)) {
    const { kind, name, settings, tidy = (statement: string) => statement } = found;
    const word = findObjectKind(kind)?.word;
    const statement = word === undefined ? undefined : await readStatement(connection, word, name);
    if (statement === undefined) unmanaged.push({ kind, name, reason: NOT_SHOWN });
    else objects.push({ kind, name, definition: writePrefix(settings, tidy(statement)), ...dependsOn(found) });
  }
  for (const { name, type } of catalogue.tables) {
    if (type !== "SEQUENCE") continue;
    const definition = await readStatement(connection, "SEQUENCE", name);
    const sequence = definition === undefined ? undefined : parseSequence(name, definition);
    if (sequence) sequences.push(sequence);
    else if (definition === undefined) unmanaged.push({ kind: "sequence", name, reason: NOT_SHOWN });
    else unmanaged.push({ ...UNSAID, name, definition, drop: `DROP SEQUENCE ${quoteIdentifier(name)}` });
  }
  return { objects, sequences, unmanaged };
}
