/** The name of the `-x` value that chooses one of several databases. */
export const DATABASE_ARGUMENT = "db";
