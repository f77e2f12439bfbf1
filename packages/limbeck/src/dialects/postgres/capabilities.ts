import { compareVersions } from "../../dialect/compare-versions.ts";

/** The oldest version that the tests run on; what scripts are written for when nothing else is said. */
export const OLDEST_VERSION: string = "15";

const findMajor = (version: string): string => version.split(".")[0] ?? "";

/** Whether servers of two versions write the same schema in the same words: those of one major version do. */
export const spellsAlike = (version: string, other: string): boolean => findMajor(version) === findMajor(other);
/** Whether a server is of a version, or a newer one. */
export const isAtLeast = (version: string, least: string): boolean => compareVersions(least, version) <= 0;

/** Whether a column can be computed when it is read. */
export const hasVirtualColumns = (version: string): boolean => isAtLeast(version, "18");
