import { findLastName } from "../../ops/expression/last-name.ts";

/** Marks what it is merely nicer to keep to: such an order is given up when it would run in a circle. */
export const SOFT = "~";

/** Whether the order around a thing may be given up. */
export const isSoft = (thing: string): boolean => thing.startsWith(SOFT);

// Names are folded: an engine that tells upper from lower case loses nothing but a little freedom of order.
export const fold = (name: string): string => name.toLowerCase();
export const relation = (name: string): string => `relation ${fold(name)}`;
export const target = (table: string): string => `target ${fold(table)}`;
export const column = (table: string, name: string): string => `column ${fold(table)}.${fold(name)}`;
/** Whether a column allows NULL, in which those who follow its changes have to agree with it. */
export const nulls = (table: string, name: string): string => `nulls ${fold(table)}.${fold(name)}`;
/** What a column is, which those who point to it have to share. */
export const nature = (table: string, name: string): string => `nature ${fold(table)}.${fold(name)}`;
/** How a column was computed, which those who point to it let go of before. */
export const formerly = (table: string, name: string): string => `formerly ${fold(table)}.${fold(name)}`;
/** How it is computed at last, which those who point to it wait for. In between it may be an ordinary one, so that this is another thing. */
export const atLast = (table: string, name: string): string => `at last ${fold(table)}.${fold(name)}`;
/** How a column comes to its values, which those that are computed from it have to wait for, lest two columns were computed from each other in between. */
export const source = (table: string, name: string): string => `${SOFT}source ${fold(table)}.${fold(name)}`;
export const key = (table: string, columns: readonly string[]): string =>
  `key ${fold(table)}(${columns.map(fold).toSorted().join(", ")})`;

/** An enum, a sequence or an object, by what texts call it: functions of one name are one thing. */
export const named = (name: string): string => `object ${fold(findLastName(name))}`;
/** An object that texts cannot speak of. */
export const silent = (name: string): string => `object named ${fold(name)}`;
/** A value of an enum, which has to be there when it is used. */
export const enumValue = (name: string, value: string): string => `value ${fold(findLastName(name))} ${value}`;

/** That a table has become a part of another one, or is none any more. */
export const moved = (table: string): string => `moved ${fold(table)}`;
/** That a table has lost a constraint, which its parts would keep if they left it before. */
export const lighter = (table: string): string => `${SOFT}lighter ${fold(table)}`;
/** That no partition of a table has rows any more that another one is to have. */
export const room = (table: string): string => `room ${fold(table)}`;
/** That tables inherit from another one, or do so no more, before its columns come and go. */
export const joined = (table: string): string => `joined ${fold(table)}`;
export const left = (table: string): string => `left ${fold(table)}`;
/** A table that is a part of another one no more. */
export const free = (table: string): string => `free ${fold(table)}`;
/** That a table keeps its rows in a crash, which those who keep theirs and refer to it need, or that it does not. */
export const durable = (table: string): string => `durable ${fold(table)}`;
export const fleeting = (table: string): string => `fleeting ${fold(table)}`;
/** What the text of a table is written with where its columns do not say it. */
export const lettering = (table: string): string => `lettering ${fold(table)}`;
/** The rows of a table that is made anew. */
export const rowsOf = (table: string): string => `rows ${fold(table)}`;

/** The indexes of partitions, which one of the whole table makes its own when they are alike. */
export const partIndexes = (table: string): string => `${SOFT}part indexes ${fold(table)}`;

/** Both forms of a thing that some engines insist on and others don't. */
export const eitherWay = (thing: string): readonly string[] => [thing, SOFT + thing];

/** A thing and its soft form, so that those who only speak of it come after it too. */
export const bothWays = (things: readonly string[]): readonly string[] => things.flatMap(eitherWay);
