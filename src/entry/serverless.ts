import { parseConfig } from "@/platform/config";
import { StartError } from "@/platform/errors";
import { OWN_SITE } from "@/platform/host";
import { noStorage } from "@/platform/storage/none";
import { createRuntime, type Runtime } from "./runtime";

/** One runtime for all functions that share a process, made by the first request: a build opens no database. */
const shared = globalThis as typeof globalThis & { contentosRuntime?: Promise<Runtime> | undefined };

/**
 * Where functions run, nothing is kept on disk and no server can be started: both have to be given.
 * @throws StartError that names what is missing
 */
export async function startServerless(environment: Record<string, string | undefined>): Promise<Runtime> {
  const config = parseConfig(environment);
  const { appUrl, authUrl, workerUrl, sessionUrl } = config.database;
  const missing = Object.entries({
    DATABASE_APP_URL: appUrl,
    DATABASE_AUTH_URL: authUrl,
    CONTENTOS_SECRET: config.secret,
  })
    .filter(([, value]) => value === undefined)
    .map(([name]) => name);
  if (!appUrl || !authUrl || !config.secret) {
    throw new StartError(
      `${missing.join(" and ")} ${missing.length > 1 ? "are" : "is"} not set: functions have no embedded database and keep no secret, so set what \`npm run migrate\` was run with.`,
    );
  }
  return createRuntime({
    config,
    secret: config.secret,
    // No worker runs here; its jobs are queued over the app's log-in.
    urls: { app: appUrl, auth: authUrl, worker: workerUrl ?? appUrl, session: sessionUrl ?? workerUrl ?? appUrl },
    // What a function writes to its disk is gone with it.
    ...(!config.s3 && { storage: noStorage }),
    // Vercel writes this header itself and drops what a client sent in it. Elsewhere nobody vouches for one.
    clientAddress: (request) => (environment.VERCEL && request.headers.get("x-real-ip")) || "unknown",
  });
}

async function answer(request: Request): Promise<Response> {
  shared.contentosRuntime ??= startServerless(process.env);
  const starting = shared.contentosRuntime;
  try {
    await starting;
  } catch (error) {
    // The next request tries again: the database may have been away.
    if (shared.contentosRuntime === starting) shared.contentosRuntime = undefined;
    console.error(error instanceof StartError ? error.message : error);
    return notReady();
  }
  const { app, publicUrl } = await starting;
  const env = { unknownHost: false };
  const answered = await app.fetch(request, env);
  // Whoever comes by a name that nobody has proved wants the application: its other pages answer there by themselves.
  return env.unknownHost && isHome(request) ? toApplication(publicUrl) : answered;
}

/** As it was asked for, or as `src/proxy.ts` has put it. */
const isHome = ({ url }: Request) => ["/", `/s/${OWN_SITE}`].includes(new URL(url).pathname);

const toApplication = (publicUrl: string) =>
  new Response(null, { status: 307, headers: { Location: publicUrl, "Cache-Control": "no-store" } });

const notReady = () =>
  Response.json(
    {
      type: "urn:contentos:problem:overloaded",
      title: "Overloaded",
      status: 503,
      code: "overloaded",
      detail: "ContentOS could not start here; its log says why. Try again later.",
      requestId: crypto.randomUUID(),
    },
    {
      status: 503,
      headers: {
        "Content-Type": "application/problem+json; charset=utf-8",
        "Retry-After": "5",
        "Cache-Control": "private, no-store",
      },
    },
  );

export {
  answer as DELETE,
  answer as GET,
  answer as HEAD,
  answer as OPTIONS,
  answer as PATCH,
  answer as POST,
  answer as PUT,
};
