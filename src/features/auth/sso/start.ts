import { AppError } from "@/platform/errors";
import type { Ground } from "../ground";
import type { Oidc } from "./oidc";
import * as queries from "./queries";
import type { SamlService } from "./saml/service";
import { domainOf } from "./shared";

/** Begins to sign somebody in by the provider that speaks for their address, whichever protocol it has. */
export const createStart =
  ({ db }: Pick<Ground, "db">, { oidc, saml }: { oidc: Oidc; saml: SamlService }) =>
  /** @throws AppError `sso_not_configured` */
  async (input: { email: string; next?: string | undefined }) => {
    const connection = await queries.findConnectionOf(db, domainOf(input.email));
    if (!connection)
      throw new AppError("sso_not_configured", "No single sign-on is set up for this address: use your password.");
    return connection.protocol === "Saml" ? saml.begin(connection, input.next) : oidc.begin(connection, input);
  };

export type StartSso = ReturnType<typeof createStart>;
