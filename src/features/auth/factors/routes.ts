import { sessionOf } from "@/http/authentication";
import { createRouter } from "@/http/router";
import { clientOf } from "../client-of";
import * as contract from "./contract";
import type { Factors } from "./service";

export const factorsRoutes = (factors: Factors) =>
  createRouter()
    .openapi(contract.getSecondFactor, async (c) => {
      const answer = await factors.getSecondFactor(sessionOf(c).sessionId);
      return c.json(contract.SecondFactor.parse(answer), 200);
    })
    .openapi(contract.startTotp, async (c) => {
      const { password } = c.req.valid("json");
      const answer = await factors.startTotp(sessionOf(c).sessionId, password, clientOf(c));
      return c.json(contract.TotpSecret.parse(answer), 200);
    })
    .openapi(contract.confirmTotp, async (c) => {
      const answer = await factors.confirmTotp(sessionOf(c).sessionId, c.req.valid("json").totp);
      return c.json(contract.RecoveryCodes.parse(answer), 200);
    })
    .openapi(contract.disableTotp, async (c) => {
      await factors.disableTotp(sessionOf(c).sessionId, c.req.valid("json").password, clientOf(c));
      return c.body(null, 204);
    })
    .openapi(contract.renewRecoveryCodes, async (c) => {
      const { password } = c.req.valid("json");
      const answer = await factors.renewRecoveryCodes(sessionOf(c).sessionId, password, clientOf(c));
      return c.json(contract.RecoveryCodes.parse(answer), 200);
    });
