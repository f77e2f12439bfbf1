import type { ReplicaState, ReplicaWatch } from "../../dialect/replica-watch.ts";
import { sleep } from "../../dialect/wait-for.ts";
import { replicaErrors } from "../../kernel/errors/replica-errors.ts";
import { heed, unlessStopped } from "../interruption.ts";
import { explainFailure } from "../perform-operation.ts";
import type { CallPlace, RevisionTarget } from "../revision-target.ts";
import { judgeReplicas } from "./judge-replicas.ts";
import type { ReplicaPatience } from "./replica-patience.ts";

const MILLISECONDS = 1000;

/** How often replicas are looked at, in milliseconds, at most. */
const INTERVAL = 1000;

/** How long the first pause is: a replica that is just about to catch up is not worth a word. */
const FIRST_PAUSE = 250;

/** After how long it is told again who is waited for. */
const TELL_AGAIN = 30_000;

/** For how long a replica may be out of reach. */
const LONGEST_ABSENCE = 60_000;

/** What a gate is made of. */
interface GateParts {
  readonly watch: ReplicaWatch;
  readonly patience: ReplicaPatience;
  readonly howToBeFound: string;
  readonly target: RevisionTarget;
  readonly place: CallPlace;
}

/** What lets batches through. */
class ReplicaGate {
  readonly #maxLag: number;
  readonly #watch: ReplicaWatch;
  readonly #patience: ReplicaPatience;
  readonly #target: RevisionTarget;
  readonly #place: CallPlace;
  readonly #howToBeFound: string;
  /** When all was well. */
  #passedAt: number | undefined;
  #lostAt: number | undefined;
  #known: ReadonlySet<string> | undefined;

  constructor(maxLag: number, { watch, patience, howToBeFound, target, place }: GateParts) {
    this.#maxLag = maxLag;
    this.#watch = watch;
    this.#patience = patience;
    this.#howToBeFound = howToBeFound;
    this.#target = target;
    this.#place = place;
  }

  /** Waits until no replica is too far behind. */
  async pass(): Promise<void> {
    const { signal } = this.#target;
    const interval = Math.min(INTERVAL, (this.#maxLag * MILLISECONDS) / 2);
    if (this.#passedAt !== undefined && performance.now() - this.#passedAt < interval) return;
    let toldAt: number | undefined;
    for (let round = 0; ; round += 1) {
      const { behind, unreachable, hidden } = judgeReplicas(await this.#read(), this.#maxLag);
      if (hidden) throw replicaErrors.replicaHidden({ ...this.#place, replica: hidden.replica, grant: hidden.grant });
      this.#endureAbsence(unreachable);
      const now = performance.now();
      if (behind.length === 0) {
        this.#passedAt = now;
        return;
      }
      if (round > 0 && (toldAt === undefined || now - toldAt >= TELL_AGAIN)) {
        this.#patience.onWait(`replicas may be ${this.#maxLag} s behind (maxReplicaLag); ${behind.join("; ")}`);
        toldAt = now;
      }
      heed(signal);
      await sleep(round === 0 ? FIRST_PAUSE : INTERVAL, signal);
      heed(signal);
    }
  }

  async #read(): Promise<readonly ReplicaState[]> {
    const { signal } = this.#target;
    const states = await unlessStopped(signal, this.#watch.read());
    const names = new Set(states.map(({ replica }) => replica));
    if (this.#known === undefined && names.size === 0) {
      this.#patience.onNotice(`No replica is known to wait for (maxReplicaLag): ${this.#howToBeFound}.`);
    }
    for (const name of this.#known ?? []) {
      if (!names.has(name)) this.#patience.onNotice(`${name} has left, and is not waited for.`);
    }
    this.#known = names;
    return states;
  }

  /** @throws ExecutionError (replicaUnreachable) at once before anything was well, later after a while */
  #endureAbsence(found: { readonly replica: string; readonly problem: string } | undefined): void {
    if (!found) {
      this.#lostAt = undefined;
      return;
    }
    const now = performance.now();
    this.#lostAt ??= now;
    const limit = this.#passedAt === undefined ? 0 : LONGEST_ABSENCE;
    if (now - this.#lostAt < limit) return;
    const { replica, problem } = found;
    throw replicaErrors.replicaUnreachable({ ...this.#place, replica, problem, tried: limit / MILLISECONDS });
  }
}

/** A failure of the look itself is one of the backfill. */
const explainReads = (watch: ReplicaWatch, target: RevisionTarget, place: CallPlace): ReplicaWatch => ({
  read: () =>
    watch.read().catch((error: unknown) => {
      throw explainFailure(error, { operation: "look at replicas", sql: "" }, target, place);
    }),
});

const letThrough = (): Promise<void> => Promise.resolve();

/**
 * Makes what a backfill passes between batches, which waits while a replica is too far behind. Nobody is waited for where nobody asked for it, and on databases that are thrown away.
 *
 * @param asked how many seconds the revision lets replicas be behind
 * @returns throws ExecutionError when nothing can be told of a replica, Interruption when the run is asked to stop
 */
export function createReplicaGate(
  asked: number | undefined,
  target: RevisionTarget,
  place: CallPlace,
): () => Promise<void> {
  const { dialect, journal, replicas: patience } = target;
  const named = asked ?? patience?.maxLag;
  if (!journal || !patience || named === undefined) return letThrough;
  const maxLag = Math.min(named, patience.cap ?? Infinity);
  const rules = dialect.replicas;
  if (!rules) {
    patience.onNotice(`maxReplicaLag is passed over: ${dialect.name} has no replicas.`);
    return letThrough;
  }
  const watch = explainReads(rules.watch(target.connection, patience.choice), target, place);
  const gate = new ReplicaGate(maxLag, { watch, patience, howToBeFound: rules.howToBeFound, target, place });
  return () => gate.pass();
}
