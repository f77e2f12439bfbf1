/** The five storage classes of SQLite as a driver hands them over; integers always as bigint. */
export type StoredValue = null | bigint | number | string | Uint8Array;
