/** Rows that a learner's revisions have to get along with. */
export interface DataSet {
  readonly name: string;
  readonly statements: readonly string[];
}

const CREATED = "2026-01-05T08:00:00.000Z";

const insert = (id: number, title: string, isCompleted: 0 | 1 = 0): string =>
  `INSERT INTO todos (id, title, is_completed, created_at) VALUES (${id}, '${title.replaceAll("'", "''")}', ${isCompleted}, '${CREATED}')`;

/** No rows at all. */
export const EMPTY: DataSet = { name: "an empty database", statements: [] };

/** What a database looks like after a day. */
export const SMALL: DataSet = {
  name: "a small database",
  statements: [insert(1, "Buy milk"), insert(2, "Water the plants", 1), insert(3, "Call grandmother")],
};

/** What databases look like after years: titles that repeat, gaps in the ids, letters of every kind. */
const NASTY: DataSet = {
  name: "a nasty database (titles that repeat, gaps in the ids)",
  statements: [
    insert(2, "Buy milk"),
    insert(3, "Buy milk", 1),
    insert(7, "buy milk"),
    insert(11, "Buy milk"),
    insert(400, 'It\'s a "quoted" title; DROP TABLE todos; --'),
    insert(401, "é".repeat(255)),
    insert(90_000, "買い物 🛒"),
  ],
};

/** All of them, the gentlest first. */
export const DATA_SETS: readonly DataSet[] = [EMPTY, SMALL, NASTY];
