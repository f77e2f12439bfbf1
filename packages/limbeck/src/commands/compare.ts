import type { Connection } from "../dialect/connection.ts";
import type { UnmanagedObject } from "../dialect/dialect.ts";
import { loadModels } from "../config/load-models.ts";
import { diffSchema } from "../diff/diff-schema.ts";
import type { DiffRules } from "../diff/diff-rules.ts";
import { findRenameCandidates, type RenameQuestion } from "../diff/rename-candidates.ts";
import { resolveRenames } from "../diff/resolve-renames.ts";
import type { Operation } from "../ops/operation.ts";
import { canonicalizeSchema } from "../runtime/scratch.ts";
import { buildSchema } from "../schema/builder/build-schema.ts";
import { conventionalName } from "../schema/builder/naming-convention.ts";
import type { Schema } from "../schema/model/schema.ts";
import type { Environment } from "./environment.ts";
import { introspectDatabase } from "./with-database.ts";

/** How questions about renames are answered. */
export interface RenameAnswers {
  /** `table.column:table.column`, `table:table`...; see `--rename`. */
  readonly renames?: readonly string[];
  /** Whatever is not in `renames` was dropped and created anew. Default false. */
  readonly noRename?: boolean;
  /** Asks a person; gives the `--rename` answer, or null for "no". Default: nobody is asked, open questions are an error. */
  readonly ask?: (question: RenameQuestion) => Promise<string | null>;
}

/** What the models want and what the database has. */
export interface Comparison {
  readonly current: Schema;
  readonly target: Schema;
  /** What would turn the one into the other, in order. */
  readonly operations: readonly Operation[];
  /** What the database holds that the models cannot say; it is left alone. */
  readonly unmanaged: readonly UnmanagedObject[];
}

/** The rules of the engine, and names as this project's convention gives them. */
export function projectDiffRules({ dialect, config }: Environment): DiffRules {
  return {
    ...dialect.diffRules,
    conventionName: (constraint, table, context) => conventionalName(constraint, table, config.namingConvention, context),
  };
}

async function askAll(questions: readonly RenameQuestion[], answers: RenameAnswers): Promise<RenameAnswers> {
  if (!answers.ask || answers.noRename) return answers;
  const given: string[] = [...(answers.renames ?? [])];
  for (const question of questions) {
    const answer = await answers.ask(question);
    if (answer !== null) given.push(answer);
  }
  return { renames: given, noRename: true };
}

/**
 * Compares the models with a database.
 *
 * @throws SourceError when the models cannot be loaded
 * @throws DiffError when something may have been renamed and nobody says whether it was
 */
export async function compareWithModels(
  environment: Environment,
  connection: Connection,
  answers: RenameAnswers = {},
): Promise<Comparison> {
  const { dialect, config } = environment;
  const models = await loadModels(config);
  const target = await canonicalizeSchema(dialect, buildSchema(models, config.namingConvention));
  const { schema: current, unmanaged } = await introspectDatabase(environment, connection);
  const rules = projectDiffRules(environment);
  const questions = findRenameCandidates(current, target, rules);
  const { renames = [], noRename = false } = await askAll(questions, answers);
  const operations = diffSchema(current, target, rules, resolveRenames(questions, { renames, noRename }));
  return { current, target, operations, unmanaged };
}
