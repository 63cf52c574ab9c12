import { sessionOf } from "@/http/authentication";
import { createRouter } from "@/http/router";
import { clientOf } from "../client-of";
import { type Lives, signedIn } from "../cookies";
import * as contract from "./contract";
import type { Passkeys } from "./service";

export const passkeysRoutes = (passkeys: Passkeys, cookies: Lives) =>
  createRouter()
    .openapi(contract.listPasskeys, async (c) => {
      return c.json(contract.Passkeys.parse(await passkeys.listPasskeys(sessionOf(c).sessionId)), 200);
    })
    .openapi(contract.startPasskey, async (c) => {
      const { password } = c.req.valid("json");
      const answer = await passkeys.startPasskey(sessionOf(c).sessionId, password, clientOf(c));
      return c.json(contract.RegistrationOptions.parse(answer), 200);
    })
    .openapi(contract.registerPasskey, async (c) => {
      const answer = await passkeys.registerPasskey(sessionOf(c).sessionId, c.req.valid("json"));
      return c.json(contract.Passkey.parse(answer), 200);
    })
    .openapi(contract.removePasskey, async (c) => {
      await passkeys.removePasskey(sessionOf(c).sessionId, c.req.valid("param").id);
      return c.body(null, 204);
    })
    .openapi(contract.startPasskeyLogin, async (c) => {
      return c.json(contract.AssertionOptions.parse(await passkeys.startPasskeyLogin()), 200);
    })
    .openapi(contract.loginWithPasskey, async (c) => {
      const answer = await passkeys.loginWithPasskey(c.req.valid("json"), clientOf(c));
      return c.json(signedIn(c, answer, cookies), 200);
    });
