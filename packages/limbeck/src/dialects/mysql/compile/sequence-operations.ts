import { isSameStructure } from "../../../diff/same-structure.ts";
import type { CompileContext } from "../../../dialect/dialect.ts";
import type { Statement } from "../../../dialect/statement.ts";
import { operationErrors } from "../../../kernel/errors/operation-errors.ts";
import type { OperationMap, OperationTable } from "../../../ops/operation.ts";
import type { Sequence } from "../../../schema/model/sequence.ts";
import { findCapabilities } from "../capabilities.ts";
import { quoteIdentifier, quoteText } from "../quote.ts";
import { countsDown, findUsualBounds, USUAL_SEQUENCE_CACHE } from "../usual-sequence.ts";
import { ENGINE, readOptions } from "./read-options.ts";
import { refuse } from "./refuse.ts";

type NumberOption = "start" | "increment" | "minimum" | "maximum" | "cache";

/** @throws OperationError (unknownOption) for anything but a whole number as text */
function readNumber(sequence: Sequence, option: NumberOption): string | undefined {
  const value = sequence[option];
  if (value === undefined || /^-?\d+$/.test(value)) return value;
  throw operationErrors.unknownOption({
    dialect: ENGINE,
    place: `Sequence "${sequence.name}"`,
    option: `${option}: ${JSON.stringify(value)}`,
    known: ["a whole number as text"],
  });
}

function checkSequence({ name, type, ownedBy }: Sequence, { serverVersion }: CompileContext): void {
  if (!findCapabilities(serverVersion).hasSequences)
    throw operationErrors.unsupportedObject({ engine: "MySQL", kind: "sequence", name });
  if (type !== undefined) throw refuse(`The type of sequence "${name}"`, "Its numbers are of type bigint.");
  if (ownedBy) throw refuse(`The owner of sequence "${name}"`, "A sequence stands on its own.");
}

const clause = (words: string, value: string | undefined): readonly string[] =>
  value === undefined ? [] : [`${words} ${value}`];

const readOwnOptions = ({ name, options }: Sequence) => readOptions(options, "sequence", `Sequence "${name}"`);

/** CREATE SEQUENCE, with what differs from the default. https://mariadb.com/kb/en/create-sequence/ */
function renderCreate(sequence: Sequence): string {
  const { engine, comment } = readOwnOptions(sequence);
  return [
    `CREATE SEQUENCE ${quoteIdentifier(sequence.name)}`,
    ...clause("START WITH", readNumber(sequence, "start")),
    ...clause("MINVALUE", readNumber(sequence, "minimum")),
    ...clause("MAXVALUE", readNumber(sequence, "maximum")),
    ...clause("INCREMENT BY", readNumber(sequence, "increment")),
    ...clause("CACHE", readNumber(sequence, "cache")),
    ...(sequence.cycle ? ["CYCLE"] : []),
    ...clause("ENGINE =", engine),
    ...clause("COMMENT =", comment === undefined ? undefined : quoteText(comment)),
  ].join(" ");
}

/** Where a sequence begins that says nothing about it. */
function findStart({ increment, minimum, maximum }: Sequence): string {
  const usual = findUsualBounds(increment);
  return countsDown(increment) ? (maximum ?? usual.maximum) : (minimum ?? usual.minimum);
}

/** Without a bound, a sequence that turns round would keep the one that it had. */
function renderBounds(sequence: Sequence): readonly string[] {
  const usual = findUsualBounds(sequence.increment);
  return [
    `MINVALUE ${readNumber(sequence, "minimum") ?? usual.minimum}`,
    `MAXVALUE ${readNumber(sequence, "maximum") ?? usual.maximum}`,
  ];
}

/** What ALTER SEQUENCE says about some settings, whatever they were: what is left out would stay as it is. */
const SETTINGS: readonly (readonly [
  options: readonly (keyof Sequence)[],
  render: (to: Sequence) => readonly string[],
])[] = [
  [["increment"], (to) => [`INCREMENT BY ${readNumber(to, "increment") ?? "1"}`]],
  [["minimum", "maximum", "increment"], renderBounds],
  // It begins at the bound that it moves away from.
  [["start", "minimum", "maximum", "increment"], (to) => [`START WITH ${readNumber(to, "start") ?? findStart(to)}`]],
  [["cache"], (to) => [`CACHE ${readNumber(to, "cache") ?? USUAL_SEQUENCE_CACHE}`]],
  [["cycle"], ({ cycle }) => [cycle ? "CYCLE" : "NOCYCLE"]],
];

/** What the server keeps of a sequence as it does of a table, and changes as such. */
function alterAsTable(from: Sequence, to: Sequence): readonly Statement[] {
  const [before, after] = [readOwnOptions(from), readOwnOptions(to)];
  const clauses = [
    ...(before.engine === after.engine ? [] : [`ENGINE = ${after.engine ?? "InnoDB"}`]),
    ...(before.comment === after.comment ? [] : [`COMMENT = ${quoteText(after.comment ?? "")}`]),
  ];
  return clauses.length === 0 ? [] : [{ sql: `ALTER TABLE ${quoteIdentifier(to.name)} ${clauses.join(", ")}` }];
}

function compileAlterSequence(
  { from, to }: OperationMap["alterSequence"],
  context: CompileContext,
): readonly Statement[] {
  checkSequence(to, context);
  const isOther = (option: keyof Sequence): boolean => !isSameStructure(from[option], to[option]);
  const words = SETTINGS.flatMap(([options, render]) => (options.some(isOther) ? render(to) : []));
  const alter = words.length === 0 ? [] : [{ sql: `ALTER SEQUENCE ${quoteIdentifier(to.name)} ${words.join(" ")}` }];
  return [...alter, ...alterAsTable(from, to)];
}

/** Operations on sequences, which only MariaDB has. */
export const SEQUENCE_COMPILERS: Pick<
  OperationTable<readonly Statement[], [CompileContext]>,
  "createSequence" | "dropSequence" | "alterSequence"
> = {
  createSequence: ({ sequence }, context) => {
    checkSequence(sequence, context);
    return [{ sql: renderCreate(sequence) }];
  },
  dropSequence: ({ sequence }) => [{ sql: `DROP SEQUENCE ${quoteIdentifier(sequence.name)}` }],
  alterSequence: compileAlterSequence,
};
