import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { freePort } from "#tests/harness/free-port";

const BINARY = "tests/peers/stripe-mock/stripe-mock";

/** Why it can't be talked to; undefined where it can. */
export const stripeMockMissing = () =>
  existsSync(BINARY) ? undefined : "stripe-mock is not installed, which takes Go: sh tests/peers/install.sh";

/** Stripe's own mock, which holds each request against Stripe's description of its API; it has no memory. */
export async function startStripeMock() {
  const address = `127.0.0.1:${await freePort()}`;
  const child = spawn(BINARY, ["-http-addr", address], { stdio: "ignore" });
  const url = `http://${address}`;
  for (let tries = 0; ; tries++) {
    const ready = await fetch(url).then(
      () => true,
      () => false,
    );
    if (ready) break;
    if (tries === 200) throw new Error("stripe-mock did not start");
    await delay(100);
  }
  return { url, stop: () => void child.kill() };
}
