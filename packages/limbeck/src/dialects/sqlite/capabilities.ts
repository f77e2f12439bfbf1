/** What a version of SQLite can alter without rebuilding the table. */
export interface Capabilities {
  /** `ALTER TABLE ... DROP COLUMN`, since 3.35; 3.35.5 mended it. https://www.sqlite.org/releaselog/3_35_5.html */
  readonly dropColumn: boolean;
  /** `ALTER COLUMN ... SET NOT NULL` and `DROP NOT NULL`, since 3.53. https://www.sqlite.org/lang_altertable.html */
  readonly alterNotNull: boolean;
  /** `ADD CONSTRAINT ... CHECK` and `DROP CONSTRAINT` of a check, since 3.53. */
  readonly alterCheck: boolean;
}

/** The oldest version that the tests run on; what scripts are written for when nothing else is said. */
export const OLDEST_VERSION: string = "3.40.1";

function readVersion(text: string): readonly number[] {
  const match = /^(\d+)\.(\d+)(?:\.(\d+))?/.exec(text);
  if (!match) return readVersion(OLDEST_VERSION);
  const [, major, minor, patch = "0"] = match;
  return [Number(major), Number(minor), Number(patch)];
}

function isAtLeast(version: readonly number[], wanted: readonly number[]): boolean {
  const difference = wanted.map((part, position) => (version[position] ?? 0) - part).find((one) => one !== 0);
  return (difference ?? 0) >= 0;
}

/**
 * What a version of SQLite can do.
 *
 * @param serverVersion for example `3.53.4`; what is no version counts as {@link OLDEST_VERSION}
 */
export function findCapabilities(serverVersion: string): Capabilities {
  const version = readVersion(serverVersion);
  const altersConstraints = isAtLeast(version, [3, 53, 0]);
  return {
    dropColumn: isAtLeast(version, [3, 35, 5]),
    alterNotNull: altersConstraints,
    alterCheck: altersConstraints,
  };
}
