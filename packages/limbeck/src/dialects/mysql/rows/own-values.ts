import type { RowRules } from "../../../dialect/row-rules.ts";
import type { SqlValue } from "../../../ops/operation.ts";
import { readNames } from "../type-shape.ts";

const NAMES = /^(enum|set)\((.*)\)/is;

/** A geometry as the server stores it: four bytes for the system of coordinates, then the well-known binary form. https://mariadb.com/kb/en/wkb/ */
function writeGeometry(kind: number, numbers: readonly number[], coordinates: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(9 + numbers.length * 4 + coordinates.length * 8);
  const view = new DataView(bytes.buffer);
  view.setUint8(4, 1);
  view.setUint32(5, kind, true);
  for (const [index, number] of numbers.entries()) view.setUint32(9 + index * 4, number, true);
  for (const [index, number] of coordinates.entries())
    view.setFloat64(9 + numbers.length * 4 + index * 8, number, true);
  return bytes;
}

const OTHERS: readonly (readonly [RegExp, (serial: number) => SqlValue])[] = [
  [/^(?:point|geometry)/i, (n) => writeGeometry(1, [], [n, 1])],
  [/^linestring/i, (n) => writeGeometry(2, [2], [0, 0, n, 1])],
  [/^polygon/i, (n) => writeGeometry(3, [1, 4], [0, 0, n + 1, 0, n + 1, 1, 0, 0])],
  [/^year/i, (n) => 2000 + (n % 100)],
  [/^bit/i, (n) => n % 2],
  [/^tinyint/i, (n) => n % 100],
  [/^inet4/i, (n) => `10.0.${(n >> 8) % 256}.${n % 256}`],
  [/^inet6/i, (n) => `2001:db8::${(n % 65_536).toString(16)}`],
];

/** Values of the types that only MySQL and MariaDB have. */
export const listOwnValues: RowRules["listOwnValues"] = (type, { serial }) => {
  if (type.kind !== "raw") return undefined;
  const [, , list] = NAMES.exec(type.sql) ?? [];
  if (list !== undefined) {
    const names = readNames(list);
    return [names[serial % names.length] ?? ""];
  }
  const other = OTHERS.find(([words]) => words.test(type.sql));
  return other && [other[1](serial)];
};
