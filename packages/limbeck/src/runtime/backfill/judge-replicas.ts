import type { ReplicaState } from "../../dialect/replica-watch.ts";

type Unreachable = Extract<ReplicaState, { readonly kind: "unreachable" }>;
type Hidden = Extract<ReplicaState, { readonly kind: "hidden" }>;

/** What the state of the replicas means for what comes next. */
export interface ReplicaVerdict {
  /** Who is waited for, and why, each in words; none where the run goes on. */
  readonly behind: readonly string[];
  readonly unreachable: Unreachable | undefined;
  readonly hidden: Hidden | undefined;
}

/** Whom a run waits for. @param maxLag how far behind a replica may be, in seconds */
export function judgeReplicas(states: readonly ReplicaState[], maxLag: number): ReplicaVerdict {
  const behind = states.flatMap((state) => {
    if (state.kind === "hidden") return [];
    if (state.kind !== "follows") return [`${state.replica}: ${state.problem}`];
    return state.seconds > maxLag ? [`${state.replica} is ${state.seconds.toFixed(1)} s behind`] : [];
  });
  return {
    behind,
    unreachable: states.find((state) => state.kind === "unreachable"),
    hidden: states.find((state) => state.kind === "hidden"),
  };
}
