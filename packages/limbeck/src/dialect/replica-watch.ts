import type { Connection } from "./connection.ts";

/** How far one replica is. */
export type ReplicaState =
  /** It follows. */
  | { readonly kind: "follows"; readonly replica: string; readonly seconds: number }
  /** It is there, and does not follow: why. */
  | { readonly kind: "stopped"; readonly replica: string; readonly problem: string }
  /** It cannot be asked: why. */
  | { readonly kind: "unreachable"; readonly replica: string; readonly problem: string }
  /** The user may not see how far it is: the statement that lets the user. */
  | { readonly kind: "hidden"; readonly replica: string; readonly grant: string };

/** Looks at the replicas of a database again and again. */
export interface ReplicaWatch {
  /** How far each replica is; none where none is known. */
  readonly read: () => Promise<readonly ReplicaState[]>;
}

/** Which replicas are looked at, and how they are reached. */
export interface ReplicaChoice {
  /** As the config names them; default: those that the server knows of. */
  readonly replicas?: readonly string[];
  /** Opens a session with a replica that the config names by its URL; what comes of it only reads. */
  readonly connect: (url: string) => Promise<Connection>;
}

/** How an engine tells how far its replicas are. */
export interface ReplicaRules {
  /** What a person does who wants replicas to be found: the end of a sentence. */
  readonly howToBeFound: string;
  /** @param connection to the database that is copied; used for reads alone */
  readonly watch: (connection: Connection, choice: ReplicaChoice) => ReplicaWatch;
}
