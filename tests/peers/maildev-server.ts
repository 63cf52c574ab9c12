import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { freePort } from "#tests/harness/free-port";

const BINARY = "tests/peers/maildev/node_modules/maildev/bin/maildev";

/** Why it can't be talked to; undefined where it can. */
export const maildevMissing = () =>
  existsSync(BINARY) ? undefined : "maildev is not installed: sh tests/peers/install.sh";

export type Received = {
  subject: string;
  html?: string;
  text?: string;
  headers: Record<string, string>;
  to: { address: string }[];
};

/** A real SMTP server, which shows what it got over HTTP. */
export async function startMaildev() {
  const [smtp, web] = [await freePort(), await freePort()];
  const args = ["--ip", "127.0.0.1", "--smtp", String(smtp), "--web", String(web), "--web-ip", "127.0.0.1", "--silent"];
  const child = spawn(process.execPath, [BINARY, ...args], { stdio: "ignore" });
  const list = async () => (await (await fetch(`http://127.0.0.1:${web}/email`)).json()) as Received[];
  for (let tries = 0; ; tries++) {
    const ready = await list().then(
      () => true,
      () => false,
    );
    if (ready) break;
    if (tries === 100) throw new Error("maildev did not start");
    await delay(100);
  }
  return { smtpUrl: `smtp://127.0.0.1:${smtp}`, list, stop: () => void child.kill() };
}
