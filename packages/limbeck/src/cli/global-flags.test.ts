import { describe, expect, it } from "vitest";
import { listRepeated } from "./global-flags.ts";
import { copyable } from "./render/copyable.ts";
import { chooseStyle } from "./style.ts";

describe("what a command that is there to be copied says of project and database", () => {
  it.each([
    ["sqlite:copy.db", "--url sqlite:copy.db"],
    ["postgres://me@host/app", "--url postgres://me@host/app"],
    ["postgres://me:secret@host/app", '--url "postgres://me:***@host/app"'],
    ["postgres://me:it's@host/app", '--url "postgres://me:***@host/app"'],
    ["postgres://me:a@b/c@host/app", '--url "postgres://me:***@host/app"'],
    ["postgres://me@host/app?password=a$bc", '--url "postgres://me@host/app?password=***"'],
    ["libsql://host?authToken=secret&x=1", '--url "libsql://host?authToken=***&x=1"'],
  ])("%s", (url, expected) => {
    expect(listRepeated({ config: undefined, url, xArg: undefined })).toEqual([expected]);
  });

  it("is not another URL than that which the command is about", () => {
    const repeated = listRepeated({ config: "a.ts", url: "sqlite:b.db", xArg: undefined });
    const stream = { write: () => undefined, isTTY: false, columns: undefined };
    const style = chooseStyle(stream, { env: {}, noColor: true, ascii: false, repeated });
    expect(copyable("limbeck current --url sqlite:c.db", style)).toBe(
      "limbeck --config a.ts current --url sqlite:c.db",
    );
    expect(copyable("limbeck status", style)).toBe("limbeck --config a.ts --url sqlite:b.db status");
  });

  it.each([
    ["npx limbeck", { npm_command: "exec", npm_lifecycle_event: "npx" }, "npx limbeck -x db=main status"],
    ["npm run db-status", { npm_command: "run-script", npm_lifecycle_event: "db-status" }, "limbeck -x db=main status"],
    ["limbeck", {}, "limbeck -x db=main status"],
  ])("begins as the user began, with %s", (_, env, expected) => {
    const repeated = listRepeated({ config: undefined, url: undefined, xArg: ["db=main"] });
    const stream = { write: () => undefined, isTTY: false, columns: undefined };
    const style = chooseStyle(stream, { env, noColor: true, ascii: false, repeated });
    expect(copyable("limbeck status", style)).toBe(expected);
    expect(copyable("PGPASSWORD=... limbeck status", style)).toBe(`PGPASSWORD=... ${expected}`);
    expect(copyable("npm install limbeck", style)).toBe("npm install limbeck");
  });
});
