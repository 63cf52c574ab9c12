/** What an article can be adapted for without an account there: to be copied, where nothing here publishes to it. */
export const ADAPTABLE = ["bluesky", "x", "linkedin", "instagram", "newsletter", "wordpress"] as const;
export type Adaptable = (typeof ADAPTABLE)[number];
