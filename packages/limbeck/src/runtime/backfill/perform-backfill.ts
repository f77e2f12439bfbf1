import type { Row } from "../../dialect/connection.ts";
import { sleep } from "../../dialect/wait-for.ts";
import { journalErrors } from "../../kernel/errors/journal-errors.ts";
import type { Column } from "../../schema/model/column.ts";
import { createPulse } from "../interruption.ts";
import { explainFailure, runCompiled } from "../perform-operation.ts";
import { refuseTransactionControl } from "../refuse-transaction-control.ts";
import { requireTable } from "../require-table.ts";
import type { CallPlace, RevisionTarget } from "../revision-target.ts";
import { DEFAULT_BATCH_SIZE, type BackfillRequest } from "./backfill-options.ts";
import { readPosition, writePosition, type BackfillPosition } from "./backfill-position.ts";
import {
  createBackfillStatements,
  type BackfillQuery,
  type BackfillRange,
  type BackfillStatements,
} from "./backfill-statements.ts";
import { chooseKey } from "./choose-key.ts";
import { readKey } from "./read-key.ts";
import { createReplicaGate } from "./replica-gate.ts";

/** How many rows a batch has on a database that is thrown away: few, so that the handful of rows there makes several batches. */
const TRIAL_BATCH_SIZE = 2;

/** Where an earlier run stopped. @throws JournalError when the backfill is now another one */
function requirePosition(
  text: string | undefined,
  { table, key }: Pick<BackfillPosition, "table" | "key">,
  { revision, direction }: CallPlace,
): BackfillPosition | undefined {
  if (text === undefined) return undefined;
  const position = readPosition(text);
  if (position.table === table && position.key.join("\0") === key.join("\0")) return position;
  throw journalErrors.otherBackfill({ revision, direction, ran: position, found: { table, key } });
}

/** What a backfill has become on a table. */
interface Prepared {
  readonly table: string;
  readonly key: readonly Column[];
  readonly names: readonly string[];
  readonly statements: BackfillStatements;
  /** What it does, in words. */
  readonly words: string;
  readonly batchSize: number;
  readonly pause: number;
  readonly maxReplicaLag: number | undefined;
}

async function prepare(asked: BackfillRequest, target: RevisionTarget, place: CallPlace): Promise<Prepared> {
  const { dialect, tracker } = target;
  const table = requireTable(await tracker.current(), asked.table, dialect.diffRules.foldTableNames);
  const request = { ...asked, table: table.name };
  const key = chooseKey(table, request);
  const statements = createBackfillStatements(request, key, dialect);
  refuseTransactionControl(statements.whole, dialect, place);
  return {
    table: table.name,
    key,
    names: key.map(({ name }) => name),
    statements,
    words: `backfill ${Object.keys(request.set).join(", ")} of ${table.name}`,
    batchSize: request.batchSize ?? DEFAULT_BATCH_SIZE,
    pause: request.pause ?? 0,
    maxReplicaLag: request.maxReplicaLag,
  };
}

/** What goes through the batches: the target, and how its first row of an answer is read. */
interface Passage {
  readonly target: RevisionTarget;
  readonly place: CallPlace;
  readonly read: (query: BackfillQuery) => Promise<Row | undefined>;
}

async function runBatches(
  { table, key, names, statements, words, batchSize, pause, maxReplicaLag }: Prepared,
  start: BackfillPosition | undefined,
  { target, place, read }: Passage,
): Promise<void> {
  const { signal, journal, onProgress = () => undefined } = target;
  const size = journal ? batchSize : Math.min(batchSize, TRIAL_BATCH_SIZE);
  const pulse = createPulse(signal);
  const waitForReplicas = createReplicaGate(maxReplicaLag, target, place);
  // Before anything is read, so that no snapshot is kept open meanwhile.
  await waitForReplicas();
  let range: BackfillRange = start ? { after: start.at } : {};
  let rows = start?.rows ?? 0;
  const total = rows + Number((await read(statements.count(range)))?.["n"] ?? 0);
  for (;;) {
    await pulse();
    const last = await read(statements.findEnd(range, size));
    if (!last) return;
    const upTo = readKey(last, key, table);
    rows += await runCompiled([statements.update({ ...range, upTo })], words, target, place);
    range = { after: upTo };
    await journal?.advance(writePosition({ table, key: names, at: upTo, rows }));
    onProgress({ table, rows, total });
    await waitForReplicas();
    if (journal && pause > 0) await sleep(pause, signal);
  }
}

/**
 * Carries out a backfill: batch by batch, each committed together with the position behind it. Where there is nothing to read from, as in a script, it
 * is one statement.
 *
 * @param position where an earlier run stopped, from the journal
 * @throws OperationError when the key does not serve, JournalError when an earlier run went by another one, ExecutionError when a statement fails
 */
export async function performBackfill(
  asked: BackfillRequest,
  target: RevisionTarget,
  place: CallPlace,
  position?: string,
): Promise<void> {
  const prepared = await prepare(asked, target, place);
  const { table, names, statements, words, batchSize } = prepared;
  await target.onOperation?.({ kind: "execute", sql: statements.whole, affects: [] });
  const { query } = target.sink;
  if (!query) {
    target.sink.note(`all rows at once; a run changes ${batchSize} at a time, by ${names.join(", ")}`);
    await runCompiled([{ sql: statements.whole }], words, target, place);
    return;
  }
  const read = async ({ sql, parameters }: BackfillQuery): Promise<Row | undefined> => {
    try {
      return (await query(sql, parameters))[0];
    } catch (error) {
      throw explainFailure(error, { operation: words, sql }, target, place);
    }
  };
  await runBatches(prepared, requirePosition(position, { table, key: names }, place), { target, place, read });
}
