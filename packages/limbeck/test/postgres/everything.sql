-- Everything of PostgreSQL 15 that models can say; of extensions those that its contrib package has.
CREATE EXTENSION citext;
CREATE EXTENSION hstore;
CREATE EXTENSION btree_gist;
CREATE EXTENSION pg_trgm;
CREATE SCHEMA app;
CREATE SCHEMA "Odd Schema";
COMMENT ON SCHEMA app IS 'the application';
COMMENT ON EXTENSION citext IS 'our words';
CREATE COLLATION app.german (provider = icu, locale = 'de-u-co-phonebk', deterministic = false);
CREATE COLLATION plain_c FROM "C";
COMMENT ON COLLATION app.german IS 'phone book';
CREATE TYPE app.mood AS ENUM ('sad', 'it''s ok', 'happy');
CREATE TYPE "Odd Schema"."Weird ""Type" AS ENUM ('a.b', 'C');
COMMENT ON TYPE app.mood IS 'how one feels';
CREATE DOMAIN app.email AS citext CONSTRAINT at_sign CHECK (VALUE ~ '@') NOT NULL;
CREATE DOMAIN app.moods AS app.mood[] DEFAULT '{sad}' CHECK (cardinality(VALUE) < 4);
CREATE DOMAIN app.name AS varchar(40) COLLATE "C";
COMMENT ON DOMAIN app.email IS 'an address';
COMMENT ON CONSTRAINT at_sign ON DOMAIN app.email IS 'has to have one';
CREATE TYPE app.point3 AS (x double precision, y double precision, label varchar(10) COLLATE "C");
COMMENT ON COLUMN app.point3.x IS 'to the right';
CREATE TYPE app.span AS RANGE (SUBTYPE = timestamptz, MULTIRANGE_TYPE_NAME = app.spans);
CREATE SEQUENCE app.counter AS integer INCREMENT BY 5 MINVALUE -10 MAXVALUE 1000 START 10 CACHE 3 CYCLE;
CREATE UNLOGGED SEQUENCE app.fast;
COMMENT ON SEQUENCE app.counter IS 'counts by five';
CREATE FUNCTION app.area(p app.point3) RETURNS double precision LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 5 AS $$ SELECT (p).x * (p).y $$;
CREATE FUNCTION app.shout(a text, VARIADIC rest text[] DEFAULT '{}') RETURNS text LANGUAGE sql IMMUTABLE RETURN upper(a);
CREATE FUNCTION app.many(n int, OUT a int, OUT b text) RETURNS SETOF record LANGUAGE sql SECURITY DEFINER SET search_path = app, public ROWS 7 AS $$ SELECT 1, 'x' $$;
CREATE PROCEDURE app.run(INOUT x int) LANGUAGE plpgsql AS $$ BEGIN x := x + 1; END $$;
CREATE FUNCTION app.touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE FUNCTION app.watch() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN END $$;
CREATE AGGREGATE app.total(integer) (SFUNC = int4pl, STYPE = integer, INITCOND = '0', PARALLEL = safe);
CREATE AGGREGATE app.pct(double precision ORDER BY double precision) (SFUNC = ordered_set_transition, STYPE = internal, FINALFUNC = percentile_cont_float8_final, FINALFUNC_MODIFY = SHAREABLE);
COMMENT ON FUNCTION app.area(app.point3) IS 'x times y';
COMMENT ON PROCEDURE app.run(int) IS 'adds one';
COMMENT ON AGGREGATE app.total(integer) IS 'sum';

CREATE TABLE app.users (
  id bigint GENERATED ALWAYS AS IDENTITY (START WITH 100 INCREMENT BY 10 CACHE 20) PRIMARY KEY,
  email app.email,
  name app.name NOT NULL,
  mood app.mood NOT NULL DEFAULT 'it''s ok',
  moods app.mood[],
  tags text[] DEFAULT ARRAY['a','b'],
  matrix integer[][],
  attrs hstore,
  home app.point3,
  busy tstzmultirange,
  span app.span,
  valid tsrange NOT NULL DEFAULT tsrange(now()::timestamp, NULL),
  price numeric(12,3),
  ratio numeric,
  t3 timestamp(3) with time zone,
  tz time(2) with time zone,
  iv interval day to second(2),
  flags bit varying(8),
  b1 bit(3) DEFAULT B'101',
  ip inet, mac macaddr, doc xml, js json, jb jsonb DEFAULT '{"a": [1, 2]}',
  ch char(3), one "char", nm name, o oid, vec tsvector, money money, pt point,
  full_name text GENERATED ALWAYS AS (name || ' <' || email || '>') STORED,
  big text COLLATE app.german,
  c text COLLATE "C",
  odd "Odd Schema"."Weird ""Type",
  "Quoted ""Col" integer CHECK ("Quoted ""Col" > 0),
  created_at timestamptz NOT NULL DEFAULT now(),
  num integer DEFAULT nextval('app.counter'),
  CONSTRAINT users_name_key UNIQUE NULLS NOT DISTINCT (name) INCLUDE (mood) WITH (fillfactor = 90),
  CONSTRAINT users_def UNIQUE (name, mood) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT no_overlap EXCLUDE USING gist (name WITH =, valid WITH &&) WHERE (price > 0) DEFERRABLE,
  CONSTRAINT price_ok CHECK (price >= 0) NO INHERIT
) WITH (fillfactor = 80, autovacuum_enabled = false, toast.autovacuum_enabled = false);
COMMENT ON TABLE app.users IS 'everybody';
COMMENT ON COLUMN app.users.name IS 'what''s one called';
COMMENT ON CONSTRAINT price_ok ON app.users IS 'not less than nothing';
COMMENT ON INDEX app.users_name_key IS 'by name';
ALTER TABLE app.users ALTER COLUMN doc SET STORAGE EXTERNAL, ALTER COLUMN js SET COMPRESSION pglz, ALTER COLUMN name SET STATISTICS 500,
  ALTER COLUMN mood SET (n_distinct = 3, n_distinct_inherited = -0.5);
CREATE TABLE items (
  id serial PRIMARY KEY,
  owner bigint CONSTRAINT owner_fk REFERENCES app.users (id) ON UPDATE CASCADE ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
  a int, b int,
  parent int,
  UNIQUE (a, b),
  FOREIGN KEY (a, b) REFERENCES items (a, b) MATCH FULL,
  CONSTRAINT set_cols FOREIGN KEY (a, parent) REFERENCES items (a, b) ON DELETE SET NULL (parent)
);
CREATE TABLE notes (small smallserial, big bigserial, item int, body text);
ALTER TABLE notes ADD CONSTRAINT late FOREIGN KEY (item) REFERENCES items NOT VALID;
ALTER TABLE notes ADD CONSTRAINT latecheck CHECK (body <> '') NOT VALID;
ALTER TABLE notes REPLICA IDENTITY FULL;
CREATE UNLOGGED TABLE cache (k text PRIMARY KEY, v bytea);
CREATE TABLE empty_one ();
-- cycle
CREATE TABLE hen (id int PRIMARY KEY, egg int);
CREATE TABLE egg (id int PRIMARY KEY, hen int REFERENCES hen);
ALTER TABLE hen ADD FOREIGN KEY (egg) REFERENCES egg;
-- indexes
CREATE INDEX users_trgm ON app.users USING gist (c gist_trgm_ops (siglen = 32));
CREATE INDEX users_gin ON app.users USING gin (jb jsonb_path_ops) WITH (fastupdate = off);
CREATE UNIQUE INDEX users_low ON app.users (lower(name) COLLATE "C" text_pattern_ops DESC NULLS LAST, mood NULLS FIRST) INCLUDE (price) NULLS NOT DISTINCT WITH (fillfactor = 70) WHERE price IS NOT NULL;
CREATE INDEX users_brin ON app.users USING brin (created_at) WITH (pages_per_range = 16);
CREATE INDEX users_hash ON app.users USING hash (mac);
CREATE INDEX users_german ON app.users (c COLLATE app.german);
CREATE INDEX "Odd Index" ON items ((a + b), a DESC);
ALTER INDEX "Odd Index" ALTER COLUMN 1 SET STATISTICS 300;
ALTER TABLE items CLUSTER ON items_a_b_key;
COMMENT ON INDEX app.users_gin IS 'paths';
CREATE STATISTICS app.users_stat (ndistinct, dependencies) ON name, mood FROM app.users;
CREATE STATISTICS expr_stat ON (a + 1), b FROM items;
ALTER STATISTICS expr_stat SET STATISTICS 50;
COMMENT ON STATISTICS app.users_stat IS 'go together';
-- partitions
CREATE TABLE app.events (id bigint GENERATED BY DEFAULT AS IDENTITY, at timestamptz NOT NULL, kind text NOT NULL DEFAULT 'x', note text, PRIMARY KEY (id, at, kind)) PARTITION BY RANGE (at);
CREATE TABLE app.events_2024 PARTITION OF app.events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01') PARTITION BY LIST (kind);
CREATE TABLE app.events_2024_a PARTITION OF app.events_2024 (kind DEFAULT 'a', CONSTRAINT note_short CHECK (length(note) < 10)) FOR VALUES IN ('a', 'b') WITH (fillfactor = 60);
CREATE TABLE app.events_2024_rest PARTITION OF app.events_2024 DEFAULT;
CREATE UNLOGGED TABLE app.events_old PARTITION OF app.events DEFAULT;
CREATE INDEX events_note ON app.events (note);
CREATE INDEX events_2024_a_own ON app.events_2024_a (lower(note));
CREATE TABLE hashed (id int NOT NULL, v text) PARTITION BY HASH (id);
CREATE TABLE hashed_0 PARTITION OF hashed FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE hashed_1 PARTITION OF hashed FOR VALUES WITH (MODULUS 2, REMAINDER 1);
ALTER TABLE hashed_1 ALTER v SET NOT NULL;
CREATE TABLE byexpr (a int, b text) PARTITION BY RANGE (lower(b) COLLATE "C" text_pattern_ops, a);
COMMENT ON TABLE app.events_2024 IS 'last year';
COMMENT ON COLUMN app.events_2024_a.note IS 'short';
-- inheritance
CREATE TABLE animal (id int PRIMARY KEY, legs int NOT NULL DEFAULT 4 CHECK (legs >= 0));
CREATE TABLE bird (wings int) INHERITS (animal);
ALTER TABLE bird ALTER legs SET DEFAULT 2;
CREATE TABLE plant (height numeric(5,1));
CREATE TABLE triffid (legs int) INHERITS (animal, plant);
-- views
CREATE VIEW app.happy WITH (security_barrier = true) AS SELECT id, name, mood FROM app.users WHERE mood = 'happy' WITH LOCAL CHECK OPTION;
CREATE VIEW happy_names AS SELECT upper(name::text) AS name FROM app.happy;
CREATE RECURSIVE VIEW nums (n) AS VALUES (1) UNION ALL SELECT n + 1 FROM nums WHERE n < 5;
ALTER VIEW app.happy ALTER COLUMN name SET DEFAULT 'nobody';
COMMENT ON VIEW app.happy IS 'only those';
COMMENT ON COLUMN app.happy.name IS 'their names';
CREATE MATERIALIZED VIEW app.per_mood WITH (fillfactor = 50) AS SELECT mood, count(*) AS n FROM app.users GROUP BY mood WITH NO DATA;
CREATE UNIQUE INDEX per_mood_mood ON app.per_mood (mood);
COMMENT ON MATERIALIZED VIEW app.per_mood IS 'counted';
COMMENT ON COLUMN app.per_mood.n IS 'how many';
-- triggers
CREATE TRIGGER touch BEFORE UPDATE OF name, mood ON app.users FOR EACH ROW WHEN (OLD.name IS DISTINCT FROM NEW.name) EXECUTE FUNCTION app.touch();
CREATE TRIGGER off_one AFTER INSERT ON app.users FOR EACH STATEMENT EXECUTE FUNCTION app.touch('a', 'b');
ALTER TABLE app.users DISABLE TRIGGER off_one;
CREATE CONSTRAINT TRIGGER con AFTER INSERT OR UPDATE ON items FROM app.users DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION app.touch();
ALTER TABLE items ENABLE ALWAYS TRIGGER con;
CREATE TRIGGER trans AFTER UPDATE ON items REFERENCING OLD TABLE AS o NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION app.touch();
CREATE TRIGGER repl BEFORE DELETE ON notes FOR EACH ROW EXECUTE FUNCTION app.touch();
ALTER TABLE notes ENABLE REPLICA TRIGGER repl;
CREATE TRIGGER part AFTER INSERT ON app.events FOR EACH ROW EXECUTE FUNCTION app.touch();
CREATE TRIGGER inst INSTEAD OF INSERT ON app.happy FOR EACH ROW EXECUTE FUNCTION app.touch();
COMMENT ON TRIGGER touch ON app.users IS 'touches';
CREATE EVENT TRIGGER watch_all ON ddl_command_end WHEN TAG IN ('CREATE TABLE') EXECUTE FUNCTION app.watch();
ALTER EVENT TRIGGER watch_all DISABLE;
COMMENT ON EVENT TRIGGER watch_all IS 'watches';
-- policies
ALTER TABLE app.users ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.users FORCE ROW LEVEL SECURITY;
CREATE POLICY mine ON app.users AS RESTRICTIVE FOR UPDATE TO pg_monitor, PUBLIC USING (name = current_user) WITH CHECK (price < 100);
CREATE POLICY "all of it" ON app.users USING (true);
COMMENT ON POLICY mine ON app.users IS 'own rows';
-- rules
CREATE RULE no_delete AS ON DELETE TO notes DO INSTEAD NOTHING;
CREATE RULE off_rule AS ON INSERT TO cache WHERE new.k = 'x' DO ALSO UPDATE cache SET v = NULL;
ALTER TABLE cache DISABLE RULE off_rule;
COMMENT ON RULE no_delete ON notes IS 'never';
-- grants
GRANT USAGE ON SCHEMA app TO pg_monitor;
GRANT SELECT, INSERT ON app.users TO pg_monitor WITH GRANT OPTION;
GRANT UPDATE (name, mood), SELECT (price) ON app.users TO PUBLIC;
REVOKE ALL ON items FROM postgres;
GRANT EXECUTE ON FUNCTION app.area(app.point3) TO pg_monitor;
REVOKE EXECUTE ON FUNCTION app.touch() FROM PUBLIC;
GRANT USAGE ON SEQUENCE app.counter TO pg_monitor;
GRANT USAGE ON TYPE app.mood TO pg_monitor;
REVOKE USAGE ON TYPE app.point3 FROM PUBLIC;
GRANT ALL ON app.happy TO pg_read_all_data;
ALTER DEFAULT PRIVILEGES IN SCHEMA app GRANT SELECT ON TABLES TO pg_monitor;
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
