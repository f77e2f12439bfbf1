import type { Connection } from "../../dialect/connection.ts";
import type { Dialect } from "../../dialect/dialect.ts";
import { applyOperation, isOpaque } from "../../ops/apply/apply-operation.ts";
import type { LostData } from "../../ops/describe/list-losses.ts";
import { listChanges, type Operation } from "../../ops/operation.ts";
import type { Schema } from "../../schema/model/schema.ts";
import type { LoadedStep } from "../../runtime/run-context.ts";
import type { CallJournal } from "../../runtime/journal/call-journal.ts";
import type { OpenRevision } from "../../runtime/journal/open-revision.ts";
import { runRevisionFunction } from "../../runtime/run-revision.ts";
import type { SchemaTracker } from "../../runtime/schema-tracker.ts";
import type { StatementSink } from "../../runtime/statement-sink.ts";
import type { Environment } from "../environment.ts";
import { listRunHooks } from "../run-context.ts";
import { countLosses, createLossFinder, type Loss } from "./count-losses.ts";

/** Leads nowhere: nothing is run, and there are no rows to read. */
const NOWHERE: StatementSink = Object.freeze({
  run: async () => 0,
  query: undefined,
  note: () => undefined,
});

/** A tracker that reads the database once and reckons from there. Raw SQL changes nothing that it knows. */
function reckonSchema(dialect: Dialect, connection: Connection): SchemaTracker {
  let known: Schema | undefined;
  return {
    async current() {
      known ??= (await dialect.introspect(connection)).schema;
      return known;
    },
    known: () => known,
    record(operation) {
      if (known && !isOpaque(operation, known)) known = applyOperation(operation, known);
    },
    forget: () => undefined,
  };
}

/** What the database calls now what is renamed on the way. */
class FormerNames {
  readonly #tables = new Map<string, string>();
  readonly #columns = new Map<string, string>();

  record(operation: Operation): void {
    const parts = listChanges(operation);
    if (!parts.includes(operation)) parts.forEach((part) => this.record(part));
    if (operation.kind === "renameTable") this.#tables.set(operation.to, this.table(operation.from));
    if (operation.kind === "renameColumn") {
      const { table, from, to } = operation;
      this.#columns.set(`${this.table(table)}.${to}`, this.column(table, from));
    }
  }

  table(name: string): string {
    return this.#tables.get(name) ?? name;
  }

  column(table: string, name: string): string {
    return this.#columns.get(`${this.table(table)}.${name}`) ?? name;
  }
}

const isThere = ({ table, column }: LostData, { tables }: Schema): boolean => {
  const found = tables.find(({ name }) => name === table);
  return found !== undefined && (column === undefined || found.columns.some(({ name }) => name === column));
};

/** Passes over what an earlier run has done; what that destroyed is gone already. */
function skipDone({ doneUpTo, reads }: OpenRevision): CallJournal {
  let call = 0;
  return {
    begin: async () => {
      call += 1;
      return call <= doneUpTo ? { kind: "done", rows: reads.get(call) ?? [] } : { kind: "run" };
    },
    announce: (statements) => statements,
    advance: async () => undefined,
    end: async () => undefined,
  };
}

/** What steps are going to destroy, as far as it can be told. */
export interface Foresight {
  readonly losses: readonly Loss[];
  /** What goes as well, and held nothing then. */
  readonly empty: readonly LostData[];
  /** The revisions that were followed to their end. */
  readonly followed: ReadonlySet<string>;
}

/**
 * Finds out what steps are going to destroy, by calling their functions with an `op` that does nothing. Where a function reads rows, or does what
 * needs a database that has followed it, what comes after is not foreseen.
 *
 * @param connection nothing is written through it
 * @param open what an earlier run has left in the middle of the first step
 */
export async function foreseeLosses(
  environment: Environment,
  connection: Connection,
  steps: readonly LoadedStep[],
  open?: OpenRevision,
): Promise<Foresight> {
  const { dialect, config } = environment;
  const tracker = reckonSchema(dialect, connection);
  const start = await tracker.current();
  const names = new FormerNames();
  const lost = new Map<string, LostData>();
  const followed = new Set<string>();
  const note = ({ table, column, ...rest }: LostData): void => {
    const former: LostData = {
      ...rest,
      table: names.table(table),
      ...(column !== undefined && { column: names.column(table, column) }),
    };
    if (isThere(former, start))
      lost.set(JSON.stringify([former.table, former.column, former.former, former.narrowed, former.counter]), former);
  };
  for (const [index, { code }] of steps.entries()) {
    const find = createLossFinder(dialect);
    try {
      await runRevisionFunction(code, {
        ...listRunHooks(environment),
        dialect,
        connection,
        sink: NOWHERE,
        tracker,
        convention: config.namingConvention,
        serverVersion: connection.serverVersion,
        ...(open && index === 0 && { journal: skipDone(open) }),
        onOperation: async (operation) => {
          (await find(operation, () => tracker.current())).forEach(note);
          names.record(operation);
        },
      });
      followed.add(code.revision);
    } catch {
      // It will fail again, and be explained, where it really runs; there every loss is met once more.
      break;
    }
  }
  const isWhole = ({ column, former }: LostData): boolean => column === undefined && !former;
  const whole = new Set([...lost.values()].filter(isWhole).map(({ table }) => table));
  const each = [...lost.values()].filter((one) => isWhole(one) || !whole.has(one.table));
  const losses = await countLosses(connection, dialect, each);
  const empty = each.filter((one) => !losses.some(({ table, column }) => table === one.table && column === one.column));
  return { losses, empty, followed };
}
