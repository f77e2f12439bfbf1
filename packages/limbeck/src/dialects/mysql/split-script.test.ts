import { describe, expect, it } from "vitest";
import { commitsImplicitly, splitScript } from "./split-script.ts";

const split = (script: string): readonly string[] => splitScript(script).map(({ sql }) => sql);

describe("splitScript of MySQL and MariaDB", () => {
  it("ends statements at semicolons outside of texts, names and comments", () => {
    expect(split('SELECT \'a;\\\'; b\', "c;""d", `e;``f` -- g;\n; # h;\nSELECT 1 /* i; */; SELECT 5--1;\n')).toEqual([
      'SELECT \'a;\\\'; b\', "c;""d", `e;``f`',
      "SELECT 1",
      "SELECT 5--1",
    ]);
  });

  it("keeps bodies whole, with and without DELIMITER", () => {
    const body =
      "CREATE DEFINER=`me`@`%` TRIGGER t BEFORE INSERT ON a FOR EACH ROW BEGIN IF NEW.x THEN SET NEW.x = CASE NEW.x WHEN 1 THEN 2 ELSE 3 END; END IF; " +
      "WHILE NEW.x DO SET NEW.x = 0; END WHILE; CASE NEW.x WHEN 1 THEN SET NEW.x = 2; ELSE BEGIN END; END CASE; END";
    expect(split(`${body}; SELECT 1`)).toEqual([body, "SELECT 1"]);
    expect(split(`DELIMITER $$\n${body}$$\nSELECT 2 $$\nDELIMITER ;\nSELECT 1`)).toEqual([
      "DELIMITER $$",
      body,
      "SELECT 2",
      "DELIMITER ;",
      "SELECT 1",
    ]);
    expect(split("CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW SET NEW.x = 1; SELECT 1")).toHaveLength(2);
    expect(split("BEGIN NOT ATOMIC SELECT 1; SELECT 2; END; SELECT 3")).toHaveLength(2);
  });

  it("reads dumps: executable comments are statements, settings and locks are passed over", () => {
    const dump = [
      "/*M!999999\\- enable the sandbox mode */ ",
      "-- MariaDB dump 10.19",
      "/*!40101 SET NAMES utf8mb4 */;",
      "DROP TABLE IF EXISTS `a`;",
      "CREATE TABLE `a` (\n  `id` int(11)\n) ENGINE=InnoDB;",
      "LOCK TABLES `a` WRITE;",
      "/*!50001 CREATE VIEW `v` AS SELECT 1 */;",
      "UNLOCK TABLES;",
    ].join("\n");
    expect(splitScript(dump).map(({ sql, purpose, line }) => [purpose, line, sql.replaceAll(/\s+/g, " ")])).toEqual([
      ["ignored", 3, "/*!40101 SET NAMES utf8mb4 */"],
      ["schema", 4, "DROP TABLE IF EXISTS `a`"],
      ["schema", 5, "CREATE TABLE `a` ( `id` int(11) ) ENGINE=InnoDB"],
      ["ignored", 8, "LOCK TABLES `a` WRITE"],
      ["schema", 9, "/*!50001 CREATE VIEW `v` AS SELECT 1 */"],
      ["ignored", 10, "UNLOCK TABLES"],
    ]);
  });

  it.each([
    ["BEGIN", "transaction"],
    ["START TRANSACTION READ ONLY", "transaction"],
    ["COMMIT", "transaction"],
    ["ROLLBACK", "transaction"],
    ["ROLLBACK TO SAVEPOINT a", "other"],
    ["ROLLBACK WORK TO a", "other"],
    ["SAVEPOINT a", "other"],
    ["CREATE OR REPLACE TABLE t (a int)", "schema"],
    ["RENAME TABLE a TO b", "schema"],
    ["CREATE TEMPORARY TABLE t (a int)", "other"],
    ["CREATE DATABASE d", "ignored"],
    ["GRANT ALL ON a TO b", "ignored"],
    ["INSERT INTO a VALUES (1)", "other"],
  ])("takes %s for %s", (sql, purpose) => {
    expect(splitScript(sql)).toMatchObject([{ sql, purpose }]);
  });

  it.each([
    ["SELECT 1;\n SELECT 'a", 2, "the quotation mark '"],
    ["SELECT `a", 1, "the quotation mark `"],
    ["SELECT 1 /* a", 1, "the comment"],
  ])("refuses %s, which is not closed", (script, line, missing) => {
    expect(() => splitScript(script)).toThrow(
      expect.objectContaining({ reason: "unfinishedScript", context: { line, missing } }),
    );
  });
});

describe("commitsImplicitly", () => {
  it.each([
    "CREATE TABLE a (b int)",
    "/* a */ ALTER TABLE a ADD b int",
    "DROP VIEW v",
    "TRUNCATE a",
    "RENAME TABLE a TO b",
  ])("says so of %s", (sql) => expect(commitsImplicitly(sql)).toBe(true));

  it.each([
    "INSERT INTO a VALUES (1)",
    "CREATE TEMPORARY TABLE a (b int)",
    "DROP TEMPORARY TABLE a",
    "UPDATE a SET b = 'DROP'",
  ])("denies it of %s", (sql) => expect(commitsImplicitly(sql)).toBe(false));
});
