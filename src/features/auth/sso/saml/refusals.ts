import { AppError } from "@/platform/errors";

/** Why an answer of a SAML provider was not taken: one word for whoever sets it up, one sentence for whoever signs in. */
const because = (reason: string, sentence: string) => (cause?: unknown) =>
  new AppError("sso_refused", sentence, { cause, extensions: { reason } });

export const Saml = {
  tooLarge: because("too_large", "Your provider's answer is larger than any should be: ask your Admin."),
  malformed: because(
    "malformed",
    "Your provider's answer is no plain SAML response in UTF-8, without comments, document types and instructions.",
  ),
  weak: (name: string) =>
    because("algorithm", "Your provider signs by a method that is not taken: set SHA-256 and RSA there.")(name),
  notSigned: because(
    "signature",
    "The assertion is not signed by a key of your provider's: have it sign assertions, and look at the certificate.",
  ),
  encrypted: because(
    "encrypted",
    "The assertion could not be opened: give your provider our newest metadata, and have it encrypt by AES-GCM and RSA-OAEP, or sign the response around it as well.",
  ),
  failed: because("status", "Your provider did not sign you in."),
  issuer: because("issuer", "This answer is of another provider than the workspace's: look at its entity id."),
  audience: because(
    "audience",
    "This answer is made for another service: look at the entity id that the provider has.",
  ),
  recipient: because(
    "recipient",
    "This answer is made for another address: look at the reply address that the provider has.",
  ),
  expired: because(
    "expired",
    "This answer is too old, or not valid yet: begin anew, and look at the provider's clock.",
  ),
  unasked: because(
    "in_response_to",
    "Nobody asked for this answer here, or too long ago: begin at the sign-in page, with your address.",
  ),
  replayed: because("replayed", "This answer was used before: begin anew."),
  destination: because(
    "destination",
    "This was sent to another address: look at the log-out address that the provider has.",
  ),
  stillSignedIn: because(
    "log_out",
    "You are signed out here, and your provider did not say that you are there: close your browser.",
  ),
  nobody: because("subject", "Your provider tells no address: have it send the e-mail address."),
  domain: because(
    "domain",
    "Your provider may not speak for this address: its domain is not verified in the workspace.",
  ),
  addressChanged: because("address_changed", "Your address at your provider has changed: ask your Admin."),
  notSetUp: because("not_set_up", "No single sign-on by SAML is set up here, or not any more."),
  otherBrowser: because("browser", "This sign-in began in another browser, or took too long: begin anew."),
} as const;
