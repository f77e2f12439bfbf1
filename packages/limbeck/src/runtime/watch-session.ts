import type { Statement } from "../dialect/statement.ts";
import type { Operation } from "../ops/operation.ts";
import type { RevisionTarget } from "./revision-target.ts";

/** Keeps what a revision does to its session from the revisions after it. */
export interface SessionWatch {
  readonly onOperation: (operation: Operation) => Promise<void>;
  readonly onQuery: (sql: string) => Promise<void>;
  /** Makes the session what it was before the revision; to be called outside its transaction, however that ended. */
  readonly restore: () => Promise<void>;
}

/** Makes a watch over one revision; nothing is looked at until a statement comes that could change the session. */
export function watchSession({ dialect, connection, sink }: RevisionTarget): SessionWatch {
  let listChanges: (() => Promise<readonly Statement[]>) | undefined;
  const onQuery = async (sql: string): Promise<void> => {
    if (!listChanges && dialect.session.mayChange(sql)) listChanges = await dialect.session.remember(connection);
  };
  return {
    onQuery,
    onOperation: async (operation) => {
      if (operation.kind === "execute") await onQuery(operation.sql);
    },
    async restore() {
      if (listChanges) for (const statement of await listChanges()) await sink.run(statement);
    },
  };
}
