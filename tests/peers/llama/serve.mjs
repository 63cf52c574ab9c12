import { createServer } from "node:http";
import { createGrammars, loadModel } from "./model.mjs";

/**
 * A real model behind chat completions as OpenAI documents them (https://platform.openai.com/docs/api-reference/chat, read
 * 2026-11-27). llama.cpp does the thinking; what is ours is the door: streamed or whole, `response_format` with a JSON schema
 * as a grammar, `usage`, and an end of the generation where the client hangs up. One question after the other.
 *
 * `GET /generations` is for tests: what was generated, how many tokens of it, and whether it was cut off.
 */
const { MODEL_PATH = "", PORT = "0", THREADS = "1", CONTEXT_TOKENS = "8192" } = process.env;
const model = await loadModel({ path: MODEL_PATH, threads: Number(THREADS), contextTokens: Number(CONTEXT_TOKENS) });
const grammarFor = createGrammars(model.llama);
const generations = [];
/** The last question's end, so that the next one waits for it. */
let free = Promise.resolve();

const server = createServer((request, response) => {
  const path = request.url.split("?")[0];
  if (path === "/generations") return sendJson(response, 200, generations);
  if (path === "/v1/models")
    return sendJson(response, 200, { object: "list", data: [{ id: model.name, object: "model" }] });
  if (path !== "/v1/chat/completions" || request.method !== "POST")
    return refuse(response, 404, "not_found", "There is no such path.");
  complete(request, response).catch((error) => {
    console.error(error);
    if (response.headersSent) response.destroy();
    else refuse(response, 500, "server_error", String(error));
  });
});

async function complete(request, response) {
  const question = JSON.parse(await readBody(request));
  if (question.model !== model.name)
    return refuse(response, 404, "model_not_found", `There is no model "${question.model}".`);
  const prompt = model.promptOf(question.messages.map(({ role, content }) => ({ role, content: textOf(content) })));
  const maxTokens = question.max_completion_tokens ?? question.max_tokens ?? 512;
  if (prompt.tokens + maxTokens > model.contextTokens)
    return refuse(
      response,
      400,
      "context_length_exceeded",
      `This takes ${prompt.tokens + maxTokens} tokens: at most ${model.contextTokens}.`,
    );
  const gone = new AbortController();
  response.on("close", () => response.writableFinished || gone.abort());
  const generation = { promptTokens: prompt.tokens, completionTokens: 0, maxTokens, state: "Waiting" };
  generations.push(generation);
  const before = free;
  let release;
  free = new Promise((resolve) => (release = resolve));
  await before;
  try {
    await answer(question, prompt, { generation, maxTokens, gone, response });
  } finally {
    release();
  }
}

async function answer(question, prompt, { generation, maxTokens, gone, response }) {
  const head = {
    id: `chatcmpl-${generations.indexOf(generation)}`,
    created: Math.floor(Date.now() / 1000),
    model: model.name,
  };
  const chunk = (rest) =>
    response.write(`data: ${JSON.stringify({ ...head, object: "chat.completion.chunk", ...rest })}\n\n`);
  const piece = (delta, finish_reason = null) => chunk({ choices: [{ index: 0, delta, finish_reason }] });
  if (question.stream && !gone.signal.aborted) response.writeHead(200, { "content-type": "text/event-stream" });
  generation.state = "Running";
  const { text, reason } = await model.generate(prompt, {
    maxTokens,
    signal: gone.signal,
    temperature: question.temperature ?? 0.6,
    seed: question.seed ?? 1,
    grammar: await grammarFor(question.response_format),
    onToken: () => generation.completionTokens++,
    onText: (content) => question.stream && piece({ role: "assistant", content }),
  });
  generation.state = gone.signal.aborted ? "Cut" : "Ended";
  if (gone.signal.aborted) return;
  const usage = {
    prompt_tokens: generation.promptTokens,
    completion_tokens: generation.completionTokens,
    total_tokens: generation.promptTokens + generation.completionTokens,
  };
  const finish = reason === "maxTokens" ? "length" : "stop";
  if (!question.stream) {
    const message = { role: "assistant", content: text };
    return sendJson(response, 200, {
      ...head,
      object: "chat.completion",
      choices: [{ index: 0, message, finish_reason: finish }],
      usage,
    });
  }
  piece({}, finish);
  if (question.stream_options?.include_usage) chunk({ choices: [], usage });
  response.end("data: [DONE]\n\n");
}

const textOf = (content) =>
  Array.isArray(content) ? content.map(({ text = "" }) => text).join("") : String(content ?? "");

async function readBody(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

function sendJson(response, status, value) {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(value));
}

const refuse = (response, status, code, message) =>
  sendJson(response, status, { error: { message, type: "invalid_request_error", code } });

server.listen(Number(PORT), "127.0.0.1", () => console.log(`ready at http://127.0.0.1:${server.address().port}/v1`));
// Whoever started it is gone when its input ends.
process.stdin.on("end", () => process.exit(0)).resume();
