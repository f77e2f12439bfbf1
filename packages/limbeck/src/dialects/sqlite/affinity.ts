/** How a column treats the values put into it. https://www.sqlite.org/datatype3.html#type_affinity */
export type Affinity = "integer" | "text" | "blob" | "real" | "numeric";

/**
 * The affinity that SQLite gives a column of a declared type.
 *
 * @param declaredType the type as written in CREATE TABLE; empty where there is none
 * @example
 * findAffinity("VARCHAR(255)"); // text
 */
export function findAffinity(declaredType: string): Affinity {
  // The order of the rules is SQLite's: "CHARINT" is an integer. https://www.sqlite.org/datatype3.html#determination_of_column_affinity
  const type = declaredType.toUpperCase();
  if (type.includes("INT")) return "integer";
  if (/CHAR|CLOB|TEXT/.test(type)) return "text";
  if (type.trim() === "" || type.includes("BLOB")) return "blob";
  if (/REAL|FLOA|DOUB/.test(type)) return "real";
  return "numeric";
}
