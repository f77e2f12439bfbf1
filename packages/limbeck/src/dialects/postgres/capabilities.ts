import { compareVersions } from "../../dialect/compare-versions.ts";

/** The oldest version that the tests run on; what scripts are written for when nothing else is said. */
export const OLDEST_VERSION: string = "15";

/** Whether a server is of a version, or a newer one. */
export const isAtLeast = (version: string, least: string): boolean => compareVersions(least, version) <= 0;

/** Whether a column can be computed when it is read. */
export const hasVirtualColumns = (version: string): boolean => isAtLeast(version, "18");
