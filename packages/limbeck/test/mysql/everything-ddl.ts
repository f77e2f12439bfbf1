/** A schema with all that MariaDB 10.11 has, as a script of its client. */
export const EVERYTHING: string = String.raw`
CREATE SEQUENCE numbers START WITH 5 INCREMENT BY 2;
CREATE FUNCTION twice(n int) RETURNS int DETERMINISTIC RETURN n * 2;
CREATE TABLE parents (
  a int unsigned NOT NULL, b char(3) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, note text,
  PRIMARY KEY (a, b) COMMENT 'the key'
) COMMENT='it''s a \\ parent';
CREATE TABLE numbers_of (
  tiny tinyint DEFAULT -5, flag tinyint(1) NOT NULL DEFAULT 1, small smallint unsigned DEFAULT 7, medium mediumint(9),
  plain int NOT NULL AUTO_INCREMENT, wide int(5) unsigned zerofill DEFAULT 00042, big bigint DEFAULT 9007199254740993,
  huge bigint unsigned DEFAULT 18446744073709551615, exact decimal(20,5) DEFAULT 1.5, money decimal(10,0), f float DEFAULT 0.5,
  f2 float(7,3), d double DEFAULT 1e100, bits bit(9) DEFAULT b'101', y year DEFAULT 2026, next_one bigint DEFAULT (NEXT VALUE FOR numbers),
  KEY (plain), CONSTRAINT positive CHECK (small > 0 AND flag IN (0, 1)), CONSTRAINT CHECK (medium < 100)
) ENGINE=InnoDB ROW_FORMAT=COMPRESSED;
CREATE TABLE texts (
  c char(3) NOT NULL DEFAULT 'a''b', v varchar(20) COLLATE utf8mb4_bin DEFAULT 'it''s "q" \\ \n', t text DEFAULT 'x', tt tinytext, mt mediumtext,
  lt longtext CHARACTER SET latin1, e enum('a','b','it''s') DEFAULT 'b', s set('x','y') DEFAULT 'x,y', bin binary(4), vb varbinary(10) DEFAULT 'ab',
  bl blob, lb longblob, j json DEFAULT '{"a": [1, "b"]}', u uuid DEFAULT uuid(), ip inet6, empty varchar(5) NOT NULL DEFAULT '',
  inv varchar(9) INVISIBLE DEFAULT 'i' COMMENT 'hidden; "so" it''s', checked int CHECK (checked > 0 OR checked IS NULL),
  KEY by_start (t(10), v), UNIQUE KEY one_text (lt), FULLTEXT KEY words (t, mt), KEY down (c DESC, v), KEY off (v) COMMENT 'not used' IGNORED,
  UNIQUE KEY start_of (mt(7))
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;
CREATE TABLE moments (
  d date DEFAULT '2026-01-02', t time DEFAULT '01:02:03', t6 time(6), dt datetime DEFAULT current_timestamp() ON UPDATE current_timestamp(),
  dt3 datetime(3) NOT NULL DEFAULT current_timestamp(3) ON UPDATE current_timestamp(3), ts timestamp NULL DEFAULT NULL,
  ts6 timestamp(6) NOT NULL DEFAULT current_timestamp(6), plain timestamp NOT NULL DEFAULT '2026-01-01 00:00:00',
  utc datetime(6) DEFAULT utc_timestamp(6), sum int DEFAULT (1 + 2 * 3)
);
CREATE TABLE computed (
  id int PRIMARY KEY, a int, s int GENERATED ALWAYS AS (a * 2) STORED COMMENT 'stored', v varchar(30) AS (concat('it''s ', a)) VIRTUAL INVISIBLE,
  KEY on_virtual (v)
);
CREATE TABLE children (
  id int PRIMARY KEY, pa int unsigned, pb char(3) CHARACTER SET ascii COLLATE ascii_bin, other int, parent int, self int,
  CONSTRAINT to_parents FOREIGN KEY (pa, pb) REFERENCES parents (a, b) ON DELETE SET NULL ON UPDATE CASCADE,
  CONSTRAINT to_self FOREIGN KEY (self) REFERENCES children (id) ON DELETE NO ACTION,
  FOREIGN KEY (other) REFERENCES computed (id), KEY covering (parent, other), CONSTRAINT covered FOREIGN KEY (parent) REFERENCES computed (id)
);
CREATE TABLE places (id int PRIMARY KEY, p point NOT NULL, g geometry, SPATIAL KEY (p)) ENGINE=Aria;
CREATE TABLE by_range (id int NOT NULL, at date NOT NULL, PRIMARY KEY (id, at))
  PARTITION BY RANGE COLUMNS (at) (PARTITION old VALUES LESS THAN ('2020-01-01') COMMENT = 'it''s old', PARTITION rest VALUES LESS THAN (MAXVALUE));
CREATE TABLE by_list (id int) PARTITION BY LIST (id) (PARTITION a VALUES IN (1,2), PARTITION b VALUES IN (3));
CREATE TABLE by_hash (id int) PARTITION BY HASH (id) PARTITIONS 3;
CREATE TABLE by_both (id int, n int) PARTITION BY RANGE (id) SUBPARTITION BY HASH (n) SUBPARTITIONS 2 (PARTITION p0 VALUES LESS THAN (5), PARTITION p1 VALUES LESS THAN MAXVALUE);
CREATE TABLE versioned (id int PRIMARY KEY, price int, note text WITHOUT SYSTEM VERSIONING) WITH SYSTEM VERSIONING;
CREATE TABLE in_memory (id int, KEY (id) USING HASH) ENGINE=MEMORY;
CREATE VIEW names AS SELECT p.a, t.v FROM parents p JOIN texts t ON t.c = p.b WHERE p.note <> 'x.y' WITH LOCAL CHECK OPTION;
CREATE SQL SECURITY INVOKER VIEW own AS SELECT * FROM names;
CREATE TRIGGER ${"`first`"} BEFORE INSERT ON ${"`computed`"} FOR EACH ROW SET NEW.a = twice(NEW.a);
CREATE TRIGGER ${"`second`"} BEFORE INSERT ON ${"`computed`"} FOR EACH ROW SET NEW.a = NEW.a + 1;
CREATE SEQUENCE downwards START WITH -5 INCREMENT BY -2 MINVALUE -100 MAXVALUE 10 CACHE 5 CYCLE ENGINE=Aria COMMENT='it''s down';
CREATE SEQUENCE uncached NOCACHE;
CREATE TABLE squeezed (
  id int, t text COMPRESSED DEFAULT 'x' COMMENT 'small', v varchar(300) COMPRESSED, g geometry REF_SYSTEM_ID=4326, bits bit(1) DEFAULT b'1', n int NULL CHECK (n <> 5)
) PAGE_COMPRESSED=1 PAGE_COMPRESSION_LEVEL=9 STATS_AUTO_RECALC=0;
CREATE TABLE part_one (a int, KEY (a)) ENGINE=MyISAM MAX_ROWS=100 CHECKSUM=1 DELAY_KEY_WRITE=1 PACK_KEYS=1;
CREATE TABLE united (a int, KEY (a)) ENGINE=MERGE UNION=(part_one) INSERT_METHOD=LAST;
CREATE TABLE since_when (
  id int PRIMARY KEY, price int, since timestamp(6) GENERATED ALWAYS AS ROW START INVISIBLE COMMENT 'from', until timestamp(6) GENERATED ALWAYS AS ROW END,
  PERIOD FOR SYSTEM_TIME (since, until)
) WITH SYSTEM VERSIONING;
CREATE TABLE bookings (
  room int, booked_from date, booked_to date, price int, PERIOD FOR booked (booked_from, booked_to),
  UNIQUE KEY one_at_a_time (room, booked WITHOUT OVERLAPS), CONSTRAINT paid CHECK (price > 0)
);
CREATE TABLE rents (id int, s date, e date, PERIOD FOR p (s, e), PRIMARY KEY (id, p WITHOUT OVERLAPS), KEY (e));
CREATE TABLE by_key (a int) PARTITION BY KEY ALGORITHM=1 (a) (PARTITION x MAX_ROWS=3 MIN_ROWS=2, PARTITION y);
CREATE TABLE by_linear_key (a int) PARTITION BY LINEAR KEY (a) PARTITIONS 2;
CREATE TABLE by_texts (a int, b varchar(10)) PARTITION BY LIST COLUMNS (b) (PARTITION x VALUES IN ('it''s', NULL), PARTITION rest DEFAULT);
CREATE TABLE by_expression (b datetime NOT NULL) ENGINE=Aria PARTITION BY RANGE (to_days(b)) (PARTITION x VALUES LESS THAN (to_days('2020-01-01')), PARTITION y VALUES LESS THAN (MAXVALUE));
CREATE TABLE by_age (id int) WITH SYSTEM VERSIONING PARTITION BY SYSTEM_TIME INTERVAL 1 MONTH STARTS '2026-01-01 00:00:00' PARTITIONS 3;
CREATE TABLE by_number (id int) WITH SYSTEM VERSIONING PARTITION BY SYSTEM_TIME LIMIT 1000 (PARTITION p0 HISTORY, PARTITION p1 HISTORY, PARTITION pn CURRENT);
CREATE ALGORITHM=TEMPTABLE SQL SECURITY INVOKER VIEW listed (x, y) AS SELECT a, note FROM parents;
CREATE ALGORITHM=MERGE VIEW some AS SELECT a FROM parents WHERE a > 1 WITH CASCADED CHECK OPTION;
CREATE TABLE smiles (
  a varchar(20) DEFAULT (concat('😀', 'x)')) COMMENT 'DEFAULT (?', d varchar(20) AS (concat('😀?', a)) VIRTUAL COMMENT 'q', g varchar(9) DEFAULT 'why?' CHECK (g <> '😂'),
  h varbinary(10) NOT NULL DEFAULT x'00ff275cfe', CONSTRAINT glad CHECK (a <> '😁')
);
CREATE VIEW smiling AS SELECT '😀' AS x, a FROM smiles WHERE a <> '😁?' WITH LOCAL CHECK OPTION;
CREATE TRIGGER ${"`smile`"} BEFORE INSERT ON ${"`smiles`"} FOR EACH ROW SET NEW.g = '😀';
CREATE EVENT nightly ON SCHEDULE EVERY 1 DAY STARTS '2026-01-01 03:00:00' ENDS '2037-01-01 00:00:00' ON COMPLETION PRESERVE DISABLE COMMENT 'it''s night' DO DELETE FROM moments WHERE d < now();
CREATE EVENT often ON SCHEDULE EVERY '1:30' HOUR_MINUTE STARTS '2037-01-01 00:00:00' DO SELECT 1;
CREATE EVENT once ON SCHEDULE AT '2037-06-01 00:00:00' ON COMPLETION PRESERVE DO SELECT ';';
SET sql_mode = 'ANSI_QUOTES';
CREATE FUNCTION how_many() RETURNS int DETERMINISTIC READS SQL DATA COMMENT 'it''s "quoted"' RETURN (SELECT count(*) FROM "parents");
CREATE TRIGGER ${"`third`"} AFTER INSERT ON ${"`computed`"} FOR EACH ROW SET @last = "NEW"."a";
SET sql_mode = 'ORACLE';
DELIMITER $$
CREATE PACKAGE tools AS FUNCTION one RETURN INT; END;
$$
CREATE PACKAGE BODY tools AS FUNCTION one RETURN INT AS BEGIN RETURN 1; END; END;
$$
CREATE PROCEDURE plain(x INT) AS y INT; BEGIN SELECT 1; END;
$$
SET sql_mode = DEFAULT
$$
CREATE PROCEDURE tidy(IN a int, OUT b varchar(10) CHARSET latin1, INOUT c decimal(5,2)) MODIFIES SQL DATA SQL SECURITY INVOKER COMMENT 'it''s \\ so'
BEGIN
  -- a comment; with a semicolon
  IF a > 1 THEN SET b = 'x;y'; END IF;
  UPDATE moments SET sum = CASE WHEN sum > 1 THEN 1 ELSE 0 END;
END $$
CREATE AGGREGATE FUNCTION total(x int) RETURNS int
BEGIN
  DECLARE sum int DEFAULT 0; DECLARE CONTINUE HANDLER FOR NOT FOUND RETURN sum;
  LOOP FETCH GROUP NEXT ROW; SET sum = sum + x; END LOOP;
END $$
CREATE EVENT weekly ON SCHEDULE EVERY 1 WEEK STARTS '2026-01-01 00:00:00' DISABLE DO BEGIN DELETE FROM moments; CALL tidy(1, @b, @c); END $$
CREATE TRIGGER ${"`again`"} BEFORE INSERT ON ${"`computed`"} FOR EACH ROW SET NEW.a = NEW.a * 2 $$
CREATE TRIGGER ${"`noted`"} AFTER UPDATE ON ${"`versioned`"} FOR EACH ROW BEGIN IF NEW.price > 1 THEN SET @a = 'x;'; END IF; SET @b = 2; END $$
DELIMITER ;
`;
