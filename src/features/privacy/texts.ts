/** What stands there until the operator puts their own in its place: `legal/terms.md` and `legal/privacy.md` of the data directory. */
export const OUR_TEXTS = {
  Terms: `# Terms of use

These terms are between you and whoever operates this deployment of ContentOS ("we"). They are a default: the operator may put their own in place of them.

## What you may expect

You may use ContentOS to plan, write, review, publish and measure content. What you write stays yours, or that of whoever you write it for. We keep it, show it to the people of your workspaces, and publish it where and when you say so. You can take it along at any time as open files.

## What we expect

- Use your own account, and keep its password to yourself.
- Bring in only what you may use, and publish only what you may publish.
- Keep to the rules of the networks to which you publish.
- Do not try to reach what is not yours, and do not disturb what others use.

## What happens otherwise

Whoever breaks these terms can be suspended. We say why. What they wrote can still be taken along.

## What we do not promise

We run ContentOS with care, and can't promise that it never fails, nor that a network takes every publication. We answer for intent and gross negligence, and for what the law does not let us exclude.

## The end

You can have your account erased at any time, under Settings, Your account. We can end the service with thirty days of notice.

## Changes

When these terms change, you are asked anew.
`,
  Privacy: `# Privacy policy

This says what is kept about you in this deployment of ContentOS, and what for. It is a default: the operator may put their own in place of it, with their name and how to reach them.

## What is kept

- **Your account**: name, address, a hash of your password, and where you are signed in (network address and browser), so that you can see and end it.
- **What you do**: what you write, decide, schedule and upload, with your id and the time, so that a workspace knows who did what.
- **The audit log** of each workspace: ids, times and actions. It has titles of items and no other texts, and nobody's name.

Visitors of public sites are counted by numbers for each day. No cookie is set for them, but one if they say no under [Your privacy choices](/privacy-choices), and nobody of them is kept.

## What for

To give you what you signed up for (article 6(1)(b) GDPR), to keep it safe, and to prove who decided what (article 6(1)(f)).

## Who gets it

The people of your workspaces see your name and address. The networks to which a workspace publishes get what it publishes. Whoever runs servers, mail and backups for the operator has it on the operator's behalf. Nothing is sold, and nothing is shared for advertising across contexts (CCPA). Under [Your privacy choices](/privacy-choices) you can still say no to it, once and for good.

## How long

As long as you have an account. Drafts that you saved, answers to repeated requests and the like go sooner. Backups go when their time is over.

## Your rights

Under Settings, Your account, you can take along everything that is kept about you, and have your account erased. You may also ask the operator to correct or restrict it, object, and complain to a supervisory authority.

## Changes

When this policy changes, you are asked anew.
`,
};
