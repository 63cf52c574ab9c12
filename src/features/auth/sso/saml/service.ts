import { hashToken, type Keyring, newToken } from "@/platform/secrets";
import type { Ground } from "../../ground";
import * as shared from "../../queries";
import type { Client } from "../../sessions";
import type { Links } from "../links";
import * as queries from "../queries";
import { domainOf, pathWithin, UNDERWAY_MS } from "../shared";
import { createEnding, sealsSubjects } from "./ending";
import { createSamlKeys } from "./keys";
import { nameKey } from "./log-out";
import { keepSubject } from "./queries";
import { Saml } from "./refusals";
import { type Known, readResponse, type ServiceProvider, samlOf } from "./response";

/** Between the provider's answer and the browser's next step, in ms. */
const STEP_MS = 60 * 1000;
const ASKED = "saml";
const TAKEN = "saml-taken";

type Connection = queries.Connection;
type Asked = { connectionId: string; requestId: string; next: string; browser: string };
type Taken = {
  userId: string;
  connectionId: string;
  secondFactor: boolean;
  known: Known;
  next: string;
  browser: string | null;
};
type Deps = { origin: string; keyring: Keyring; links: Links };

/** Signing in by a workspace's own provider: SAML 2.0, requests by redirect and answers by post; and out again. */
export function createSaml({ db, clock, sessions }: Ground, { origin, keyring, links }: Deps) {
  const keys = createSamlKeys({ db, keyring, clock, origin });
  const seal = sealsSubjects(keyring);
  const here = (workspaceId: string): ServiceProvider => {
    const base = `${origin}/api/v1/auth/sso/saml/${workspaceId}`;
    return { entityId: `${base}/metadata`, acsUrl: `${base}/acs`, sloUrl: `${base}/slo` };
  };
  const partiesOf = ({ workspaceId, issuer, certificates }: Connection) => ({
    provider: { entityId: issuer, certificates },
    here: here(workspaceId),
  });

  const keep = (purpose: string, token: string, value: Asked | Taken, ms: number) => {
    const at = clock.now();
    const expiresAt = new Date(at.getTime() + ms);
    return shared.keepOnce(db, { purpose, token, value: JSON.stringify(value), at, expiresAt });
  };
  async function take<T>(purpose: string, token: string | undefined) {
    const kept = token && token.length < 200 && (await shared.takeOnce(db, purpose, token, clock.now()));
    return kept ? (JSON.parse(kept) as T) : undefined;
  }

  /** By a hash of the provider's own name for it, kept as long as it could be taken. */
  async function requireNew(connection: Connection, assertionId: string, expiresAt: Date) {
    const key = nameKey(connection.id, assertionId);
    if (!(await queries.rememberAssertion(db, { key, expiresAt }, clock.now()))) throw Saml.replayed();
  }

  const noteSubject = (tx: shared.AuthTx, sessionId: string, connectionId: string, known: Known) =>
    keepSubject(tx, {
      sessionId,
      connectionId,
      subjectKey: nameKey(connectionId, known.nameId),
      indexKey: known.sessionIndex === undefined ? null : nameKey(connectionId, known.sessionIndex),
      sealedSubject: seal.known(sessionId, known),
    });

  return {
    here,
    certificates: keys.certificates,
    rotateKeys: keys.rotate,
    ...createEnding({ db, clock, keys, seal, partiesOf, requireNew }),

    /** @returns where to send the browser, and what it has to bring back */
    async begin(connection: Connection, next: string | undefined) {
      const [relayState, browser, requestId] = [newToken(), newToken(), `_${newToken()}`];
      const { privateKey } = await keys.signer();
      const signing = { privateKey, signatureAlgorithm: "sha256" };
      const how = { entryPoint: connection.ssoUrl, generateUniqueId: () => requestId, ...signing };
      const saml = samlOf(partiesOf(connection), how);
      const url = await saml.getAuthorizeUrlAsync(relayState, undefined, {});
      const own = pathWithin(origin, next);
      const asked = { connectionId: connection.id, requestId, next: own, browser: hashToken(browser) };
      await keep(ASKED, relayState, asked, UNDERWAY_MS);
      return { url, browser };
    },

    /**
     * A provider's answer, which comes by a form of its own page: without our cookies, so that the browser is looked at in
     * the next step.
     * @returns what the browser has to bring there. @throws AppError `sso_refused`
     */
    async takeResponse(workspaceId: string, response: string, relayState: string | undefined) {
      const connection = await queries.findSamlConnection(db, workspaceId);
      if (!connection) throw Saml.notSetUp();
      const asked = await take<Asked>(ASKED, relayState);
      const isAnswer = asked?.connectionId === connection.id;
      if (!isAnswer && !connection.idpInitiated) throw Saml.unasked();
      const requestId = isAnswer ? asked.requestId : null;
      const expected = { ...partiesOf(connection), requestId, now: clock.now(), openers: keys.openers };
      const read = await readResponse(response, expected);
      await requireNew(connection, read.assertionId, read.expiresAt);
      if (!(await queries.speaksFor(db, workspaceId, domainOf(read.address)))) throw Saml.domain();
      const { subject, address, name, secondFactor, known } = read;
      const person = await links.personOf({ providerId: `sso:${connection.id}`, subject, email: address, name });
      if (person.email !== address) throw Saml.addressChanged();
      const code = newToken();
      const next = isAnswer ? asked.next : pathWithin(origin, relayState);
      const browser = isAnswer ? asked.browser : null;
      const taken = { userId: person.id, connectionId: connection.id, secondFactor, known, next, browser };
      await keep(TAKEN, code, taken, STEP_MS);
      return code;
    },

    /** @throws AppError `sso_refused` */
    async finish(code: string | undefined, browser: string | undefined, client: Client) {
      const taken = await take<Taken>(TAKEN, code);
      // In the browser that began it: else somebody else's sign-in could be slipped to it.
      if (!taken || (taken.browser !== null && (!browser || taken.browser !== hashToken(browser))))
        throw Saml.otherBrowser();
      const connection = await queries.findConnection(db, taken.connectionId);
      if (!connection) throw Saml.notSetUp();
      const answer = await sessions.openFor(taken.userId, client, {
        method: "Sso",
        ssoConnectionId: connection.id,
        admit: async () => ({ secondFactor: taken.secondFactor }),
        opened: (tx, sessionId) => noteSubject(tx, sessionId, connection.id, taken.known),
      });
      return { answer, next: taken.next };
    },
  };
}

export type SamlService = ReturnType<typeof createSaml>;
