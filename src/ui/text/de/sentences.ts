import { retelling } from "../sentences";
import { editorial } from "./sentences/editorial";
import { everywhere } from "./sentences/everywhere";
import { keeping } from "./sentences/keeping";
import { models } from "./sentences/models";
import { moving } from "./sentences/moving";
import { people } from "./sentences/people";
import { publishing } from "./sentences/publishing";

/** What the server says and keeps in sentences, by the English of each; what stands in braces differs from time to time. */
export const sentences: Record<string, string> = {
  ...everywhere,
  ...editorial,
  ...publishing,
  ...models,
  ...people,
  ...moving,
  ...keeping,
};

export const retell = retelling(sentences);
