import type { Dialect } from "../../dialect/dialect.ts";
import type { Operation } from "../../ops/operation.ts";
import { fillDefaults } from "../../ops/safe/fill-defaults.ts";
import { spreadAdditions } from "../../ops/safe/spread-additions.ts";
import type { Remarks } from "../../scripts/render/render-remarks.ts";
import type { Environment } from "../environment.ts";
import { DATABASE, type Side } from "../sides/side.ts";
import { readDatabase } from "../with-database.ts";
import { countNeeds } from "./count-needs.ts";
import { describeNeed, type CountedNeed } from "./data-need.ts";
import { findNeeds } from "./find-needs.ts";

/** The same changes in a form that rows which are there can go through. */
export const makeSafe = (operations: readonly Operation[], dialect: Dialect): readonly Operation[] =>
  fillDefaults(spreadAdditions(operations), dialect);

/** What rows have to be like, counted where the changes are made for a database that is there. */
export async function measureNeeds(
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
export function listRemarks(needs: readonly CountedNeed[]): Remarks {
  const groups = Map.groupBy(needs, ({ operation }) => operation);
  return new Map(
    [...groups].map(([operation, own]) => [
      operation,
      own.map((need) => ({ text: describeNeed(need), sql: need.remedy })),
    ]),
  );
}
