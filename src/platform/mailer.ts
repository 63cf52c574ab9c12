export type Mail = { to: string; subject: string; text: string };

/** Sends plain-text mail. It throws where the mail was not taken, and bounds its own time. */
export type Mailer = { send(mail: Mail): Promise<void> };
