/** How many numbers a sequence keeps ready when nothing is said. https://mariadb.com/kb/en/create-sequence/ */
export const USUAL_SEQUENCE_CACHE = "1000";

/** Whether a sequence counts down. */
export const countsDown = (increment: string | undefined): boolean => increment?.startsWith("-") === true;

/** How far a sequence counts when nothing is said. */
export const findUsualBounds = (
  increment: string | undefined,
): { readonly minimum: string; readonly maximum: string } =>
  countsDown(increment)
    ? { minimum: "-9223372036854775807", maximum: "-1" }
    : { minimum: "1", maximum: "9223372036854775806" };
