import type { UnmanagedObject } from "../dialect/dialect.ts";
import { findBookkeeping, leaveBookkeepingAlone, withoutBookkeeping } from "../diff/bookkeeping-tables.ts";
import type { DiffRules } from "../diff/diff-rules.ts";
import { createDoubtfulRules } from "../diff/doubt/doubtful-rules.ts";
import { findUnclear } from "../diff/doubt/find-unclear.ts";
import type { SpellingDifference } from "../diff/find-spellings.ts";
import { findUnnamed, findUnsaid, withoutUnnamed, type UnnamedObjects } from "../diff/find-unnamed.ts";
import type { RenameQuestion } from "../diff/rename-candidates.ts";
import type { Operation } from "../ops/operation.ts";
import type { Schema } from "../schema/model/schema.ts";
import type { SoftDeletes } from "../sources/schema-source.ts";
import type { Environment } from "./environment.ts";
import { findChanges, type RenameAnswers } from "./find-changes.ts";
import { findMissing, type MissingObject } from "./find-missing.ts";
import { createTargetMask } from "./mask-target.ts";
import { requireHistory, type DropAnswers } from "./require-history.ts";
import { runComparators } from "./run-comparators.ts";
import { readBoth, type BothSides } from "./sides/read-both.ts";
import { DATABASE, MODELS, type Side } from "./sides/side.ts";

/** Why a comparison, or a revision, was not settled on a scratch database, and what is open therefore. */
export interface Unproven {
  readonly reason: string;
  /** Changes that may be needed or not: only an engine can tell whether two texts say the same. None of them is made. */
  readonly unclear: readonly string[];
}

/** What a comparison found beside what operations can change. */
export interface Asides {
  /** Absent where an engine had the last word. */
  readonly unproven?: Unproven;
  /** What the database holds and the source does not say; it is left alone. */
  readonly unmanaged: readonly UnmanagedObject[];
  /** What the source asks for, the database lacks, and operations cannot create. */
  readonly missing: readonly MissingObject[];
  /** Names that the source spells in other letters than the database; no difference to the engine. */
  readonly spellings: readonly SpellingDifference[];
  /** What is made anew although only its name differs, and could be renamed, which nobody has been asked about. Absent where there is nothing of that kind. */
  readonly renamable?: readonly RenameQuestion[];
}

/** Nothing beside. */
export const NO_ASIDES: Asides = Object.freeze({ unmanaged: [], missing: [], spellings: [] });

/** The asides of a result that holds more. */
export const pickAsides = ({ unmanaged, missing, spellings, renamable, unproven }: Asides): Asides => ({
  unmanaged,
  missing,
  spellings,
  ...(renamable && { renamable }),
  ...(unproven && { unproven }),
});

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
  /** What goes, or goes and comes again, although the source does not name it. */
  readonly unnamedDrops: readonly Operation[];
  /** Tables of the target that delete softly, as it says itself, each with the column that says when a row was deleted. */
  readonly softDeletes: SoftDeletes;
  /** What would turn the one into the other, in order. */
  readonly operations: readonly Operation[];
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

const isAmong = (objects: readonly UnmanagedObject[], { kind, name }: UnmanagedObject): boolean =>
  objects.some((one) => one.kind === kind && one.name === name);

/**
 * What is left alone, each once, with the config's reason where it is that. Of views and the like it has to be among those that are left alone in the end: a trigger goes
 * with its table.
 */
function mergeReports(
  unnamed: readonly UnmanagedObject[],
  leftOut: readonly UnmanagedObject[],
  isComplete: boolean,
): readonly UnmanagedObject[] {
  return [
    ...unnamed.filter((object) => !isAmong(leftOut, object)),
    ...leftOut.filter((object) => isComplete || TABLE_KINDS.has(object.kind) || isAmong(unnamed, object)),
  ];
}

/** What is compared, and with what. */
export interface ComparisonRequest extends RenameAnswers, DropAnswers {
  /** What is there. Default: the configured database. */
  readonly from?: Side;
  /** What is wanted. Default: the models. */
  readonly to?: Side;
  /** Fail where no scratch database can be had, instead of doing without. Default: as the config has it. */
  readonly requireProof?: boolean;
}

/** What the engine and the project take for the same, and what follows from doubts. */
function chooseRules({ dialect }: Environment, { found, wanted, doubt }: BothSides) {
  const rules = wanted.adaptRules(dialect.diffRules);
  if (doubt === undefined) return { rules, doubtful: undefined };
  const doubtful = createDoubtfulRules(rules, [found.schema, wanted.schema], dialect.types);
  return { rules: doubtful.lenient, doubtful };
}

/**
 * Compares what is there with what is wanted, both of which have been read.
 *
 * @throws DiffError when something may have been renamed and nobody says whether it was
 * @throws CommandError when tables would go that were there before any revision
 */
export async function compareSides(
  environment: Environment,
  sides: BothSides,
  { guardsHistory = false, ...answers }: RenameAnswers & DropAnswers & { readonly guardsHistory?: boolean } = {},
): Promise<Comparison> {
  const { found, wanted, doubt } = sides;
  const { schema: current, serverVersion } = found;
  const { rules, doubtful } = chooseRules(environment, sides);
  const maskTarget = await createTargetMask(environment.config, found, wanted, {
    rules,
    isComplete: wanted.isComplete,
  });
  const bookkeeping = findBookkeeping(current, wanted.schema, rules);
  const listUnnamed = (target: Schema): UnnamedObjects => {
    const missed = wanted.isComplete
      ? findUnsaid(current, target, rules)
      : findUnnamed(current, target, wanted.schema, rules);
    return leaveBookkeepingAlone(current, missed, bookkeeping, rules);
  };
  if (guardsHistory) {
    const { target: plain } = maskTarget([]);
    const remaining = withoutUnnamed(current, listUnnamed(plain));
    await requireHistory(environment, { current: remaining, target: plain, rules }, answers);
  }
  const subject = { current, wanted, rules, maskTarget, listUnnamed };
  const changes = await findChanges(subject, answers);
  const { operations, leftAlone, unnamedDrops, leftOut, hidden, spellings, renamable, resolution } = changes;
  const unproven = doubtful && {
    reason: doubt ?? "",
    unclear: findUnclear(current, changes.target, doubtful, resolution),
  };
  return {
    from: found.name,
    to: wanted.name,
    serverVersion,
    rules,
    current,
    target: changes.completed,
    leftAlone,
    unnamedDrops,
    operations,
    softDeletes: wanted.softDeletes ?? new Map(),
    unmanaged: [
      ...found.unmanaged,
      ...mergeReports(describeUnnamed(leftAlone, bookkeeping), leftOut, wanted.isComplete),
      ...hidden.filter((object) => !isAmong(found.unmanaged, object)),
    ],
    missing: findMissing(wanted.unmanaged, found.unmanaged, { from: found.name, to: wanted.name }, rules),
    spellings,
    ...(renamable.length > 0 && { renamable }),
    ...(unproven && { unproven }),
  };
}

/**
 * Reads what is there and what is wanted, and compares the two.
 *
 * @throws SourceError when the models, or the SQL in their place, cannot be loaded
 * @throws DiffError when something may have been renamed and nobody says whether it was
 * @throws ProofError (unproven) when no scratch database can be had and a proof is required
 */
export async function compare(environment: Environment, request: ComparisonRequest = {}): Promise<Comparison> {
  const { from = DATABASE, to = MODELS, requireProof = environment.config.requireProof, ...answers } = request;
  const sides = await readBoth(environment, { from, to }, requireProof);
  const isMeant = to.kind !== "database" && to.kind !== "url";
  // Nobody has written down what another database holds: there, a table of another tool is as little wanted as it is here.
  const schema = isMeant ? sides.wanted.schema : withoutBookkeeping(sides.wanted.schema, environment.dialect.diffRules);
  const comparison = await compareSides(
    environment,
    { ...sides, wanted: { ...sides.wanted, schema } },
    { ...answers, guardsHistory: from.kind === "database" },
  );
  return from.kind === "database" ? runComparators(environment, comparison) : comparison;
}
