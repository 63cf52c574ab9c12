import { sessionOf } from "@/http/authentication";
import { createRouter } from "@/http/router";
import * as contract from "./contract";
import type { createEmails } from "./service";

export const emailRoutes = (emails: ReturnType<typeof createEmails>) =>
  createRouter()
    .openapi(contract.verifyEmail, async (c) => {
      await emails.verifyEmail(c.req.valid("json").token);
      return c.body(null, 204);
    })
    .openapi(contract.sendVerification, async (c) => {
      await emails.sendVerification(sessionOf(c).sessionId);
      return c.body(null, 202);
    });
