import { eraseSchema } from "../../src/dialects/postgres/driver/erase-schema.ts";
import { postgres } from "../../src/dialects/postgres/index.ts";
import { testAwkwardChanges, type AwkwardChange } from "../awkward-changes.ts";
import { createPostgresDatabase, requirePostgres } from "../support/postgres-server.ts";

const CHANGES: readonly AwkwardChange[] = [
  {
    what: "a column is computed no more, and a new one is computed from it",
    from: "CREATE TABLE t (id int PRIMARY KEY, title text, n int GENERATED ALWAYS AS (length(title)) STORED);",
    to: "CREATE TABLE t (id int PRIMARY KEY, title text, n int, price int GENERATED ALWAYS AS (length(n::text)) STORED);",
  },
  {
    what: "a column becomes computed, and one goes that was computed from it",
    from: "CREATE TABLE t (id int PRIMARY KEY, title text, n int, price int GENERATED ALWAYS AS (length(n::text)) STORED);",
    to: "CREATE TABLE t (id int PRIMARY KEY, title text, n int GENERATED ALWAYS AS (length(title)) STORED);",
  },
  {
    what: "tables that refer to each other in a row cease to be logged, and a new key comes",
    from: `CREATE TABLE a (id integer PRIMARY KEY); CREATE TABLE b (id integer PRIMARY KEY REFERENCES a);
           CREATE TABLE c (id integer REFERENCES b);`,
    to: `CREATE UNLOGGED TABLE a (id integer PRIMARY KEY); CREATE UNLOGGED TABLE b (id integer PRIMARY KEY REFERENCES a);
         CREATE UNLOGGED TABLE c (id integer REFERENCES b, other integer REFERENCES a);`,
  },
  {
    what: "a table that ceases to be logged gets a key to a new one, and loses one to a table that stays",
    from: `CREATE TABLE a (id integer PRIMARY KEY); CREATE TABLE b (id integer REFERENCES a);
           CREATE TABLE d (id integer REFERENCES a);`,
    to: `CREATE UNLOGGED TABLE a (id integer PRIMARY KEY); CREATE UNLOGGED TABLE n (id integer PRIMARY KEY);
         CREATE UNLOGGED TABLE b (id integer REFERENCES n); CREATE TABLE d (id integer);`,
  },
  {
    what: "a column becomes computed from one that gets another type",
    from: "CREATE TYPE mood AS ENUM ('sad', 'ok'); CREATE TABLE t (title text, feeling mood);",
    to: `CREATE TYPE mood AS ENUM ('sad', 'ok');
         CREATE TABLE t (title integer GENERATED ALWAYS AS (length(feeling)) STORED, feeling text);`,
  },
  {
    what: "a column is computed otherwise, from one that gets another type, and is indexed and commented",
    from: `CREATE TABLE t (word varchar(20), note integer GENERATED ALWAYS AS (length(word::text)) STORED);
           CREATE INDEX on_note ON t (note); COMMENT ON COLUMN t.note IS 'long'; CREATE VIEW v AS SELECT note FROM t;`,
    to: `CREATE TABLE t (word timestamp, note boolean GENERATED ALWAYS AS (word IS NULL) STORED);
         CREATE INDEX on_note ON t (note); COMMENT ON COLUMN t.note IS 'short'; CREATE VIEW v AS SELECT note FROM t;`,
  },
  {
    what: "an enum loses a value under a view of what is computed from it",
    from: `CREATE TYPE mood AS ENUM ('sad', 'ok', 'glad');
           CREATE TABLE t (feeling mood, isn boolean GENERATED ALWAYS AS (feeling IS NULL) STORED);
           CREATE VIEW v AS SELECT isn FROM t; CREATE VIEW w AS SELECT * FROM v;`,
    to: `CREATE TYPE mood AS ENUM ('sad', 'ok');
         CREATE TABLE t (feeling mood, isn boolean GENERATED ALWAYS AS (feeling IS NULL) STORED);
         CREATE VIEW v AS SELECT isn FROM t; CREATE VIEW w AS SELECT * FROM v;`,
  },
  {
    what: "an enum loses a value under a check and an index of a column and of what is computed from it, whose name is quoted",
    from: `CREATE TYPE mood AS ENUM ('sad', 'ok', 'glad');
           CREATE TABLE t (feeling mood, "is n" boolean GENERATED ALWAYS AS (feeling IS NULL) STORED,
             CHECK (feeling IS NOT NULL OR "is n"));
           CREATE INDEX on_both ON t (feeling) WHERE feeling IS NULL OR "is n";`,
    to: `CREATE TYPE mood AS ENUM ('sad', 'ok');
         CREATE TABLE t (feeling mood, "is n" boolean GENERATED ALWAYS AS (feeling IS NULL) STORED,
           CHECK (feeling IS NOT NULL OR "is n"));
         CREATE INDEX on_both ON t (feeling) WHERE feeling IS NULL OR "is n";`,
  },
  {
    what: "a table and its key column get other names, and so does the key, to which the table itself refers",
    from: "CREATE TABLE former (old integer PRIMARY KEY, up integer CONSTRAINT fk REFERENCES former);",
    to: "CREATE TABLE present (id integer PRIMARY KEY, up integer CONSTRAINT fk REFERENCES present);",
    renames: [
      { kind: "table", from: "former", to: "present" },
      { kind: "column", table: "present", from: "old", to: "id" },
    ],
  },
  {
    what: "the name of a key goes to another one, and a table refers to the key",
    from: "CREATE TABLE t (id integer CONSTRAINT one PRIMARY KEY REFERENCES t, done boolean);",
    to: "CREATE TABLE t (id integer PRIMARY KEY REFERENCES t, done boolean, CONSTRAINT one UNIQUE (id, done));",
  },
  {
    what: "a key that another table refers to gets another name while other columns are computed otherwise",
    from: `CREATE TABLE t (id integer PRIMARY KEY, n integer, w text GENERATED ALWAYS AS (n::text) STORED);
           CREATE TABLE u (id integer REFERENCES t);`,
    to: `CREATE TABLE t (id integer CONSTRAINT pk_t PRIMARY KEY, n integer, w integer GENERATED ALWAYS AS (n + 1) STORED);
         CREATE TABLE u (id integer REFERENCES t);`,
  },
  {
    what: "a check gets another name while its column is computed otherwise",
    from: `CREATE TABLE t (n integer, w text GENERATED ALWAYS AS (n::text) STORED, CONSTRAINT old CHECK (length(w) < 10));`,
    to: `CREATE TABLE t (n integer, w text GENERATED ALWAYS AS (n::text || '!') STORED, CONSTRAINT fresh CHECK (length(w) < 10));`,
  },
  {
    what: "a computed column becomes an ordinary one of another type, from which another one is computed now, and an index holds both",
    from: `CREATE TABLE t (seen numeric, list boolean GENERATED ALWAYS AS (seen IS NULL) STORED, price boolean GENERATED ALWAYS AS (seen IS NULL) STORED);
           CREATE INDEX on_both ON t (price DESC, list);`,
    to: `CREATE TABLE t (seen numeric, list bigint NOT NULL, price boolean GENERATED ALWAYS AS (list IS NULL) STORED);
         CREATE INDEX on_both ON t (price DESC, list);`,
  },
  {
    what: "a sequence turns round, so that it cannot stand where it stood",
    from: "CREATE SEQUENCE s START 5 INCREMENT 2;",
    to: "CREATE SEQUENCE s INCREMENT -1 CYCLE;",
  },
  {
    what: "a sequence gets bounds that leave out its start",
    from: "CREATE SEQUENCE s START 500;",
    to: "CREATE SEQUENCE s START 5 MAXVALUE 100;",
  },
  {
    what: "a computed column to which keys of two tables point is computed in another way",
    from: `CREATE TABLE t (id int PRIMARY KEY, a int, g int GENERATED ALWAYS AS (a + 1) STORED UNIQUE, up int REFERENCES t (g));
           CREATE TABLE r (g int REFERENCES t (g));`,
    to: `CREATE TABLE t (id int PRIMARY KEY, a int, g int GENERATED ALWAYS AS (a + 2) STORED UNIQUE, up int REFERENCES t (g));
         CREATE TABLE r (g int REFERENCES t (g));`,
  },
  {
    what: "a column gets another name and type, and a computed one follows it to which a key points",
    from: `CREATE TABLE t (id int PRIMARY KEY, a int, g int GENERATED ALWAYS AS (a + 1) STORED UNIQUE); CREATE TABLE r (g int REFERENCES t (g));`,
    to: `CREATE TABLE t (id int PRIMARY KEY, z smallint, g int GENERATED ALWAYS AS (z + 1) STORED UNIQUE); CREATE TABLE r (g int REFERENCES t (g));`,
    renames: [{ kind: "column", table: "t", from: "a", to: "z" }],
  },
  {
    what: "a computed column to which a key points becomes an ordinary one",
    from: `CREATE TABLE t (id int PRIMARY KEY, g int GENERATED ALWAYS AS (id + 1) STORED UNIQUE); CREATE TABLE r (g int REFERENCES t (g));`,
    to: `CREATE TABLE t (id int PRIMARY KEY, g int UNIQUE); CREATE TABLE r (g int REFERENCES t (g));`,
  },
  {
    what: "a domain that columns hold in lists and in a composite type gets another condition",
    from: `CREATE DOMAIN d AS int CHECK (VALUE > 0); CREATE TYPE c AS (x d); CREATE TABLE t (id int PRIMARY KEY, a d[], b d, c c);`,
    to: `CREATE DOMAIN d AS int CHECK (VALUE > 1); CREATE TYPE c AS (x d); CREATE TABLE t (id int PRIMARY KEY, a d[], b d, c c);`,
  },
  {
    what: "a value of an enum goes, and functions of it are in an index, a default, a check and a computed column",
    from: `CREATE TYPE e AS ENUM ('a', 'b', 'c');
           CREATE FUNCTION one() RETURNS e LANGUAGE sql IMMUTABLE AS $$ SELECT 'a'::e $$;
           CREATE FUNCTION rate(x e) RETURNS int LANGUAGE sql IMMUTABLE AS $$ SELECT 1 $$;
           CREATE TABLE t (id int PRIMARY KEY, s e DEFAULT one(), n int DEFAULT rate('a'::e), g int GENERATED ALWAYS AS (rate(s)) STORED, CHECK (rate(s) > 0));
           CREATE INDEX on_rate ON t (rate(s)); CREATE VIEW v AS SELECT g, rate(s) AS r FROM t;`,
    to: `CREATE TYPE e AS ENUM ('a', 'b');
         CREATE FUNCTION one() RETURNS e LANGUAGE sql IMMUTABLE AS $$ SELECT 'a'::e $$;
         CREATE FUNCTION rate(x e) RETURNS int LANGUAGE sql IMMUTABLE AS $$ SELECT 1 $$;
         CREATE TABLE t (id int PRIMARY KEY, s e DEFAULT one(), n int DEFAULT rate('a'::e), g int GENERATED ALWAYS AS (rate(s)) STORED, CHECK (rate(s) > 0));
         CREATE INDEX on_rate ON t (rate(s)); CREATE VIEW v AS SELECT g, rate(s) AS r FROM t;`,
  },
  {
    what: "a computed column is computed in another way, whose index tells replicas which row changed and orders the table",
    from: `CREATE TABLE t (id int PRIMARY KEY, g int GENERATED ALWAYS AS (id + 1) STORED NOT NULL); CREATE UNIQUE INDEX i ON t (g);
           ALTER TABLE t REPLICA IDENTITY USING INDEX i; ALTER TABLE t CLUSTER ON i;`,
    to: `CREATE TABLE t (id int PRIMARY KEY, g int GENERATED ALWAYS AS (id + 2) STORED NOT NULL); CREATE UNIQUE INDEX i ON t (g);
         ALTER TABLE t REPLICA IDENTITY USING INDEX i; ALTER TABLE t CLUSTER ON i;`,
  },
  {
    what: "an index that tells replicas which row changed gets another name",
    from: `CREATE TABLE t (id int NOT NULL); CREATE UNIQUE INDEX former ON t (id); ALTER TABLE t REPLICA IDENTITY USING INDEX former;`,
    to: `CREATE TABLE t (id int NOT NULL); CREATE UNIQUE INDEX present ON t (id); ALTER TABLE t REPLICA IDENTITY USING INDEX present;`,
  },
];

testAwkwardChanges(
  {
    name: "PostgreSQL",
    dialect: postgres,
    check: requirePostgres(),
    createDatabase: () => createPostgresDatabase(),
    erase: eraseSchema,
  },
  CHANGES,
);
