import { DATA_NOT_INSTRUCTIONS, type Prompt } from "./prompt";

/** Nobody's text goes along. */
export const endpointTestV1: Prompt<Record<string, never>> = {
  name: "endpoint-test",
  version: 1,
  system: `You say whether you can be reached. ${DATA_NOT_INSTRUCTIONS}

Shape: {"ready": true}`,
  user: () => "Are you ready?",
};
