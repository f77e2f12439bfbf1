import { describe, expect, it } from "vitest";
import { maskSecrets } from "./mask-secrets.ts";

describe("masking secrets", () => {
  it.each([
    ["CREATE ROLE app LOGIN PASSWORD 's3cret'", "CREATE ROLE app LOGIN PASSWORD '***'"],
    ["ALTER ROLE app ENCRYPTED PASSWORD 'it''s'", "ALTER ROLE app ENCRYPTED PASSWORD '***'"],
    ["CREATE USER a IDENTIFIED BY 'x' REQUIRE SSL", "CREATE USER a IDENTIFIED BY '***' REQUIRE SSL"],
    ["CREATE USER a IDENTIFIED VIA ed25519 USING 'x'", "CREATE USER a IDENTIFIED VIA ed25519 USING '***'"],
    ["EXECUTE 'CREATE ROLE a PASSWORD ''x'' LOGIN'", "EXECUTE 'CREATE ROLE a PASSWORD '***' LOGIN'"],
    ["SET PASSWORD = 'x'", "SET PASSWORD = '***'"],
    ["CREATE USER 'app'IDENTIFIED BY 'x'", "CREATE USER 'app'IDENTIFIED BY '***'"],
    ["near 'IDENTIFIED BY 'x''", "near 'IDENTIFIED BY '***''"],
    [`ALTER ROLE "a"PASSWORD 'x'`, `ALTER ROLE "a"PASSWORD '***'`],
    [`PREPARE s FROM "PASSWORD 'x'"`, `PREPARE s FROM "PASSWORD '***'"`],
    ["EXECUTE 'PASSWORD ''x'''", "EXECUTE 'PASSWORD '***''"],
    [`CREATE USER a IDENTIFIED BY "x y" REQUIRE SSL`, "CREATE USER a IDENTIFIED BY '***' REQUIRE SSL"],
    [`SET PASSWORD FOR a = PASSWORD("x")`, "SET PASSWORD FOR a = PASSWORD('***')"],
    [String.raw`CREATE USER a IDENTIFIED BY 'x\'y' REQUIRE SSL`, "CREATE USER a IDENTIFIED BY '***' REQUIRE SSL"],
    [String.raw`ALTER ROLE a PASSWORD 'x\' LOGIN`, "ALTER ROLE a PASSWORD '***' LOGIN"],
    [String.raw`ALTER ROLE a PASSWORD E'x\'y' LOGIN`, "ALTER ROLE a PASSWORD '***' LOGIN"],
    ["ALTER ROLE a PASSWORD U&'x' LOGIN", "ALTER ROLE a PASSWORD '***' LOGIN"],
    ["ALTER ROLE a PASSWORD $$x'y$$ LOGIN", "ALTER ROLE a PASSWORD '***' LOGIN"],
    ["ALTER ROLE a PASSWORD $of$x$$y$of$ LOGIN", "ALTER ROLE a PASSWORD '***' LOGIN"],
    ["UPDATE users SET password = 'x' WHERE id = 1", "UPDATE users SET password = '***' WHERE id = 1"],
    ["SELECT dblink('host=db password=x user=a')", "SELECT dblink('host=db password=*** user=a')"],
    ["could not reach postgres://ann:s3cret@db/app", "could not reach postgres://ann:***@db/app"],
  ])("takes them out of %s", (text, masked) => {
    expect(maskSecrets(text)).toBe(masked);
  });

  it.each([
    "SELECT password, 'secret' FROM users",
    "UPDATE users SET password = lower(password) WHERE password IS NULL",
    "UPDATE users SET password=? WHERE id=$1",
    `UPDATE users SET password = "former", former = "password"`,
    `ALTER TABLE users ADD COLUMN password "secret_text"`,
    "INSERT INTO links VALUES ('https://example.com/a:b@c')",
    "sqlite:/srv/app.db",
    "Field 'password' doesn't have a default value",
    "Unknown column 'password' in 'SELECT'",
    "the column `password` is missing in 'users'",
  ])("leaves %s as it is", (text) => {
    expect(maskSecrets(text)).toBe(text);
  });
});
