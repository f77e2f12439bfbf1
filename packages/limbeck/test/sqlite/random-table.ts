import * as fc from "fast-check";

/** What may stand between two words of SQL. */
export const BLANKS: readonly string[] = [" ", "\n", "\t ", " /* ' ) , \" */ ", " -- it's (,\n", "/**/"];

/** Words that the random tables must have shown. */
export const KEYWORDS: readonly string[] = [
  "PRIMARY",
  "AUTOINCREMENT",
  "UNIQUE",
  "CHECK",
  "REFERENCES",
  "FOREIGN",
  "DEFERRABLE",
  "COLLATE",
  "STORED",
  "DEFAULT",
  "CONSTRAINT",
  "CONFLICT",
  "STRICT",
  "WITHOUT",
  "DESC",
  "INDEX",
  "WHERE",
  "CURRENT_TIMESTAMP",
];

type Pieces = readonly string[];
type Words = fc.Arbitrary<Pieces>;

const NAMES = ["a", "b", "c", "order", "x y", 'q"uote', "key", "Größe", "CamelCase"] as const;

/** One name in each way of quoting it. */
function spell(name: string): fc.Arbitrary<string> {
  const spellings = [`"${name.replaceAll('"', '""')}"`, `[${name}]`, `\`${name}\``];
  if (/^[a-cA-Z]\w*$/.test(name) || name === "key") spellings.push(name, name);
  if (/^[\x20-\x7E]+$/.test(name)) spellings.push(`"${name.toUpperCase().replaceAll('"', '""')}"`);
  return fc.constantFrom(...spellings);
}

const none: Words = fc.constant([]);
const words = (...pieces: readonly string[]): Words => fc.constant(pieces);
const either = (...alternatives: readonly Words[]): Words => fc.oneof(...alternatives);
const maybe = (alternative: Words): Words => either(none, alternative);
const join = (...parts: readonly Words[]): Words => fc.tuple(...parts).map((lists) => lists.flat());
const one = (text: fc.Arbitrary<string>): Words => text.map((piece) => [piece]);

const onConflict = maybe(
  one(fc.constantFrom("ROLLBACK", "abort", "Fail", "IGNORE", "REPLACE")).map((list) => ["ON", "CONFLICT", ...list]),
);
const named = maybe(join(words("CONSTRAINT"), one(fc.constantFrom("n1", '"n 2"', "'n3'"))));

const literal = one(
  fc.constantFrom(
    "1",
    "-1",
    "0",
    "'it''s'",
    "''",
    "NULL",
    "TRUE",
    "false",
    "1.5",
    "1e3",
    ".5",
    "0x1F",
    "x'ab'",
    "CURRENT_TIMESTAMP",
    "current_timestamp",
    "CURRENT_TIMESTAMP",
    "'1'",
    "'{}'",
    "1.0",
    "bare",
  ),
);
const defaultValue = either(
  literal,
  one(fc.constantFrom("(1 + 1)", "( (2) )", "(date('now'))", "('a' || ')')", "(NULL)", "(1)", "(-  5)")),
  words("-", "7"),
  words("+", "2.5"),
);

const plainType = one(
  fc.constantFrom(
    "INTEGER",
    "integer",
    "INT",
    "TEXT",
    "VARCHAR(9)",
    "VARCHAR (9)",
    "DECIMAL(8, 2)",
    "BOOLEAN",
    "REAL",
    "BLOB",
    "JSON",
    "TIMESTAMP WITH TIME ZONE",
    "double precision",
    '"text"',
    "",
  ),
).map((list) => list.filter((piece) => piece !== ""));
const strictType = one(fc.constantFrom("INT", "INTEGER", "REAL", "TEXT", "BLOB", "ANY"));

const action = one(fc.constantFrom("CASCADE", "RESTRICT", "SET NULL", "SET DEFAULT", "NO ACTION"));
const references = (columns: Words): Words =>
  join(
    words("REFERENCES"),
    one(fc.constantFrom("other", "OTHER", '"t"', "missing")),
    columns,
    maybe(join(words("ON", "DELETE"), action)),
    maybe(join(words("ON", "UPDATE"), action)),
    maybe(words("MATCH", "FULL")),
    maybe(either(words("DEFERRABLE"), words("NOT", "DEFERRABLE"), words("DEFERRABLE", "INITIALLY", "DEFERRED"))),
  );

function clauses(isKey: boolean, isStrict: boolean): Words {
  const check = join(named, words("CHECK", "("), one(fc.constantFrom("1", "(1 > 0)", "'(' <> ')'")), words(")"));
  const parts: Words[] = [
    maybe(join(named, words("NOT", "NULL"), onConflict)),
    maybe(join(named, words("DEFAULT"), isStrict ? one(fc.constantFrom("NULL", "(NULL)")) : defaultValue)),
    maybe(join(words("COLLATE"), one(fc.constantFrom("NOCASE", '"rtrim"', "binary")))),
    maybe(join(named, words("UNIQUE"))),
    maybe(check),
    maybe(references(maybe(words("(", "id", ")")))),
  ];
  return isKey
    ? join(named, words("PRIMARY", "KEY"), maybe(one(fc.constantFrom("ASC", "DESC"))), ...parts)
    : join(...parts);
}

interface Shape {
  readonly names: readonly string[];
  readonly isStrict: boolean;
  readonly withoutRowid: boolean;
  readonly key: "none" | "column" | "rowid" | "table";
}

const shape: fc.Arbitrary<Shape> = fc
  .record({
    names: fc.uniqueArray(fc.constantFrom(...NAMES), { minLength: 2, maxLength: 6 }),
    isStrict: fc.boolean(),
    withoutRowid: fc.boolean(),
    key: fc.constantFrom("none", "column", "rowid", "table"),
  })
  .map((given) => ({
    ...given,
    withoutRowid: given.withoutRowid && (given.key === "column" || given.key === "table"),
  }));

function column(name: string, index: number, { isStrict, key }: Shape): Words {
  const spelled = one(spell(name));
  if (index === 0 && key === "rowid") {
    return join(
      spelled,
      words("INTEGER"),
      named,
      words("PRIMARY", "KEY"),
      either(words("AUTOINCREMENT"), words("DESC"), none),
    );
  }
  if (index === 0 && key === "column") return join(spelled, isStrict ? strictType : plainType, clauses(true, isStrict));
  const generated = join(
    spelled,
    // One piece: SQLite takes a comment between these words for a part of the type.
    (isStrict ? strictType : plainType).chain((type) =>
      one(fc.constantFrom(...["GENERATED ALWAYS AS", "AS"].map((as) => [...type, as].join(" ")))),
    ),
    words("(", "1", "+", "'2)'", ")"),
    maybe(one(fc.constantFrom("STORED", "VIRTUAL"))),
  );
  const plain = join(spelled, isStrict ? strictType : plainType, clauses(false, isStrict));
  return index > 1 ? fc.oneof({ weight: 5, arbitrary: plain }, { weight: 1, arbitrary: generated }) : plain;
}

function constraints({ names, key }: Shape): Words {
  const term = (name: string): Words =>
    join(one(spell(name)), maybe(words("COLLATE", "nocase")), maybe(one(fc.constantFrom("ASC", "DESC"))));
  const [first = "a", second = "b"] = names;
  const keyTerms = join(words("("), term(second), words(","), term(first), words(")"));
  // In another order than the primary key, or SQLite would compare the conflict clauses of the two.
  const uniqueTerms = join(words("("), term(first), words(","), term(second), words(")"));
  const primary = key === "table" ? join(words(","), named, words("PRIMARY", "KEY"), keyTerms, onConflict) : none;
  return join(
    primary,
    maybe(join(words(","), named, words("UNIQUE"), uniqueTerms, onConflict)),
    maybe(join(words(","), named, words("CHECK", "(", "NOT", "(", "0", ")", ")"))),
    maybe(join(words(","), named, words("FOREIGN", "KEY", "("), one(spell(first)), words(")"), references(none))),
  );
}

function createIndex({ names }: Shape): Words {
  const [first = "a", second = "b"] = names;
  const quoted = `"${second.replaceAll('"', '""')}"`;
  const parts = either(
    one(spell(first)),
    join(words("(", "("), one(spell(first)), words(")", "COLLATE", "NOCASE", ")")),
    words("lower", "(", quoted, ")", "COLLATE", "rtrim"),
    words(quoted, "||", "','", "COLLATE", "nocase"),
    words("-", quoted),
  );
  return join(
    words("CREATE"),
    maybe(words("UNIQUE")),
    words("INDEX", "i", "ON", "T", "("),
    parts,
    maybe(words("DESC")),
    words(","),
    one(spell(second)),
    words(")"),
    maybe(words("WHERE", quoted, "<>", "';'", "OR", "1")),
    words(";"),
  );
}

/** The pieces of a script that creates a table `t`, and perhaps an index. */
export const randomTable: Words = shape.chain((given) => {
  const columns = given.names.map((name, position) =>
    join(position === 0 ? none : words(","), column(name, position, given)),
  );
  const options = [...(given.isStrict ? ["STRICT"] : []), ...(given.withoutRowid ? ["WITHOUT", "ROWID"] : [])];
  const separated = options.length === 3 ? ["STRICT", ",", "WITHOUT", "ROWID"] : options;
  return join(
    words("CREATE", "TABLE", "other", "(", "id", "INTEGER", "PRIMARY", "KEY", ")", ";"),
    words("CREATE", "TABLE", "t", "("),
    ...columns,
    constraints(given),
    words(")", ...separated, ";"),
    maybe(createIndex(given)),
  );
});
