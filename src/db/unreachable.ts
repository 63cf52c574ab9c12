import { StartError } from "@/platform/errors";

const REASONS: Record<string, string> = {
  ECONNREFUSED: "nothing answers there: start the server, or correct the address",
  ENOTFOUND: "its host is not known: correct the address",
  EAI_AGAIN: "its host is not known: correct the address",
  ECONNRESET: "what answers there is no Postgres server, or ends the connection: correct the address",
  ETIMEDOUT: "it does not answer: open the way to it, or correct the address",
  "28P01": "it refuses the password: correct the user or the password",
  "28000": "it refuses this user from here: correct the user, or let it in by pg_hba.conf",
  "3D000": "it has no such database: create the database, or correct the name",
  "42501": "the user may not do what a migration needs: make it the owner of the database",
  "53300": "it has no free connection: raise max_connections, or end other clients",
};

const BY_MESSAGE: [RegExp, string][] = [
  [/timeout/i, "ETIMEDOUT"],
  [/Connection terminated|unexpected message|Received unexpected/i, "ECONNRESET"],
];

/** Turns the driver's error into the sentence that a start ends with; what is no such error stays as it is. */
export function explainUnreachable(error: unknown, url: string, name = "DATABASE_URL"): unknown {
  if (error instanceof StartError) return error;
  const { code = "", message = "" } = (error ?? {}) as { code?: string; message?: string };
  const reason = REASONS[code] ?? REASONS[BY_MESSAGE.find(([pattern]) => pattern.test(message))?.[1] ?? ""];
  if (!reason) return error;
  const { hostname, port, pathname, username } = new URL(url);
  const at = `${username}@${hostname}:${port || 5432}${pathname}`;
  return new StartError(`The database of ${name} (${at}) can't be used, since ${reason}.`, { cause: error });
}
