import { isProblem } from "@contentos/sdk";

/** What was wrong with which field, by its path in the body such as `branding.tagline`: for a form's `setErrors`. */
export const issuesOf = (error: unknown): Record<string, string> =>
  isProblem(error) ? Object.fromEntries(error.issues.map(({ path, message }) => [path, message])) : {};
