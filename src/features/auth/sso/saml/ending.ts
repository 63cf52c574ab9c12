import type { Clock } from "@/platform/clock";
import { type Keyring, newToken } from "@/platform/secrets";
import { sessionEnded } from "../../ground";
import * as shared from "../../queries";
import { openAlone, sealAlone } from "../../sealed";
import * as sso from "../queries";
import { UNDERWAY_MS } from "../shared";
import type { SamlKeys } from "./keys";
import { hear, nameKey, requestUrl, responseUrl } from "./log-out";
import * as queries from "./queries";
import { Saml } from "./refusals";
import type { Known, Provider, ServiceProvider } from "./response";

const ASKED = "saml-log-out";
/** What a provider wants back may be longer than the 80 bytes of the standard, but not without end. */
const MAX_RELAY = 2_000;

/** What the provider calls somebody, by the session that it opened here. */
type Seal = {
  known: (sessionId: string, known: Known) => Buffer;
  open: (sessionId: string, sealed: Buffer) => Known;
};
type Deps = {
  db: shared.AuthDb;
  clock: Clock;
  keys: SamlKeys;
  seal: Seal;
  partiesOf: (connection: sso.Connection) => { provider: Provider; here: ServiceProvider };
  requireNew: (connection: sso.Connection, id: string, expiresAt: Date) => Promise<void>;
};

/** Single log-out: a session ends with the provider's own, whichever side begins. */
export function createEnding({ db, clock, keys, seal, partiesOf, requireNew }: Deps) {
  const to = async (connection: sso.Connection, sloUrl: string, relayState: string) => ({
    ...partiesOf(connection),
    sloUrl,
    relayState,
    requestId: `_${newToken()}`,
    signing: await keys.signer(),
  });

  /** Null where the provider takes no such requests, or none opened the session. */
  async function urlToAsk(sessionId: string): Promise<string | null> {
    const kept = await queries.findSubject(db, sessionId);
    const connection = kept && (await sso.findConnection(db, kept.connectionId));
    if (!kept || !connection?.sloUrl) return null;
    const asking = await to(connection, connection.sloUrl, newToken());
    const at = clock.now();
    const expiresAt = new Date(at.getTime() + UNDERWAY_MS);
    const once = { purpose: ASKED, token: asking.relayState, value: asking.requestId, at, expiresAt };
    await shared.keepOnce(db, once);
    return requestUrl(asking, seal.open(sessionId, kept.sealedSubject));
  }

  return {
    /** @returns where the browser goes to sign out at the provider as well */
    async logoutSso(sessionId: string) {
      const url = await urlToAsk(sessionId);
      if (!(await shared.removeSession(db, sessionId))) throw sessionEnded();
      return { url };
    },

    /**
     * What a browser brings from the provider: a request to end sessions, which is done and answered, or its answer to ours.
     * @returns where the browser goes on to. @throws AppError `sso_refused`
     */
    async hearLogOut(workspaceId: string, query: string): Promise<string> {
      const connection = await sso.findSamlConnection(db, workspaceId);
      if (!connection) throw Saml.notSetUp();
      const now = clock.now();
      const heard = await hear(query, { ...partiesOf(connection), now });
      const relayState = new URLSearchParams(query).get("RelayState") ?? "";
      if (heard.kind === "response") {
        const asked = relayState && (await shared.takeOnce(db, ASKED, relayState.slice(0, 200), now));
        if (asked !== heard.inResponseTo) throw Saml.unasked();
        return "/sign-in";
      }
      await requireNew(connection, heard.id, heard.expiresAt);
      await queries.endSessionsOf(db, {
        subjectKey: nameKey(connection.id, heard.nameId),
        indexKeys: heard.indexes.map((index) => nameKey(connection.id, index)),
      });
      if (!connection.sloUrl) return "/sign-in";
      return responseUrl(await to(connection, connection.sloUrl, relayState.slice(0, MAX_RELAY)), heard.id);
    },
  };
}

const purpose = (sessionId: string) => ["saml subject", sessionId];

export const sealsSubjects = (keyring: Keyring): Seal => ({
  known: (sessionId, known) => sealAlone(keyring, Buffer.from(JSON.stringify(known)), purpose(sessionId)),
  open: (sessionId, sealed) => JSON.parse(openAlone(keyring, sealed, purpose(sessionId)).toString()) as Known,
});
