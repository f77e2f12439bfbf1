import { compareVersions } from "../../dialect/compare-versions.ts";

/** The oldest version that the tests run on; what scripts are written for when nothing else is said. */
export const OLDEST_VERSION: string = "15";

/** Whether a column can be computed when it is read. */
export const hasVirtualColumns = (version: string): boolean => compareVersions("18", version) <= 0;
