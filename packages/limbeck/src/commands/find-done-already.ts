import type { DiffRules } from "../diff/diff-rules.ts";
import { foldName } from "../kernel/fold-name.ts";
import { showData } from "../ops/apply/same-data.ts";
import { findMadeName } from "../ops/describe/made-name.ts";
import type { Operation } from "../ops/operation.ts";
import { reverseOperation } from "../ops/reverse/reverse-operation.ts";
import { compareUnasked, findChanges, leaveOthersAlone } from "./compare-unasked.ts";
import type { ChangeDescription } from "./describe-changes.ts";
import type { Environment } from "./environment.ts";
import type { Project } from "./project.ts";
import { readReplayed, type ReadSide } from "./sides/read-side.ts";

/** What a database has that is still to come by its version table: most often its downgrade was empty. */
export interface DoneAlready {
  /** What would take it back. */
  readonly changes: readonly ChangeDescription[];
  /** Where the version table says that the database stands; empty for base. */
  readonly rows: readonly string[];
  /** The pending revision that the database looks like; absent where it looks like none. */
  readonly reached?: string;
}

/** What {@link findDoneAlready} works on. */
export interface DoneSubject {
  readonly found: ReadSide;
  /** What the applied revisions make of an empty database. */
  readonly applied: ReadSide;
  /** What all revisions make of it. */
  readonly all: ReadSide;
  readonly rows: readonly string[];
}

const listSingle = (operations: readonly Operation[]): readonly Operation[] =>
  operations.flatMap((one): readonly Operation[] => (one.kind === "alterTable" ? one.operations : [one]));

type FoldRules = Pick<DiffRules, "foldTableNames" | "foldColumnNames">;

/** What is the same of two operations that cannot both run: what they make, or else all that they say. */
function aimOf(operation: Operation, { foldTableNames, foldColumnNames }: FoldRules): string {
  const made = findMadeName(operation);
  if (!made) return showData(operation);
  const { kind, of = "", name } = made;
  const fold = (text: string, isFolded: boolean): string => (isFolded ? foldName(text) : text);
  const isFolded = kind === "relation" || kind === "trigger" ? foldTableNames : foldColumnNames;
  return showData([kind, fold(of, foldTableNames), fold(name, isFolded)]);
}

/** What pending revisions are still to do. */
type Coming = ReadonlySet<string>;

/** What is dropped and made anew stands in nobody's way. */
function listComing(operations: readonly Operation[], rules: FoldRules): Coming {
  const singles = listSingle(operations);
  const drops = singles.filter(({ kind }) => kind.startsWith("drop"));
  const gone = new Set(drops.map((one) => aimOf(reverseOperation(one), rules)));
  const made = new Set(singles.filter((one) => !drops.includes(one)).map((one) => aimOf(one, rules)));
  return new Set([
    ...[...made].filter((aim) => !gone.has(aim)),
    ...drops.filter((one) => !made.has(aimOf(reverseOperation(one), rules))).map((one) => aimOf(one, rules)),
  ]);
}

/** What pending revisions are still to do, and a database has beyond what some revisions make; views and the like count, which are left alone otherwise. */
async function findAhead(
  environment: Environment,
  found: ReadSide,
  made: ReadSide,
  coming: Coming,
): Promise<readonly ChangeDescription[]> {
  const { diffRules } = environment.dialect;
  const { operations, describe } = await compareUnasked(environment, found, { ...made, isComplete: true });
  return describe(listSingle(operations).filter((one) => coming.has(aimOf(reverseOperation(one), diffRules))));
}

/** To look at one more costs a run of the revisions below it. */
const MOST_LOOKED_AT = 8;

/** The pending revision that a database looks like: the first of several that do, as what the others do is not to be seen. */
async function findReached(
  environment: Environment,
  project: Project,
  { found, rows }: DoneSubject,
  coming: Coming,
): Promise<string | undefined> {
  const { graph } = project;
  // Of several branches one alone does not make what is in the database.
  if (graph.heads.length > 1 || rows.length > 1) return undefined;
  const { steps } = graph.planUpgrade(rows, "heads");
  // Where all downgrades were empty it is the last one.
  const looked = steps.length > MOST_LOOKED_AT ? [...steps.slice(0, MOST_LOOKED_AT), ...steps.slice(-1)] : steps;
  for (const { revision } of looked) {
    const there = await readReplayed(environment, project, revision, found.circumstances);
    const isThere =
      (await findChanges(environment, found, leaveOthersAlone(there))).length === 0 &&
      (await findAhead(environment, found, there, coming)).length === 0;
    if (isThere) return revision;
  }
  return undefined;
}

/**
 * What a database has already of what pending revisions do, which may fail therefore.
 *
 * @param project its revisions
 */
export async function findDoneAlready(
  environment: Environment,
  project: Project,
  subject: DoneSubject,
): Promise<DoneAlready | undefined> {
  const { found, applied, all, rows } = subject;
  const { operations } = await compareUnasked(environment, applied, leaveOthersAlone(all));
  const coming = listComing(operations, environment.dialect.diffRules);
  const changes = await findAhead(environment, found, applied, coming);
  if (changes.length === 0) return undefined;
  const reached = await findReached(environment, project, subject, coming);
  return { changes, rows, ...(reached !== undefined && { reached }) };
}
