import type { Mail } from "@/platform/mailer";

/** Plain text: nothing in it can be taken for markup, whatever a person is called. */
export const passwordResetMail = (to: { email: string; name: string }, link: string): Mail => ({
  to: to.email,
  subject: "Set a new password for ContentOS",
  text: `Hello ${to.name},

somebody asked for a new password for your ContentOS account. If it was you, open this link within an hour:

${link}

It works once, and signs you out everywhere. If it was not you, do nothing: your password stays as it is.
`,
});

export const verificationMail = (to: { email: string; name: string }, link: string): Mail => ({
  to: to.email,
  subject: "Confirm your address for ContentOS",
  text: `Hello ${to.name},

somebody made a ContentOS account with this address. If it was you, open this link within a day, and confirm it:

${link}

Until then, nobody is written to in your name. If it was not you, do nothing.
`,
});
