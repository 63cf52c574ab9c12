import { basename } from "node:path";
import { getLlama, LlamaChat, LlamaLogLevel } from "node-llama-cpp";

/** A model in memory, and one sequence in it; what a question has in common with the last one isn't read again. */
export async function loadModel({ path, threads, contextTokens }) {
  // The prebuilt binary is taken, and nothing is compiled or downloaded.
  const llama = await getLlama({ gpu: false, build: "never", maxThreads: threads, logLevel: LlamaLogLevel.error });
  const loaded = await llama.loadModel({ modelPath: path });
  const context = await loaded.createContext({ contextSize: contextTokens, sequences: 1, threads });
  const chat = new LlamaChat({ contextSequence: context.getSequence() });
  return {
    llama,
    name: basename(path, ".gguf"),
    contextTokens,
    promptOf(messages) {
      const history = [...messages.map(historyItem), { type: "model", response: [] }];
      const { contextText } = chat.chatWrapper.generateContextState({ chatHistory: history });
      return { history, tokens: contextText.tokenize(loaded.tokenizer).length };
    },
    /** Ends early, with what there is, where the signal aborts. */
    async generate({ history }, { maxTokens, signal, temperature, seed, grammar, onToken, onText }) {
      const { response, metadata } = await chat
        .generateResponse(history, {
          maxTokens,
          temperature,
          seed,
          signal,
          stopOnAbortSignal: true,
          ...(grammar && { grammar }),
          onToken: (tokens) => tokens.forEach(onToken),
          onTextChunk: onText,
        })
        .catch((error) => {
          // Before the first token there is nothing that it could give.
          if (signal.aborted) return { response: "", metadata: { stopReason: "abort" } };
          throw error;
        });
      return { text: response, reason: metadata.stopReason };
    },
  };
}

function historyItem({ role, content }) {
  if (role === "assistant") return { type: "model", response: [content] };
  return { type: role === "user" ? "user" : "system", text: content };
}

/** A grammar of that many repetitions takes llama.cpp longer than the answer, so longer bounds are left to who asks. */
const LONGEST_COUNTED = 300;

/** Grammars by their schemas; none where any text will do. */
export function createGrammars(llama) {
  const made = new Map();
  return (format) => {
    if (!format || format.type === "text") return undefined;
    const schema = format.type === "json_schema" ? countable(format.json_schema.schema) : undefined;
    const key = JSON.stringify(schema ?? format.type);
    if (!made.has(key)) made.set(key, schema ? llama.createGrammarForJsonSchema(schema) : llama.getGrammarFor("json"));
    return made.get(key);
  };
}

function countable(schema) {
  if (Array.isArray(schema)) return schema.map(countable);
  if (typeof schema !== "object" || schema === null) return schema;
  const kept = Object.entries(schema).filter(
    ([name, value]) => name !== "$schema" && !(name === "maxLength" && value > LONGEST_COUNTED),
  );
  return Object.fromEntries(kept.map(([name, value]) => [name, countable(value)]));
}
