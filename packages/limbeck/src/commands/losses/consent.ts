import { basename } from "node:path";
import { commandErrors } from "../../kernel/errors/command-errors.ts";
import type { LoadedStep } from "../../runtime/run-context.ts";
import type { OpenRevision } from "../../runtime/journal/open-revision.ts";
import type { Connection } from "../../dialect/connection.ts";
import type { Environment } from "../environment.ts";
import type { ResolvedConfig } from "../../config/resolved-config.ts";
import type { Operation } from "../../ops/operation.ts";
import type { BeforeOperation } from "../../runtime/run-context.ts";
import { readDatabase } from "../with-database.ts";
import { countLosses, createLossFinder, describeLoss, type Loss, type LossFinder } from "./count-losses.ts";
import { foreseeLosses } from "./foresee-losses.ts";
import { tellParking } from "./tell-parking.ts";

/** How a run is allowed to destroy data. */
export interface LossAnswers {
  /** A downgrade may. Default false. */
  readonly allowDataLoss?: boolean;
  /** The name of a database that the config calls `protected`; see {@link protectedName}. Default: none is given. */
  readonly confirm?: string;
  /** Asks a person whether this may go. Default: nobody is asked. */
  readonly askLoss?: (losses: readonly string[]) => Promise<boolean>;
  /** Has a person type the name of a protected database. Default: nobody is asked. */
  readonly askName?: (losses: readonly string[], name: string) => Promise<string>;
}

/** What a protected database is called by those who confirm: its name in the config, or the last part of its URL. */
export function protectedName({ databaseName, url }: ResolvedConfig): string {
  if (databaseName !== undefined) return databaseName;
  const path = url.replace(/[?#].*$/s, "").replace(/^[a-z][a-z0-9+.-]*:/i, "");
  return decodeURIComponent(basename(path)) || path;
}

/**
 * Makes sure that a protected database is meant; does nothing for others.
 *
 * @throws CommandError (nameMissing) when its name was not given, or another one was
 */
export async function requireName(
  { config }: Environment,
  command: string,
  losses: readonly string[],
  { confirm, askName }: LossAnswers,
): Promise<void> {
  if (!config.protected) return;
  const name = protectedName(config);
  const given = confirm ?? (await askName?.(losses, name));
  if (given !== name) throw commandErrors.nameMissing({ command, name, given, losses });
}

/** Which way a run goes, and how far it may. */
export interface ConsentRequest extends LossAnswers {
  readonly command: "upgrade" | "downgrade";
}

/**
 * Asks for what a run needs before anything of it happens.
 *
 * @returns what it may destroy; undefined where it may destroy anything
 * @throws CommandError when it destroys data, and nobody agrees
 */
export async function requireConsent(
  environment: Environment,
  { steps, open }: { readonly steps: readonly LoadedStep[]; readonly open: OpenRevision | undefined },
  { command, allowDataLoss = false, askLoss, ...answers }: ConsentRequest,
): Promise<readonly Loss[] | undefined> {
  const isProtected = environment.config.protected;
  if (!isProtected && (command === "upgrade" || allowDataLoss)) return undefined;
  const losses = await readDatabase(environment, (connection) => foreseeLosses(environment, connection, steps, open));
  if (losses.length === 0) return [];
  const words = losses.map(describeLoss);
  if (isProtected) await requireName(environment, command, words, answers);
  else if (!(await askLoss?.(words))) throw commandErrors.lossNotAllowed({ command, losses: words });
  return losses;
}

/**
 * Counts what is about to be destroyed or parked, tells of it, and stops what nobody has agreed to.
 *
 * @param agreed what may be destroyed; undefined where anything may
 */
export function watchLosses(
  environment: Environment,
  connection: Connection,
  agreed: readonly Loss[] | undefined,
  command: ConsentRequest["command"],
): BeforeOperation {
  const { dialect, onEvent } = environment;
  const finders = new Map<LoadedStep, LossFinder>();
  return async (operation: Operation, step, tracker) => {
    const find = finders.get(step) ?? createLossFinder(dialect);
    finders.set(step, find);
    const parking = await tellParking(connection, dialect, operation);
    if (parking !== undefined) onEvent({ kind: "parking", step, text: parking });
    const losses = await countLosses(connection, dialect, await find(operation, () => tracker.current()));
    if (losses.length === 0) return;
    const words = losses.map(describeLoss);
    // One that was agreed to names all that the run destroys; one that was foreseen as none could not be.
    if (agreed?.length === 0) throw commandErrors.lossNotAllowed({ command, losses: words });
    onEvent({ kind: "loss", step, losses: words });
  };
}
