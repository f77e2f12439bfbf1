import { describe, expect, it } from "vitest";
import { listErrorCatalogue } from "../kernel/errors/catalogue.ts";
import { COMMANDS } from "./command-catalogue.ts";
import { runInFakeWorld } from "./fake-world.ts";

const run = (line: string) => runInFakeWorld(line.split(" ").filter((word) => word !== ""));

describe("limbeck without a command", () => {
  it("shows the help on stderr and fails, because nothing was asked", async () => {
    const { exitCode, stdout, stderr } = await run("");
    expect(exitCode).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toContain("Usage: limbeck COMMAND [options]");
  });

  it.each(["--help", "-h", "help", "--json --help"])("shows the help on stdout when asked for it: %s", async (line) => {
    const { exitCode, stdout, stderr } = await run(line);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    const missing = Object.keys(COMMANDS).filter((name) => !new RegExp(`^  ${name}\\b`, "m").test(stdout));
    expect(missing).toEqual([]);
  });

  it("prints its version alone", async () => {
    expect(await run("--version")).toMatchObject({ exitCode: 0, stdout: "1.2.3\n", stderr: "" });
    expect(await run("upgrade --version")).toMatchObject({ exitCode: 0, stdout: "1.2.3\n", stderr: "" });
  });
});

describe("the help of a command", () => {
  it.each(Object.keys(COMMANDS))("of %s keeps to 80 columns and shows an example", async (name) => {
    const { exitCode, stdout } = await run(`${name} --help`);
    expect(exitCode).toBe(0);
    expect(stdout).toContain(`Usage: limbeck ${name} `);
    expect(stdout).toMatch(/\nExamples\n {2}limbeck /);
    expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
  });

  it("can be asked for in three ways", async () => {
    const { stdout } = await run("upgrade --help");
    expect((await run("upgrade head --sql -h")).stdout).toBe(stdout);
    expect((await run("help upgrade")).stdout).toBe(stdout);
  });
});

describe("a wrong command line", () => {
  it.each<readonly [line: string, code: string, says: string]>([
    ["upgrad head", "LB0002", 'Did you mean "upgrade"?'],
    ["xyzzy", "LB0002", 'There is no command "xyzzy".'],
    ["constructor", "LB0002", 'There is no command "constructor".'],
    ["push", "LB0003", 'limbeck revision -m "..." --autogenerate'],
    ["migrate dev --name x", "LB0003", '"migrate dev" is not a command of Limbeck.'],
    ["--json-ish rollback", "LB0003", "limbeck downgrade -1"],
    ["upgrade head --sqll", "LB0004", "Did you mean --sql?"],
    ["upgrade head --dryrun", "LB0004", "Did you mean --dry-run?"],
    ["history -z", "LB0004", "limbeck history has no option -z."],
    ["revision -m", "LB0005", "It stands at the end of the line."],
    ["revision -m --autogenerate", "LB0005", "It is followed by --autogenerate."],
    ["status --check=perhaps", "LB0006", 'was given "perhaps"'],
    ["history -r a: -r b:", "LB0007", 'With "a:" and "b:".'],
    ["revision", "LB0008", "limbeck revision needs --message."],
    ["upgrade head --sql --dry-run", "LB0009", "--sql and --dry-run of limbeck upgrade don't go together."],
    ["downgrade -1 --sql --dry-run", "LB0009", "--sql and --dry-run of limbeck downgrade don't go together."],
    ["upgrade", "LB0010", "limbeck upgrade head"],
    ["downgrade", "LB0010", "limbeck downgrade -1"],
    ["stamp", "LB0010", "limbeck stamp needs a REV."],
    ["show", "LB0010", "limbeck show head"],
    ["explain", "LB0010", "limbeck explain --list"],
    ["status now", "LB0011", 'limbeck status does not know what to do with "now".'],
    ["upgrade head base", "LB0011", "It takes one argument, and there was one already."],
  ])("%s gives %s", async (line, code, says) => {
    const plain = await run(line);
    expect(plain).toMatchObject({ exitCode: 2, stdout: "" });
    expect(plain.stderr).toContain(`✖ ${code} `);
    expect(plain.stderr).toContain(`limbeck explain ${code}`);
    // Where a line is broken does not matter here.
    expect(plain.stderr.replaceAll(/\n +/g, " ")).toContain(says);
    const inJson = await runInFakeWorld(["--json", ...line.split(" ")]);
    expect(inJson).toMatchObject({ exitCode: 2, stderr: "" });
    expect(JSON.parse(inJson.stdout)).toMatchObject({ ok: false, error: { code } });
  });

  it("that names no command is an error in JSON, and the help for people", async () => {
    expect(JSON.parse((await run("--json --config x.ts")).stdout)).toMatchObject({
      ok: false,
      error: { code: "LB0001" },
    });
    expect((await run("--config x.ts")).stderr).toContain("Usage: limbeck COMMAND");
  });

  it("names the command in JSON only when there is such a command", async () => {
    expect(JSON.parse((await run("--json upgrade")).stdout)).toMatchObject({ command: "upgrade" });
    expect(JSON.parse((await run("--json upgrad")).stdout)).toMatchObject({ command: null });
  });

  it("gives the whole error in JSON", async () => {
    expect(JSON.parse((await run("upgrade --foo --json")).stdout)).toEqual({
      ok: false,
      command: "upgrade",
      error: {
        code: "LB0004",
        reason: "unknownFlag",
        title: "limbeck upgrade has no option --foo.",
        why: "",
        fix: ["limbeck upgrade --help"],
        context: { command: "upgrade", flag: "--foo" },
      },
    });
  });
});

describe("explain", () => {
  it("explains every code that it lists", async () => {
    const { stdout } = await run("explain --list");
    const codes = Array.from(stdout.matchAll(/^(LB\d{4}) {2}\S/gm), ([, code = ""]) => code);
    expect(codes).toEqual(listErrorCatalogue().map(({ code }) => code));
    const explained = await Promise.all(codes.map((code) => run(`explain ${code}`)));
    expect(explained.map(({ stdout: text }) => text.slice(0, 8))).toEqual(codes.map((code) => `${code}: `));
    expect(explained.filter(({ exitCode }) => exitCode !== 0)).toEqual([]);
  });

  it("wraps the explanation and names the exit code", async () => {
    expect((await run("explain LB0001")).stdout).toBe(
      [
        "LB0001: missing command",
        "",
        "A command line names one command: `limbeck COMMAND`. `limbeck --help` lists them",
        "all.",
        "",
        "Exit code 2 (usage).",
        "",
      ].join("\n"),
    );
  });

  it("takes a code in any case and refuses one that does not exist", async () => {
    expect((await run("explain lb0301")).stdout).toMatch(/^LB0301: unknown revision\n/);
    expect((await run("explain LB4711")).exitCode).toBe(2);
  });
});
