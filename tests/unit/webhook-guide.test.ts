import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newWebhookSecret, signedHeaders } from "@/platform/standard-webhooks";

/** The examples of docs/guides/events-by-webhook.md, as a reader would copy them. */
const guide = readFileSync("docs/guides/events-by-webhook.md", "utf8");
const example = (language: string) => new RegExp(`^\`\`\`${language} verify\\n(.*?)^\`\`\``, "ms").exec(guide)![1]!;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "contentos-guide-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const [secret, other] = [newWebhookSecret(), newWebhookSecret()];
const body = JSON.stringify({ type: "ping", data: { text: "Grüße" } });
const headersAt = (at: Date, secrets: [string, ...string[]] = [secret]) =>
  signedHeaders(secrets, { id: "msg_1", at, body });
const cases = () => {
  const now = new Date();
  return [
    [secret, headersAt(now), body],
    [secret, headersAt(now, [other, secret]), body],
    [other, headersAt(now), body],
    [secret, headersAt(now), `${body} `],
    [secret, headersAt(new Date(now.getTime() - 600_000)), body],
  ];
};
const RIGHT = [true, true, false, false, false];

function answersOf(command: string, args: string[]): boolean[] {
  const { stdout, stderr } = spawnSync(command, args, { encoding: "utf8", input: JSON.stringify(cases()) });
  if (!stdout) throw new Error(stderr);
  return JSON.parse(stdout);
}

describe("the guide's example", () => {
  test("in Node tells what is to be trusted", () => {
    const file = join(folder, "verify.mjs");
    const last = 'const cases = JSON.parse((await import("node:fs")).readFileSync(0, "utf8"));';
    writeFileSync(
      file,
      `${example("js")}\n${last}\nconsole.log(JSON.stringify(cases.map((one) => verify(...one))));\n`,
    );
    expect(answersOf(process.execPath, [file])).toEqual(RIGHT);
  });

  const hasPython = spawnSync("python3", ["--version"]).status === 0;
  test.runIf(hasPython)("in Python tells the same", () => {
    const file = join(folder, "verify.py");
    const last = "import json, sys\nprint(json.dumps([verify(*one) for one in json.load(sys.stdin)]))\n";
    writeFileSync(file, `${example("python")}\n${last}`);
    expect(answersOf("python3", [file])).toEqual(RIGHT);
  });
});
