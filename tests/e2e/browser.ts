import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

const CANDIDATES = [
  process.env.CHROMIUM_PATH,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
];
const executablePath = CANDIDATES.find((path) => path && existsSync(path));

/** Why the browser's tests are skipped; undefined where they run. */
export const browserMissing = executablePath ? undefined : "no Chromium was found (set CHROMIUM_PATH)";

const ARGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** @param more arguments, such as where names lead */
export const openBrowser = (more: string[] = []): Promise<Browser> =>
  chromium.launch({ executablePath: executablePath!, args: [...ARGS, ...more] });
