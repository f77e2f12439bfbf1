import type { Dialect } from "../../dialect/dialect.ts";
import type { Operation } from "../../ops/operation.ts";
import { isSameStructure } from "../../diff/same-structure.ts";
import { fillDefaults } from "../../ops/safe/fill-defaults.ts";
import { spreadAdditions } from "../../ops/safe/spread-additions.ts";
import type { Remarks } from "../../scripts/render/render-remarks.ts";
import type { Environment } from "../environment.ts";
import { DATABASE, type Side } from "../sides/side.ts";
import { readDatabase } from "../with-database.ts";
import { countNeeds } from "./count-needs.ts";
import { describeNeed, describeNeedOnTheWayBack, type CountedNeed, type DataNeed } from "./data-need.ts";
import { findNeeds } from "./find-needs.ts";

const spread = (operations: readonly Operation[], { diffRules }: Dialect): readonly Operation[] =>
  spreadAdditions(operations, (change) => {
    const { from, to } = change;
    const between = diffRules.optionsBetween(from, to);
    return {
      early: isSameStructure(from, between) ? [] : [{ ...change, to: between }],
      late: isSameStructure(between, to) ? [] : [{ ...change, from: between }],
    };
  });

/** The same changes in a form that rows which are there can go through. */
export const makeSafe = (operations: readonly Operation[], dialect: Dialect): readonly Operation[] =>
  fillDefaults(spread(operations, dialect), dialect);

/** The way back in a form that rows which are there can go through, once it says what becomes of them. */
export const makeWayBackSafe = (operations: readonly Operation[], dialect: Dialect): readonly Operation[] =>
  spread(operations, dialect);

/** What rows have to be like, counted where the changes are made for a database that is there. */
async function measureNeeds(
  environment: Environment,
  operations: readonly Operation[],
  from: Side = DATABASE,
): Promise<readonly CountedNeed[]> {
  const needs = findNeeds(operations, environment.dialect);
  if (needs.length === 0) return [];
  if (from.kind !== "database") return needs.map((need) => ({ ...need, rows: undefined }));
  const { dialect, database } = environment;
  const limitTime = typeof database === "string" ? dialect.limitTime : undefined;
  return readDatabase(environment, (connection) => countNeeds(connection, needs, limitTime));
}

/** Remarks by the change that they stand before. */
function groupRemarks<Need extends DataNeed>(needs: readonly Need[], describe: (need: Need) => string): Remarks {
  const groups = Map.groupBy(needs, ({ operation }) => operation);
  return new Map(
    [...groups].map(([operation, own]) => [operation, own.map((need) => ({ text: describe(need), sql: need.remedy }))]),
  );
}

/** What is to be said of the rows that stop a revision. */
export interface DescribedNeeds {
  /** On the way up. */
  readonly needs: readonly CountedNeed[];
  /** On both ways, where there are such rows, or may be. */
  readonly warnings: readonly string[];
  readonly remarks: Remarks;
}

/** What rows have to be like for a revision to go up, and where each row that there may be stops it on the way down. */
export async function describeNeeds(
  environment: Environment,
  { upgrade, downgrade }: { readonly upgrade: readonly Operation[]; readonly downgrade: readonly Operation[] },
  from?: Side,
): Promise<DescribedNeeds> {
  const needs = await measureNeeds(environment, upgrade, from);
  const onTheWayBack = findNeeds(downgrade, environment.dialect).filter(({ isOfEach }) => isOfEach === true);
  return {
    needs,
    warnings: [
      ...needs.filter(({ rows }) => rows !== 0).map(describeNeed),
      ...onTheWayBack.map(describeNeedOnTheWayBack),
    ],
    remarks: new Map([...groupRemarks(needs, describeNeed), ...groupRemarks(onTheWayBack, describeNeedOnTheWayBack)]),
  };
}
