/** The oldest version that the tests run on; what scripts are written for when nothing else is said. */
export const OLDEST_VERSION: string = "15";

const findMajor = (version: string): string => version.split(".")[0] ?? "";

/** Whether servers of two versions write the same schema in the same words: those of one major version do. */
export const spellsAlike = (version: string, other: string): boolean => findMajor(version) === findMajor(other);
