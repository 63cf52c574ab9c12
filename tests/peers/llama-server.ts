import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { startModelProcess } from "./model-process";

const home = fileURLToPath(new URL("./llama/", import.meta.url));
export const LLAMA_MODEL = "SmolLM2-135M-Instruct.Q4_1";
const weights = `${home}models/${LLAMA_MODEL}.gguf`;

/** Why no model can be asked here; undefined where one can. */
export function llamaMissing(): string | undefined {
  const missing = [
    ...(existsSync(`${home}node_modules/node-llama-cpp/package.json`) ? [] : ["node-llama-cpp"]),
    ...(existsSync(weights) ? [] : [LLAMA_MODEL]),
  ];
  return missing.length > 0 ? `${missing.join(", ")} not found: run tests/peers/install.sh` : undefined;
}

/** What the model's side counted, apart from what it told whoever asked. */
export type LlamaGeneration = {
  promptTokens: number;
  completionTokens: number;
  maxTokens: number;
  state: "Waiting" | "Running" | "Ended" | "Cut";
};

/** SmolLM2 with 135 million parameters, on llama.cpp and this machine's processor, at a free port. */
export async function startLlama({ threads = 1 } = {}) {
  const missing = llamaMissing();
  if (missing) throw new Error(missing);
  const { baseUrl, stop } = await startModelProcess(process.execPath, ["serve.mjs"], {
    cwd: home,
    env: { MODEL_PATH: weights, THREADS: String(threads) },
  });
  return {
    baseUrl,
    stop,
    async generations() {
      return (await (await fetch(new URL("/generations", baseUrl))).json()) as LlamaGeneration[];
    },
  };
}
