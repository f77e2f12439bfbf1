import { compareVersions } from "../../dialect/compare-versions.ts";

/** What a server can do, by its product and version. The only place that knows; MySQL's part could not be tried on a server. */
export interface Capabilities {
  readonly product: "MariaDB" | "MySQL";
  /** A type for UUIDs. https://mariadb.com/kb/en/uuid-data-type/ */
  readonly hasUuidType: boolean;
  /** `json` is a type of its own; otherwise it is text with a check. https://mariadb.com/kb/en/json-data-type/ */
  readonly hasJsonType: boolean;
  /** Parts of an index may be expressions. https://dev.mysql.com/doc/refman/8.0/en/create-index.html#create-index-functional-key-parts */
  readonly hasExpressionIndexes: boolean;
  /** Text of any length may be unique as a whole; otherwise a key holds the beginning only. https://mariadb.com/kb/en/getting-started-with-indexes/ */
  readonly hasLongUniqueKeys: boolean;
  /** The catalogue gives defaults as SQL, with quotation marks; otherwise bare, and says of expressions that they are such. */
  readonly hasQuotedDefaults: boolean;
  /** Text of any length takes a literal as its default; otherwise only an expression. https://dev.mysql.com/doc/refman/8.0/en/data-type-defaults.html */
  readonly hasTextDefaults: boolean;
  /** A check may be a part of a column. https://mariadb.com/kb/en/constraint/ */
  readonly hasColumnChecks: boolean;
  /** `ALTER TABLE ... DROP INDEX IF EXISTS`. https://mariadb.com/kb/en/alter-table/ */
  readonly hasConditionalDrops: boolean;
  /** Tables may keep their former rows. https://mariadb.com/kb/en/system-versioned-tables/ */
  readonly hasSystemVersioning: boolean;
  /** Numbers that count by themselves. https://mariadb.com/kb/en/create-sequence/ */
  readonly hasSequences: boolean;
  /** `CREATE OR REPLACE` of routines and events. https://mariadb.com/kb/en/create-function/ */
  readonly hasReplacement: boolean;
  /** An index that queries pass over. */
  readonly unusedIndexWord: "IGNORED" | "INVISIBLE";
}

/** The oldest version that the tests run on; what scripts are written for when nothing else is said. */
export const OLDEST_VERSION: string = "10.11";

/** MariaDB began to count at 10 when it left MySQL, which has not come that far. */
const isMariaDb = (serverVersion: string): boolean => Number.parseInt(serverVersion, 10) >= 10;

/**
 * What a server of a version can do.
 *
 * @param serverVersion as a connection gives it, for example `10.11.6` of MariaDB or `8.0.36` of MySQL
 */
export function findCapabilities(serverVersion: string): Capabilities {
  const isAtLeast = (version: string): boolean => compareVersions(serverVersion, version) >= 0;
  if (isMariaDb(serverVersion)) {
    return {
      product: "MariaDB",
      hasUuidType: isAtLeast("10.7"),
      hasJsonType: false,
      hasExpressionIndexes: false,
      hasLongUniqueKeys: true,
      hasQuotedDefaults: true,
      hasTextDefaults: true,
      hasColumnChecks: true,
      hasConditionalDrops: true,
      hasSystemVersioning: true,
      hasSequences: true,
      hasReplacement: true,
      unusedIndexWord: "IGNORED",
    };
  }
  return {
    product: "MySQL",
    hasUuidType: false,
    hasJsonType: true,
    hasExpressionIndexes: isAtLeast("8.0.13"),
    hasLongUniqueKeys: false,
    hasQuotedDefaults: false,
    hasTextDefaults: false,
    hasColumnChecks: false,
    hasConditionalDrops: false,
    hasSystemVersioning: false,
    hasSequences: false,
    hasReplacement: false,
    unusedIndexWord: "INVISIBLE",
  };
}

const findSeries = (version: string): string => version.split(".").slice(0, 2).join(".");

/** Whether servers of two versions write the same schema in the same words: those of one series do. https://mariadb.com/kb/en/mariadb-server-release-dates/ */
export const spellsAlike = (version: string, other: string): boolean => findSeries(version) === findSeries(other);
