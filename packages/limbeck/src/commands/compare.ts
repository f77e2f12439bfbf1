import type { UnmanagedObject } from "../dialect/dialect.ts";
import { findBookkeeping, leaveBookkeepingAlone, withoutBookkeeping } from "../diff/bookkeeping-tables.ts";
import { diffNamed } from "../diff/diff-named.ts";
import type { DiffRules } from "../diff/diff-rules.ts";
import { findSpellings, type SpellingDifference } from "../diff/find-spellings.ts";
import { findUnnamed, NOTHING_UNNAMED, withoutUnnamed, type UnnamedObjects } from "../diff/find-unnamed.ts";
import { findRenameCandidates, type RenameQuestion } from "../diff/rename-candidates.ts";
import { renameAll } from "../diff/renames/rename-all.ts";
import { parseRename } from "../diff/renames/parse-rename.ts";
import type { Renames } from "../diff/renames/rename.ts";
import { resolveRenames } from "../diff/resolve-renames.ts";
import type { Operation } from "../ops/operation.ts";
import type { Schema } from "../schema/model/schema.ts";
import type { Environment } from "./environment.ts";
import { findMissing, type MissingObject } from "./find-missing.ts";
import { createTargetMask } from "./mask-target.ts";
import { requireHistory, type DropAnswers } from "./require-history.ts";
import { readSide } from "./sides/read-side.ts";
import { DATABASE, MODELS, type Side } from "./sides/side.ts";

/** How questions about renames are answered. */
export interface RenameAnswers {
  /** `table.column:table.column`, `table:table`...; see `--rename`. */
  readonly renames?: readonly string[];
  /** Whatever is not in `renames` was dropped and created anew. Default false. */
  readonly noRename?: boolean;
  /**
   * Asks a person, once for each question that decides over data and that earlier answers have not settled; gives the `--rename` answer, or
   * null for "no". Default: nobody is asked, open questions are an error.
   */
  readonly ask?: (question: RenameQuestion) => Promise<string | null>;
}

/** What a comparison found beside what operations can change. */
export interface Asides {
  /** What the database holds and the source does not say; it is left alone. */
  readonly unmanaged: readonly UnmanagedObject[];
  /** What the source asks for, the database lacks, and operations cannot create. */
  readonly missing: readonly MissingObject[];
  /** Names that the source spells in other letters than the database; no difference to the engine. */
  readonly spellings: readonly SpellingDifference[];
}

/** Nothing beside. */
export const NO_ASIDES: Asides = Object.freeze({ unmanaged: [], missing: [], spellings: [] });

/** The asides of a result that holds more. */
export const pickAsides = ({ unmanaged, missing, spellings }: Asides): Asides => ({ unmanaged, missing, spellings });

/** What is wanted and what is there. */
export interface Comparison extends Asides {
  /** What is compared, as messages call it: `the database`. */
  readonly from: string;
  /** With what: `the models`. */
  readonly to: string;
  /** Version of the engine that what is there runs on. */
  readonly serverVersion: string;
  /** What the source and the engine take for the same. */
  readonly rules: DiffRules;
  readonly current: Schema;
  readonly target: Schema;
  /** Views and triggers of `current` that `target` does not name, and that are left alone all the same. */
  readonly leftAlone: UnnamedObjects;
  /** What would turn the one into the other, in order. */
  readonly operations: readonly Operation[];
}

type FindQuestions = (renames: Renames) => readonly RenameQuestion[];

/** Asks one question after the other: each answer may settle some and raise others. */
async function askAll(find: FindQuestions, answers: RenameAnswers): Promise<RenameAnswers> {
  const { renames = [], noRename, ask } = answers;
  if (!ask || noRename) return answers;
  const given: string[] = [...renames];
  const denied = new Set<string>();
  for (;;) {
    const next = find(given.map(parseRename)).find(
      (question) => question.required && question.given === undefined && !denied.has(question.answer),
    );
    if (!next) return { renames: given, noRename: true };
    const answer = await ask(next);
    if (answer === null) denied.add(next.answer);
    else given.push(answer);
  }
}

/**
 * What is left alone because the models do not name it, as it is reported.
 *
 * @param bookkeeping the tools whose tables are among it, by the names of these
 */
function describeUnnamed(
  unnamed: UnnamedObjects,
  bookkeeping: ReadonlyMap<string, string>,
): readonly UnmanagedObject[] {
  const { tables, views, triggers, enums, sequences, objects } = unnamed;
  const reason = "it is not in the models";
  const explain = (table: string): string => {
    const tool = bookkeeping.get(table);
    return tool === undefined ? "the models say nothing of its schema" : `${tool} notes in it what it ran`;
  };
  return [
    ...tables.map((name) => ({ kind: "table", name, reason: explain(name) })),
    ...enums.map((name) => ({ kind: "enum", name, reason })),
    ...sequences.map((name) => ({ kind: "sequence", name, reason })),
    ...objects.map(({ kind, name }) => ({ kind, name, reason })),
    ...views.map((name) => ({ kind: "view", name, reason })),
    ...triggers.map(({ name }) => ({ kind: "trigger", name, reason })),
  ];
}

const TABLE_KINDS: ReadonlySet<string> = new Set(["table", "column", "constraint", "index"]);

/**
 * What is left alone, each once, with the config's reason where it is that. Of views and the like it has to be among those that are left alone in the end: a trigger goes
 * with its table.
 */
function mergeReports(
  unnamed: readonly UnmanagedObject[],
  leftOut: readonly UnmanagedObject[],
  isComplete: boolean,
): readonly UnmanagedObject[] {
  const has = (objects: readonly UnmanagedObject[], { kind, name }: UnmanagedObject): boolean =>
    objects.some((one) => one.kind === kind && one.name === name);
  return [
    ...unnamed.filter((object) => !has(leftOut, object)),
    ...leftOut.filter((object) => isComplete || TABLE_KINDS.has(object.kind) || has(unnamed, object)),
  ];
}

/** What is compared, and with what. */
export interface ComparisonRequest extends RenameAnswers, DropAnswers {
  /** What is there. Default: the configured database. */
  readonly from?: Side;
  /** What is wanted. Default: the models. */
  readonly to?: Side;
}

/**
 * Compares what is there with what is wanted.
 *
 * @throws SourceError when the models, or the SQL in their place, cannot be loaded
 * @throws DiffError when something may have been renamed and nobody says whether it was
 * @throws CommandError when tables would go that were there before any revision
 */
export async function compare(environment: Environment, request: ComparisonRequest = {}): Promise<Comparison> {
  const { from = DATABASE, to = MODELS, ...answers } = request;
  const wanted = await readSide(environment, to);
  const found = await readSide(environment, from);
  const { schema: current, serverVersion } = found;
  const rules = wanted.adaptRules(environment.dialect.diffRules);
  const isMeant = to.kind !== "database" && to.kind !== "url";
  // Nobody has written down what another database holds: there, such a table is as little wanted as it is here.
  const meant = isMeant ? wanted.schema : withoutBookkeeping(wanted.schema, rules);
  const maskTarget = await createTargetMask(environment.config, current, meant, {
    rules,
    isComplete: wanted.isComplete,
  });
  const bookkeeping = findBookkeeping(current, meant, rules);
  const listUnnamed = (target: Schema): UnnamedObjects => {
    const missed = wanted.isComplete ? NOTHING_UNNAMED : findUnnamed(current, target, meant, rules);
    return leaveBookkeepingAlone(current, missed, bookkeeping, rules);
  };
  const find: FindQuestions = (renames) => {
    const { target } = maskTarget(renames);
    return findRenameCandidates(withoutUnnamed(current, listUnnamed(target)), target, rules, renames);
  };
  if (from.kind === "database") {
    const { target } = maskTarget([]);
    await requireHistory(
      environment,
      { current: withoutUnnamed(current, listUnnamed(target)), target, rules },
      request,
    );
  }
  const { renames = [], noRename = false } = await askAll(find, answers);
  const resolved = resolveRenames(find, { renames, noRename });
  const { target: described, leftOut } = maskTarget(resolved);
  const unnamed = listUnnamed(described);
  const { operations, target, leftAlone } = diffNamed(current, described, rules, { renames: resolved, unnamed });
  return {
    from: found.name,
    to: wanted.name,
    serverVersion,
    rules,
    current,
    target,
    leftAlone,
    operations,
    unmanaged: [
      ...found.unmanaged,
      ...mergeReports(describeUnnamed(leftAlone, bookkeeping), leftOut, wanted.isComplete),
    ],
    missing: findMissing(wanted.unmanaged, found.unmanaged, { from: found.name, to: wanted.name }, rules),
    spellings: findSpellings(renameAll(current, described, rules, resolved), described, rules),
  };
}
