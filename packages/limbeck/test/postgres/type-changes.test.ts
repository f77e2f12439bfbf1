import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Connection } from "../../src/dialect/connection.ts";
import { postgres } from "../../src/dialects/postgres/index.ts";
import type { ColumnType } from "../../src/schema/model/column-type.ts";
import { createPostgresDatabase, requirePostgres, type PostgresDatabase } from "../support/postgres-server.ts";
import { prepareSamples, runChange, type ChangeReport } from "./type-changes/run-changes.ts";
import { MADE_TYPES, SAMPLES } from "./type-changes/sample-values.ts";

const check = requirePostgres();

/** Those that nobody should be warned of in vain. */
const COMMON: ReadonlySet<string> = new Set(
  [
    ["text", "varchar(10)", "varchar(3)", "smallint", "integer", "bigint", "numeric(10,2)", "numeric(10,0)", "real"],
    ["double precision", "boolean", "date", "time", "timestamp", "timestamp(0)", "timestamptz", "interval", "json"],
    ["jsonb", "uuid", "bytea", "text[]", "varchar(3)[]", "timestamp[]", "date[]"],
  ].flat(),
);

let database: PostgresDatabase;
let connection: Connection;
let types: ReadonlyMap<string, ColumnType>;

beforeAll(async () => {
  database = await createPostgresDatabase(...Object.values(MADE_TYPES));
  connection = await postgres.connect(database.url);
  types = await prepareSamples(connection, SAMPLES);
}, 120_000);

afterAll(async () => {
  await connection.close();
  await database.drop();
});

beforeEach(check);

/** Whether two values have become one, and whether one came back as another. */
function findLosses({ kept }: ChangeReport): { readonly isMerged: boolean; readonly isChanged: boolean } {
  const sources = Map.groupBy(kept, ({ between }) => between);
  return {
    isMerged: [...sources.values()].some((group) => new Set(group.map(({ before }) => before)).size > 1),
    isChanged: kept.some(({ before, after }) => before !== after),
  };
}

const isRefused = ({ refused, failed }: ChangeReport): boolean => refused.length > 0 || failed !== undefined;

/** What was written, as text, is read anew by a domain of another kind; nobody knows one from an enum, which would be warned of in vain. */
const isUnknown = (from: string, to: string): boolean =>
  to in MADE_TYPES && (from in MADE_TYPES || /^(?:text|varchar|char|name|citext|"char")/.test(from));

/** Values that lose something, and are not among those that are said to. */
async function findUncounted(own: ColumnType, other: ColumnType, { kept }: ChangeReport): Promise<readonly string[]> {
  const condition = postgres.findNarrowed?.("c", own, other);
  if (condition === undefined) return [];
  const uncounted: string[] = [];
  for (const { before } of kept.filter((one) => one.before !== one.after)) {
    const found = await connection.query(`SELECT 1 FROM (SELECT $1::numeric AS c) AS v WHERE ${condition}`, [before]);
    if (found.length === 0) uncounted.push(`${condition} does not find ${before}`);
  }
  return uncounted;
}

/** What the dialect says wrongly of a change. */
async function judge(from: string, to: string): Promise<readonly string[]> {
  const [own, other] = [types.get(from), types.get(to)];
  if (!own || !other) throw new Error(`no types ${from}, ${to}`);
  const report = await runChange(connection, from, own, other);
  const { isMerged, isChanged } = findLosses(report);
  const [told, back] = [postgres.describeNarrowing(own, other), postgres.describeNarrowing(other, own)];
  const example = JSON.stringify(report.kept.find(({ before, after }) => before !== after) ?? report.kept);
  const isCommon = COMMON.has(from) && COMMON.has(to);
  if (told !== undefined) {
    const isLossless = !isMerged && !isChanged && !isRefused(report);
    return isLossless && isCommon ? [`${from} -> ${to} loses no ${told}`] : findUncounted(own, other, report);
  }
  if (isUnknown(from, to)) return [];
  if (isMerged) return [`${from} -> ${to} loses something in silence: ${example}`];
  return isChanged && back === undefined ? [`${from} -> ${to} and back loses something in silence: ${example}`] : [];
}

const isLong = process.env["LIMBECK_LONG"] === "1";

/** All others at full size; else every fourth, not the same for each, so that every type comes up on both sides. */
const listTargets = (from: string): readonly string[] => {
  const all = SAMPLES.map(([type]) => type);
  return all.filter((to, index) => to !== from && (isLong || (index + all.indexOf(from)) % 4 === 0));
};

describe("a change of type keeps every value, is refused, or is told of as a loss", () => {
  it.each(SAMPLES.map(([type]) => type))(
    "from %s to other types",
    async (from) => {
      const problems: string[] = [];
      for (const to of listTargets(from)) problems.push(...(await judge(from, to)));
      expect(problems).toEqual([]);
    },
    120_000,
  );
});
