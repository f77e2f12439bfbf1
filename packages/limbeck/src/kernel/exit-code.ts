/** Exit codes of the command line; they are part of the public contract and never change meaning. */
export const EXIT_CODES = {
  ok: 0,
  /** A bug in Limbeck itself. */
  bug: 1,
  /** Wrong usage, configuration or precondition, or a hook or an editor that failed: no database was changed. */
  usage: 2,
  /** The user answered no. */
  declined: 3,
  /** Revisions are pending (`status --check`, `current --check-heads`, `seed`). */
  pending: 4,
  /** Models, history and database disagree (`check`, `verify`, `upgrade --strict`). */
  drift: 5,
  /** A proof failed, so nothing was written. */
  proofFailed: 6,
  /** A migration failed in the database. */
  migrationFailed: 7,
  /** Another run holds the migration lock. */
  locked: 8,
  /** Stopped with Ctrl-C or by the system, as the shell gives it. */
  interrupted: 130,
} as const;

/** One of the {@link EXIT_CODES}. */
export type ExitCode = (typeof EXIT_CODES)[keyof typeof EXIT_CODES];
