/** What an article can be adapted for without an account there: to be copied, where nothing here publishes to it. */
export const ADAPTABLE = ["bluesky", "mastodon", "x", "linkedin", "instagram", "newsletter", "wordpress"] as const;
export type Adaptable = (typeof ADAPTABLE)[number];

/** As people call them; light enough for a page that loads no rules yet. */
export const ADAPTABLE_LABELS: Record<Adaptable, string> = {
  bluesky: "Bluesky",
  mastodon: "Mastodon",
  x: "X",
  linkedin: "LinkedIn",
  instagram: "Instagram",
  newsletter: "Newsletter",
  wordpress: "WordPress",
};

/** Connected by what a person gives here; in the order in which they are offered. */
export const GIVEN = ["bluesky", "mastodon", "wordpress", "ghost", "webhook"] as const;

/** Connected on a page of the network's own, as far as the operator has an app there. */
export const AUTHORIZED = ["linkedin"] as const;
