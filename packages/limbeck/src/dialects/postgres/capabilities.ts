/** The oldest version that the tests run on; what scripts are written for when nothing else is said. */
export const OLDEST_VERSION: string = "15";
