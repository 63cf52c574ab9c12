import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { vi } from "vitest";
import type { Signing } from "#tests/factories/saml-provider";
import { freePort } from "#tests/harness/free-port";

/** Where Debian puts it. */
const SOURCE = "/usr/share/simplesamlphp/www";
const TOOLS = ["/usr/bin/php", `${SOURCE}/saml2/idp/SSOService.php`];

/** Why no SimpleSAMLphp can be started here; undefined where one can. */
export function simpleSamlMissing(): string | undefined {
  const missing = TOOLS.filter((tool) => !existsSync(tool));
  return missing.length > 0 ? `${missing.join(", ")} not found: run tests/peers/install.sh` : undefined;
}

/** A PHP literal of what JSON can say. */
const php = (value: unknown): string =>
  Array.isArray(value)
    ? `[${value.map(php).join(", ")}]`
    : value && typeof value === "object"
      ? `[${Object.entries(value)
          .map(([key, each]) => `${php(key)} => ${php(each)}`)
          .join(", ")}]`
      : typeof value === "string"
        ? `'${value.replace(/[\\']/g, "\\$&")}'`
        : String(value);

type Trusted = {
  entityId: string;
  acsUrl: string;
  sloUrl: string;
  /** Base64, without the lines around it. */
  certificate: string;
} & Record<string, unknown>;
type Person = { name: string; password: string; mail: string; displayName: string };

/** A SimpleSAMLphp that signs in one person, on a free port of this machine, with nothing of it in the system's folders. */
export async function startSimpleSaml(keys: Signing, person: Person) {
  const directory = await mkdtemp(join(tmpdir(), "contentos-saml-"));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  for (const folder of ["metadata", "cert", "log", "tmp", "data", "sessions"]) await mkdir(join(directory, folder));
  await writeFile(join(directory, "cert/idp.pem"), keys.privateKey);
  await writeFile(join(directory, "cert/idp.crt"), keys.certificate);
  const set = (file: string, name: string, value: unknown) =>
    writeFile(join(directory, file), `<?php\n$${name} = ${php(value)};\n`);
  await set("config.php", "config", {
    baseurlpath: `${url}/`,
    certdir: `${directory}/cert/`,
    loggingdir: `${directory}/log/`,
    datadir: `${directory}/data/`,
    tempdir: `${directory}/tmp`,
    timezone: "UTC",
    secretsalt: "of these tests alone, and of nothing else",
    "auth.adminpassword": "none of these tests signs in as this",
    technicalcontact_name: "Tests",
    technicalcontact_email: "na@example.org",
    "logging.handler": "file",
    "logging.level": 7,
    "enable.saml20-idp": true,
    "module.enable": { exampleauth: true, core: true, saml: true },
    "session.phpsession.savepath": `${directory}/sessions`,
    "session.cookie.secure": false,
    "session.cookie.samesite": "Lax",
    "session.phpsession.cookiename": "SimpleSAML",
    "session.duration": 3_600,
    "session.datastore.timeout": 3_600,
    "session.state.timeout": 3_600,
    "store.type": "phpsession",
    "metadata.sources": [{ type: "flatfile", directory: `${directory}/metadata` }],
    "language.default": "en",
    "language.available": ["en"],
    "theme.use": "default",
    assets: { caching: { max_age: 86_400, etag: false } },
  });
  await set("authsources.php", "config", {
    people: {
      0: "exampleauth:UserPass",
      [`${person.name}:${person.password}`]: {
        uid: [person.name],
        mail: [person.mail],
        displayName: [person.displayName],
      },
    },
  });
  await set("metadata/saml20-idp-hosted.php", "metadata", {
    [`${url}/idp`]: {
      host: "__DEFAULT__",
      privatekey: "idp.pem",
      certificate: "idp.crt",
      auth: "people",
      "saml20.sign.assertion": true,
      "sign.logout": true,
      NameIDFormat: "urn:oasis:names:tc:SAML:2.0:nameid-format:transient",
    },
  });

  // What it is told of a service changes between tests, sooner than a cache of files would see.
  const child = spawn("php", ["-d", "opcache.enable=0", "-S", `127.0.0.1:${port}`, "-t", SOURCE], {
    stdio: "ignore",
    env: { ...process.env, SIMPLESAMLPHP_CONFIG_DIR: directory },
  });
  const metadata = () => fetch(`${url}/saml2/idp/metadata.php?output=xml`);
  await vi.waitFor(
    async () => {
      if (!(await metadata()).ok) throw new Error("SimpleSAMLphp does not answer yet");
    },
    { timeout: 30_000, interval: 100 },
  );

  return {
    url,
    metadata: async () => (await metadata()).text(),
    /** What a provider is told of a service, as an operator would from its metadata. */
    trust: ({ entityId, acsUrl, sloUrl, certificate, ...more }: Trusted) =>
      set("metadata/saml20-sp-remote.php", "metadata", {
        [entityId]: {
          AssertionConsumerService: acsUrl,
          SingleLogoutService: sloUrl,
          "simplesaml.attributes": true,
          "validate.authnrequest": true,
          "validate.logout": true,
          keys: [{ type: "X509Certificate", signing: true, encryption: true, X509Certificate: certificate }],
          ...more,
        },
      }),
    browser: () => browser(person),
    async close() {
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      await ended;
      await rm(directory, { recursive: true, force: true });
    },
  };
}

const unescaped = (text: string) =>
  text
    .replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))
    .replaceAll("&quot;", '"')
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
const fieldsIn = (html: string) =>
  Object.fromEntries(
    [...html.matchAll(/<input[^>]*>/g)].flatMap(([input]) => {
      const name = /\bname="([^"]*)"/.exec(input)?.[1];
      return name ? [[name, unescaped(/\bvalue="([^"]*)"/.exec(input)?.[1] ?? "")]] : [];
    }),
  );

/** As a browser does it: follows, keeps cookies, fills in the form, and stops where it is sent to another site. */
function browser(person: Person) {
  const cookies = new Map<string, string>();
  async function ask(address: string, init: RequestInit = {}): Promise<{ url: string; html: string }> {
    if (!address.startsWith("http://127.0.0.1:")) return { url: address, html: "" };
    const answer = await fetch(address, {
      ...init,
      redirect: "manual",
      headers: { ...init.headers, cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join("; ") },
    });
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie)!;
      cookies.set(name!, value!);
    }
    const location = answer.headers.get("location");
    if (location) return ask(new URL(location, address).href);
    return { url: address, html: await answer.text() };
  }
  return {
    ask,
    /** @returns the form that is to be posted back to us */
    async signIn(start: string, password = person.password) {
      const form = await ask(start);
      const body = new URLSearchParams({ ...fieldsIn(form.html), username: person.name, password });
      const { html } = await ask(form.url, { method: "POST", body });
      const { SAMLResponse, RelayState } = fieldsIn(html);
      return { response: SAMLResponse, relayState: RelayState, html, asked: form };
    },
  };
}
