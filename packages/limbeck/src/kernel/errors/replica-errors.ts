import { EXIT_CODES } from "../exit-code.ts";
import { defineErrors, type CatalogueEntry, type ErrorFamily } from "./define-errors.ts";
import { ExecutionError, ROLLED_BACK, RUN, type Place } from "./execution-errors.ts";

type ReplicaErrorContexts = {
  readonly replicaHidden: Place & { readonly replica: string; readonly grant: string };
  readonly replicaUnreachable: Place & {
    readonly replica: string;
    readonly problem: string;
    /** For how long it was tried, in seconds; 0 for once. */
    readonly tried: number;
  };
};

const family = defineErrors<ReplicaErrorContexts>(ExecutionError, EXIT_CODES.migrationFailed, {
  replicaHidden: {
    code: "LB0718",
    title: ({ replica }) => `The user of the database may not see how far ${replica} is behind.`,
    why: () => `op.backfill was told to wait for replicas (maxReplicaLag), and cannot tell when to.\n${ROLLED_BACK}`,
    fix: ({ grant, revision, direction }) => [grant, RUN[direction](revision)],
    explain:
      "`maxReplicaLag` lets `op.backfill` wait while a replica is behind. PostgreSQL shows that only to superusers and members of `pg_monitor`, MariaDB to users with `REPLICA MONITOR`, MySQL to users with `REPLICATION CLIENT`. " +
      "Without that right nothing can be told from no lag, so that the run stops instead. Grant it, or take `maxReplicaLag` out of the config and of the revision. What the backfill has committed stays, and the next run goes on behind it.",
  },
  replicaUnreachable: {
    code: "LB0719",
    title: ({ replica, tried }) =>
      `The replica ${replica} cannot be asked how far it is behind${tried === 0 ? "" : `, for ${tried} s now`}.`,
    why: ({ problem }) => `${problem}\n${ROLLED_BACK}`,
    fix: ({ revision, direction }) => [
      `${RUN[direction](revision)} # once it answers, or without it among the replicas of the config`,
    ],
    explain:
      "`maxReplicaLag` lets `op.backfill` wait while a replica is behind, and one that `replicas` of the config names cannot be asked. Before the first batch that is an error at once, because the name, the URL or the password may be wrong; " +
      "later the run waits for a minute, and then stops. What the backfill has committed stays, and the next run goes on behind it. Bring the replica back, or take it out of `replicas`.",
  },
});

/** Builds the errors of replicas that cannot be waited for. */
export const replicaErrors: ErrorFamily<ReplicaErrorContexts>["create"] = family.create;

/** Their part of the error catalogue. */
export const replicaErrorEntries: readonly CatalogueEntry[] = family.entries;
