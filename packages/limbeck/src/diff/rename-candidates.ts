import type { Schema } from "../schema/model/schema.ts";
import type { EnumType } from "../schema/model/enum-type.ts";
import type { Table } from "../schema/model/table.ts";
import { adoptSpelling } from "./adopt-spelling.ts";
import type { DiffRules } from "./diff-rules.ts";
import { matchNames } from "./match-names.ts";
import { formatRename, formatRenameFlag } from "./renames/parse-rename.ts";
import { rateNameSimilarity } from "./renames/name-similarity.ts";
import { rateColumns } from "./renames/rate-columns.ts";
import { createTableRating } from "./renames/rate-tables.ts";
import { rateValues } from "./renames/enum-values.ts";
import type { Rename, Renames } from "./renames/rename.ts";
import { renameAll } from "./renames/rename-all.ts";
import { isSameIndex } from "./same-index.ts";

/** How many new names are asked about for one old name, best first. */
const MOST_PER_NAME = 3;

/** Something is gone and something similar is new: was it renamed? Plain data, to be shown, asked and printed as JSON. */
export interface RenameQuestion {
  readonly kind: "table" | "column" | "index" | "value";
  /** The table of a column or an index, by its new name; the enum of a value. */
  readonly table?: string;
  readonly from: string;
  readonly to: string;
  /** How likely it is, from 0 to 1. */
  readonly score: number;
  /** Whether the answer decides over data; an index that is dropped and made anew loses nothing but time. */
  readonly required: boolean;
  /** The answer to another question that must be given for this one to arise: a column of a table that was renamed. */
  readonly given?: string;
  /** The answer that says yes. */
  readonly answer: string;
  /** The same as a flag of the command line. `--no-rename` says no to all that is not answered. */
  readonly flag: string;
}

function createQuestion(
  rename: Rename & { readonly kind: RenameQuestion["kind"] },
  score: number,
  given?: string,
): RenameQuestion {
  const answer = formatRename(rename);
  return {
    ...rename,
    score: Math.round(score * 100) / 100,
    required: rename.kind !== "index",
    ...(given !== undefined && { given }),
    answer,
    flag: formatRenameFlag(answer),
  };
}

const byScore = (a: RenameQuestion, b: RenameQuestion): number => b.score - a.score;

interface TableQuestion {
  readonly from: Table;
  readonly to: Table;
  readonly question: RenameQuestion;
}

function findTableQuestions(removed: readonly Table[], added: readonly Table[]): readonly TableQuestion[] {
  const ratings = added.map((to) => ({ to, rate: createTableRating(to) }));
  return removed.flatMap((from) =>
    ratings
      .flatMap(({ to, rate }) => {
        const score = rate(from);
        if (score === undefined) return [];
        return [{ from, to, question: createQuestion({ kind: "table", from: from.name, to: to.name }, score) }];
      })
      .toSorted((a, b) => byScore(a.question, b.question))
      .slice(0, MOST_PER_NAME),
  );
}

/** The likeliest guess for each table; the columns of the others are asked about once they are said to be the same. */
function chooseLikeliest(questions: readonly TableQuestion[]): readonly TableQuestion[] {
  const taken = new Set<Table>();
  return questions
    .toSorted((a, b) => byScore(a.question, b.question))
    .filter(({ from, to }) => {
      if (taken.has(from) || taken.has(to)) return false;
      taken.add(from).add(to);
      return true;
    });
}

function findColumnQuestions(from: Table, to: Table, rules: DiffRules, given?: string): readonly RenameQuestion[] {
  const { removed, added } = matchNames(from.columns, to.columns);
  return removed.flatMap((column) =>
    added
      .flatMap((other) => {
        const score = rateColumns({ column, table: from }, { column: other, table: to }, rules);
        if (score === undefined) return [];
        return [createQuestion({ kind: "column", table: to.name, from: column.name, to: other.name }, score, given)];
      })
      .toSorted(byScore)
      .slice(0, MOST_PER_NAME),
  );
}

function findIndexQuestions(from: Table, to: Table, rules: DiffRules, given?: string): readonly RenameQuestion[] {
  const { removed, added } = matchNames(from.indexes, to.indexes);
  return removed.flatMap((index) =>
    added
      .filter((other) => isSameIndex(index, other, rules))
      .map((other) => {
        const score = 0.5 + rateNameSimilarity(index.name, other.name) / 2;
        return createQuestion({ kind: "index", table: to.name, from: index.name, to: other.name }, score, given);
      }),
  );
}

/** Values come and go in place: those that could be meant are asked about. */
function findValueQuestions(from: EnumType, to: EnumType): readonly RenameQuestion[] {
  const [removed, added] = [
    from.values.filter((value) => !to.values.includes(value)),
    to.values.filter((value) => !from.values.includes(value)),
  ];
  return removed.flatMap((value) =>
    added
      .flatMap((other) => {
        const score = rateValues(value, other, from, to);
        if (score === undefined) return [];
        return [createQuestion({ kind: "value", table: to.name, from: value, to: other }, score)];
      })
      .toSorted(byScore)
      .slice(0, MOST_PER_NAME),
  );
}

/**
 * Everything between two schemas that may be a rename and is not settled yet, best guesses first within each name: tables, columns,
 * indexes, values of enums. The columns of a table that may have been renamed are asked about too, see {@link RenameQuestion.given}.
 *
 * @param renames what is known already; each answer may settle questions and raise others, so ask again after each. Default none
 * @throws DiffError (renameUnknown, renameConflict) when a rename does not fit the schemas
 */
export function findRenameCandidates(
  current: Schema,
  target: Schema,
  rules: DiffRules,
  renames: Renames = [],
): readonly RenameQuestion[] {
  const renamed = renameAll(current, target, rules, renames);
  const { removed, added, common } = matchNames(renamed.tables, adoptSpelling(target, renamed, rules).tables);
  const tables = findTableQuestions(removed, added);
  const pairs = [
    ...common.map(([from, to]) => ({ from, to, given: undefined })),
    ...chooseLikeliest(tables).map(({ from, to, question }) => ({ from, to, given: question.answer })),
  ];
  return [
    ...tables.map(({ question }) => question),
    ...pairs.flatMap(({ from, to, given }) => findColumnQuestions(from, to, rules, given)),
    ...pairs.flatMap(({ from, to, given }) => findIndexQuestions(from, to, rules, given)),
    ...matchNames(renamed.enums, target.enums).common.flatMap(([from, to]) => findValueQuestions(from, to)),
  ];
}
