import { describe, expect, it } from "vitest";
import type { ReplicaState } from "../../dialect/replica-watch.ts";
import { judgeReplicas } from "./judge-replicas.ts";

const follows = (replica: string, seconds: number): ReplicaState => ({ kind: "follows", replica, seconds });

describe("what the state of replicas means", () => {
  it("is to go on where none is further behind than it may be, or none is known", () => {
    expect(judgeReplicas([follows("a", 0), follows("b", 5)], 5).behind).toEqual([]);
    expect(judgeReplicas([], 5).behind).toEqual([]);
  });

  it("is to wait for each that is, or does not follow, or cannot be asked", () => {
    const unreachable: ReplicaState = { kind: "unreachable", replica: "d", problem: "connection refused" };
    const states: readonly ReplicaState[] = [
      follows("a", 1),
      follows("b", 5.04),
      { kind: "stopped", replica: "c", problem: "its replication has stopped" },
      unreachable,
    ];
    expect(judgeReplicas(states, 5)).toEqual({
      behind: ["b is 5.0 s behind", "c: its replication has stopped", "d: connection refused"],
      unreachable,
      hidden: undefined,
    });
  });

  it("says which one the user may not see", () => {
    const hidden: ReplicaState = { kind: "hidden", replica: "a", grant: "GRANT pg_monitor TO me;" };
    expect(judgeReplicas([hidden], 5)).toEqual({ behind: [], unreachable: undefined, hidden });
  });
});
