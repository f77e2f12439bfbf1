import type { CompileContext } from "../../../dialect/dialect.ts";
import type { Statement } from "../../../dialect/statement.ts";
import { operationErrors } from "../../../kernel/errors/operation-errors.ts";
import type { OperationMap, OperationTable } from "../../../ops/operation.ts";
import type { Sequence } from "../../../schema/model/sequence.ts";
import { quoteName } from "../names.ts";
import { quoteIdentifier } from "../quote.ts";

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

function ownedBy({ ownedBy: owner }: Sequence): string {
  return owner ? `${quoteName(owner.table)}.${quoteIdentifier(owner.column)}` : "NONE";
}

const clause = (words: string, value: string | undefined): readonly string[] =>
  value === undefined ? [] : [`${words} ${value}`];

/** CREATE SEQUENCE, with what differs from the default. */
function renderCreate(sequence: Sequence): string {
  const { name, type, cycle, ownedBy: owner } = sequence;
  return [
    `CREATE SEQUENCE ${quoteName(name)}`,
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

/** Where a sequence begins that says nothing about it. */
function findStart(sequence: Sequence): string {
  const isDown = sequence.increment?.startsWith("-") === true;
  return (isDown ? sequence.maximum : sequence.minimum) ?? (isDown ? "-1" : "1");
}

/** ALTER SEQUENCE says everything that differs: what is left out of one that changes would stay as it is. */
function compileAlterSequence({ from, to }: OperationMap["alterSequence"]): readonly Statement[] {
  const isOther = (option: keyof Sequence): boolean => JSON.stringify(from[option]) !== JSON.stringify(to[option]);
  const bounds: readonly string[] =
    isOther("minimum") || isOther("maximum") || isOther("type") || isOther("increment")
      ? [
          to.minimum === undefined ? "NO MINVALUE" : `MINVALUE ${readNumber(to, "minimum") ?? ""}`,
          to.maximum === undefined ? "NO MAXVALUE" : `MAXVALUE ${readNumber(to, "maximum") ?? ""}`,
        ]
      : [];
  const start = readNumber(to, "start") ?? findStart(to);
  const words = [
    ...(isOther("type") ? [`AS ${to.type ?? "bigint"}`] : []),
    ...(isOther("increment") ? [`INCREMENT BY ${readNumber(to, "increment") ?? "1"}`] : []),
    ...bounds,
    ...(start === (from.start ?? findStart(from)) ? [] : [`START WITH ${start}`]),
    ...(isOther("cache") ? [`CACHE ${readNumber(to, "cache") ?? "1"}`] : []),
    ...(isOther("cycle") ? [to.cycle ? "CYCLE" : "NO CYCLE"] : []),
    ...(isOther("ownedBy") ? [`OWNED BY ${ownedBy(to)}`] : []),
  ];
  return words.length === 0 ? [] : [{ sql: `ALTER SEQUENCE ${quoteName(to.name)} ${words.join(" ")}` }];
}

/** Operations on sequences. https://www.postgresql.org/docs/current/sql-createsequence.html */
export const SEQUENCE_COMPILERS: Pick<
  OperationTable<readonly Statement[], [CompileContext]>,
  "createSequence" | "dropSequence" | "alterSequence"
> = {
  createSequence: ({ sequence }) => [
    { sql: renderCreate(sequence) },
  ],
  dropSequence: ({ sequence }) => [
    { sql: `DROP SEQUENCE ${quoteName(sequence.name)}` },
  ],
  alterSequence: compileAlterSequence,
};
