export type Mail = {
  to: string;
  subject: string;
  text: string;
  /** In whose name it comes, where that is not ours: the address it comes from stays. */
  fromName?: string;
  html?: string;
  headers?: Record<string, string>;
  /** The same for a mail that is sent again, so that a mail program shows one. */
  messageId?: string;
  /** What the provider tells back where the mail came back. */
  reference?: { workspaceId: string; deliveryId: string };
};

/** Sends mail. It throws where the mail was not taken, a `MailError` where it is known why, and bounds its own time. */
export type Mailer = {
  /** Where none is sent, since nothing is configured. */
  off?: boolean;
  send(mail: Mail): Promise<void>;
};

/** `Recipient`: the address takes no mail and never will. `Message`: this mail is not taken, nor would it be later. `Later`: try again. */
export class MailError extends Error {
  override name = "MailError";
  constructor(
    readonly kind: "Recipient" | "Message" | "Later",
    message: string,
    /** How long the other side asked to wait, in ms. */
    readonly retryAfterMs = 0,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
