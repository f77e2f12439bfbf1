import { isSameStructure } from "../../../diff/same-structure.ts";
import type { CompileContext } from "../../../dialect/dialect.ts";
import type { Statement } from "../../../dialect/statement.ts";
import { operationErrors } from "../../../kernel/errors/operation-errors.ts";
import type { OperationMap, OperationTable } from "../../../ops/operation.ts";
import type { Sequence } from "../../../schema/model/sequence.ts";
import { quoteName } from "../names.ts";
import { quoteIdentifier, quoteLiteral } from "../quote.ts";
import { findCommon, findRange, findStart, isWithin } from "./sequence-range.ts";

type NumberOption = "start" | "increment" | "minimum" | "maximum" | "cache";

/** @throws OperationError (unknownOption) for anything but a whole number as text */
function readNumber(sequence: Sequence, option: NumberOption): string | undefined {
  const value = sequence[option];
  if (value === undefined || /^-?\d+$/.test(value)) return value;
  throw operationErrors.unknownOption({
    dialect: "PostgreSQL",
    place: `Sequence "${sequence.name}"`,
    option: `${option}: ${JSON.stringify(value)}`,
    known: ["a whole number as text"],
  });
}

/** No option of a sequence is PostgreSQL's alone. @throws OperationError (unknownOption) */
function refuseOptions({ name, options }: Sequence): void {
  const [option] = Object.keys(options?.["postgres"] ?? {});
  if (option === undefined) return;
  throw operationErrors.unknownOption({ dialect: "PostgreSQL", place: `Sequence "${name}"`, option, known: ["none"] });
}

function ownedBy({ ownedBy: owner }: Sequence): string {
  return owner ? `${quoteName(owner.table)}.${quoteIdentifier(owner.column)}` : "NONE";
}

const clause = (words: string, value: string | undefined): readonly string[] =>
  value === undefined ? [] : [`${words} ${value}`];

/** CREATE SEQUENCE, with what differs from the default. */
function renderCreate(sequence: Sequence): string {
  const { name, type, cycle, unlogged, ownedBy: owner } = sequence;
  return [
    `CREATE ${unlogged ? "UNLOGGED " : ""}SEQUENCE ${quoteName(name)}`,
    ...clause("AS", type),
    ...clause("INCREMENT BY", readNumber(sequence, "increment")),
    ...clause("MINVALUE", readNumber(sequence, "minimum")),
    ...clause("MAXVALUE", readNumber(sequence, "maximum")),
    ...clause("START WITH", readNumber(sequence, "start")),
    ...clause("CACHE", readNumber(sequence, "cache")),
    ...(cycle ? ["CYCLE"] : []),
    ...(owner ? [`OWNED BY ${ownedBy(sequence)}`] : []),
  ].join(" ");
}

function renderBounds(sequence: Sequence): readonly string[] {
  const [minimum, maximum] = [readNumber(sequence, "minimum"), readNumber(sequence, "maximum")];
  return [
    minimum === undefined ? "NO MINVALUE" : `MINVALUE ${minimum}`,
    maximum === undefined ? "NO MAXVALUE" : `MAXVALUE ${maximum}`,
  ];
}

/** What ALTER SEQUENCE says about some settings, whatever they were: what is left out would stay as it is. */
const SETTINGS: readonly (readonly [
  options: readonly (keyof Sequence)[],
  render: (to: Sequence) => readonly string[],
])[] = [
  [["type"], ({ type = "bigint" }) => [`AS ${type}`]],
  [["increment"], (to) => [`INCREMENT BY ${readNumber(to, "increment") ?? "1"}`]],
  [["minimum", "maximum", "type", "increment"], renderBounds],
  // It begins at the bound that it moves away from.
  [["start", "minimum", "maximum", "increment"], (to) => [`START WITH ${readNumber(to, "start") ?? findStart(to)}`]],
  [["cache"], (to) => [`CACHE ${readNumber(to, "cache") ?? "1"}`]],
  [["cycle"], ({ cycle }) => [cycle ? "CYCLE" : "NO CYCLE"]],
  [["ownedBy"], (to) => [`OWNED BY ${ownedBy(to)}`]],
];

/**
 * What moves a sequence that stands where it could not stand afterwards, which the server would refuse. Where both ranges have numbers in common, that is only done
 * to one that has given no number yet: another one may be in the way, as rows may be.
 */
function moveStart(
  from: Sequence,
  to: Sequence,
): { readonly before?: string; readonly restart?: string; readonly after?: string } {
  const [former, range, start] = [findRange(from), findRange(to), findStart(to)];
  if (isWithin(findStart(from), range)) return {};
  const common = findCommon(former, range, start);
  if (common === undefined) return { restart: `RESTART WITH ${start}` };
  const name = quoteName(to.name);
  const place = (number: bigint): string =>
    `SELECT setval(${quoteLiteral(name)}, ${number}, false) FROM ${name} WHERE NOT is_called`;
  return { before: place(common), ...(common !== start && { after: place(start) }) };
}

function compileAlterSequence({ from, to }: OperationMap["alterSequence"]): readonly Statement[] {
  refuseOptions(to);
  const isOther = (option: keyof Sequence): boolean => !isSameStructure(from[option], to[option]);
  const { before, restart, after } = moveStart(from, to);
  const settings = SETTINGS.flatMap(([options, render]) => (options.some(isOther) ? render(to) : []));
  const words = [...settings, ...(restart === undefined ? [] : [restart])];
  const own = `ALTER SEQUENCE ${quoteName(to.name)}`;
  return [
    ...(before === undefined ? [] : [{ sql: before }]),
    ...(words.length === 0 ? [] : [{ sql: `${own} ${words.join(" ")}` }]),
    ...(after === undefined ? [] : [{ sql: after }]),
    ...(isOther("unlogged") ? [{ sql: `${own} SET ${to.unlogged ? "UNLOGGED" : "LOGGED"}` }] : []),
  ];
}

/** Operations on sequences. https://www.postgresql.org/docs/current/sql-createsequence.html */
export const SEQUENCE_COMPILERS: Pick<
  OperationTable<readonly Statement[], [CompileContext]>,
  "createSequence" | "dropSequence" | "alterSequence"
> = {
  createSequence: ({ sequence }) => {
    refuseOptions(sequence);
    return [{ sql: renderCreate(sequence) }];
  },
  dropSequence: ({ sequence }) => [{ sql: `DROP SEQUENCE ${quoteName(sequence.name)}` }],
  alterSequence: compileAlterSequence,
};
