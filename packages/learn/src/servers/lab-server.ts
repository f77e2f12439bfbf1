/** A server on which labs have databases. All names that it is given begin with `limbeck_learn_`; it touches no other database. */
export interface LabServer {
  /** Stands for the project that works with it, and for no other one that lies, or lay, in a folder of the same path. Absent where the path is enough. */
  readonly maker?: string;
  /** The URL of a database on it. */
  readonly urlOf: (database: string) => string;
  /** Creates an empty database. */
  readonly create: (database: string) => Promise<void>;
  /** Drops a database, and ends the sessions in it; nothing where there is none. */
  readonly drop: (database: string) => Promise<void>;
  /** Whether other sessions are in a database. */
  readonly isBusy: (database: string) => Promise<boolean>;
  /** Makes a new database that is like another one. Sessions in that one end, where the engine cannot copy beside them. */
  readonly copy: (from: string, to: string) => Promise<void>;
  /** The databases whose names begin like that. */
  readonly list: (prefix: string) => Promise<readonly string[]>;
  /** Stands for tables and rows of a database; undefined while somebody holds a lock on one of them. */
  readonly fingerprint: (database: string) => Promise<string | undefined>;
  /** Runs a script on a database. */
  readonly run: (database: string, script: string) => Promise<void>;
}

/** What the names of all databases of labs begin with. */
export const OUR_PREFIX = "limbeck_learn_";

/** Whether a name is one of ours. */
export const isOurs = (name: string): boolean => new RegExp(`^${OUR_PREFIX}[a-z0-9_]+$`).test(name);

/**
 * The name, if it is one of ours.
 *
 * @throws TypeError when it is not, so that nothing else is ever dropped
 */
export function requireOurs(name: string): string {
  if (!isOurs(name)) throw new TypeError(`${name} is no database of a lab.`);
  return name;
}
