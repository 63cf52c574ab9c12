const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;
/** Such as node-postgres takes them; `require` and the lesser ones don't say with whom one speaks (libpq, SSL Support). */
const PROVED = new Set(["verify-ca", "verify-full"]);

/** Whether what is sent to this address could be read on the way; undefined for what is none, and on this machine nobody can. */
export function inTheClear(value: string): boolean | undefined {
  if (!/^(https?|smtps?|postgres(ql)?):\/\//.test(value) || !URL.canParse(value)) return undefined;
  const { protocol, hostname, searchParams } = new URL(value);
  if (LOOPBACK.test(hostname)) return false;
  if (protocol === "smtp:") return searchParams.get("requireTLS") !== "true";
  if (protocol.startsWith("postgres")) return !PROVED.has(searchParams.get("sslmode") ?? "");
  return protocol === "http:";
}
