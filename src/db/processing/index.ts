import { content } from "./content";
import { people } from "./people";
import { publishing } from "./publishing";
import { trail } from "./trail";
import type { Processing } from "./vocabulary";

export { CATEGORIES, columnsOf } from "./vocabulary";

/**
 * What each table and each column is for: a table or a column that is not told here fails a test. The record of processing
 * (GDPR, article 30) is made of it, and the export of a person leaves out what is a secret.
 */
export const PROCESSING: Processing = { ...people, ...content, ...publishing, ...trail };
