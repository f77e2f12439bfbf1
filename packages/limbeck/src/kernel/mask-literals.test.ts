import { describe, expect, it } from "vitest";
import { maskLiterals } from "./mask-literals.ts";

describe("maskLiterals", () => {
  it.each([
    [`connection: { password: "topsecret" }, x: "y"`, `connection: { password: "*********" }, x: "y"`],
    [`  "db-passwd" : 'it\\'s', a: 'b'`, `  "db-passwd" : '*****', a: 'b'`],
    ["const authToken: string = `a${b}c`; const c = 'd';", "const authToken: string = `******`; const c = 'd';"],
    [`PWD: env.PWD ?? "sec", b: "c"`, `PWD: env.PWD ?? "***", b: "c"`],
    [`apiKey: isLocal ? "one" : 'two'`, `apiKey: isLocal ? "***" : '***'`],
    [`clientSecret: () => "sec"`, `clientSecret: () => "***"`],
    [`password: "topsecret`, `password: "*********`],
    [`/* don't */ password: "it's"`, `/* don't */ password: "****"`],
    [`// password: "old"`, `// password: "***"`],
    [`a["password"] = "sec"`, `a["password"] = "***"`],
  ])("hides what is secret in %s", (line, masked) => {
    expect(maskLiterals(line)).toBe(masked);
    expect(maskLiterals(line)).toHaveLength(line.length);
  });

  it.each([`url: "sqlite:todo.db", models: "./models.ts"`, "passwordFile,", `import { secret } from "./secret.ts";`])(
    "leaves %s as it is",
    (line) => {
      expect(maskLiterals(line)).toBe(line);
    },
  );
});
