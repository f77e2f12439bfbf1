import { basename } from "node:path";
import { commandErrors } from "../../kernel/errors/command-errors.ts";
import type { LoadedStep } from "../../runtime/run-context.ts";
import type { OpenRevision } from "../../runtime/journal/open-revision.ts";
import type { Connection } from "../../dialect/connection.ts";
import type { Environment } from "../environment.ts";
import type { ResolvedConfig } from "../../config/resolved-config.ts";
import type { Operation } from "../../ops/operation.ts";
import type { BeforeOperation } from "../../runtime/run-context.ts";
import type { LostData } from "../../ops/describe/list-losses.ts";
import { readDatabase } from "../with-database.ts";
import { countLosses, createLossFinder, describeLoss, type Loss, type LossFinder } from "./count-losses.ts";
import { foreseeLosses, type Foresight } from "./foresee-losses.ts";
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
 * @returns what was foreseen, to which somebody has agreed; undefined where it may destroy anything
 * @throws CommandError when it destroys data, and nobody agrees
 */
export async function requireConsent(
  environment: Environment,
  { steps, open }: { readonly steps: readonly LoadedStep[]; readonly open: OpenRevision | undefined },
  { command, allowDataLoss = false, askLoss, ...answers }: ConsentRequest,
): Promise<Foresight | undefined> {
  const { config } = environment;
  const isAllowed = config.protected
    ? answers.confirm === protectedName(config)
    : command === "upgrade" || allowDataLoss;
  if (isAllowed) return undefined;
  const foresight = await readDatabase(environment, (connection) =>
    foreseeLosses(environment, connection, steps, open),
  );
  const words = foresight.losses.map(describeLoss);
  if (words.length === 0) return foresight;
  if (config.protected) await requireName(environment, command, words, answers);
  else if (!(await askLoss?.(words))) throw commandErrors.lossNotAllowed({ command, losses: words });
  return foresight;
}

/** Whether a loss is one that was foreseen, or a part of it. */
const covers = (foreseen: LostData, { table, column }: Loss): boolean =>
  foreseen.table === table && (foreseen.column === undefined || foreseen.column === column);

/**
 * The losses that nobody has agreed to. A revision that was followed to its end brings none that was not foreseen, by whatever name, but for rows that have come since;
 * in others, each counts by itself.
 */
function listUnasked(losses: readonly Loss[], revision: string, agreed: Foresight | undefined): readonly Loss[] {
  if (!agreed) return [];
  const { followed, empty } = agreed;
  const unasked = losses.filter((loss) => !agreed.losses.some((one) => covers(one, loss)));
  if (agreed.losses.length === 0 || !followed.has(revision)) return unasked;
  return unasked.filter((loss) => empty.some((one) => covers(one, loss)));
}

/**
 * Counts what is about to be destroyed or parked, tells of it, and stops what nobody has agreed to.
 *
 * @param agreed what {@link requireConsent} has given
 */
export function watchLosses(
  environment: Environment,
  connection: Connection,
  agreed: Foresight | undefined,
  command: ConsentRequest["command"],
): BeforeOperation {
  const { dialect, onEvent, config } = environment;
  const finders = new Map<LoadedStep, LossFinder>();
  return async (operation: Operation, step, tracker) => {
    const find = finders.get(step) ?? createLossFinder(dialect);
    finders.set(step, find);
    const parking = await tellParking(connection, dialect, operation);
    if (parking !== undefined) onEvent({ kind: "parking", step, text: parking });
    const losses = await countLosses(connection, dialect, await find(operation, () => tracker.current()));
    if (losses.length === 0) return;
    const unasked = listUnasked(losses, step.code.revision, agreed).map(describeLoss);
    if (unasked.length > 0) {
      if (config.protected)
        throw commandErrors.nameMissing({ command, name: protectedName(config), given: undefined, losses: unasked });
      throw commandErrors.lossNotAllowed({ command, losses: unasked });
    }
    onEvent({ kind: "loss", step, losses: losses.map(describeLoss) });
  };
}
