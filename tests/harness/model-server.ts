import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What was asked, as far as tests look at it. */
export type Asked = {
  model: string;
  stream: boolean;
  messages: { role: string; content: string }[];
  tools?: unknown;
  response_format?: { type: string };
  authorization: string | undefined;
  /** Data URLs of images, in their order. */
  images: string[];
};
type Reply =
  | { text: string; usage?: { prompt_tokens: number; completion_tokens: number; cost?: number }; pieces?: number }
  | { status: number }
  | { hang: true }
  | { text: string; dripMs: number }
  /** The connection ends after so many characters. */
  | { text: string; breaksOffAt: number };

/** Answers one question, or waits: `closed` aborts when the client hangs up. */
export type Behaviour = (asked: Asked, closed: AbortSignal) => Reply | Promise<Reply>;

/**
 * An imitation of a model's server, for what must not depend on what a model says: it speaks chat completions as OpenAI's
 * documentation has them (https://platform.openai.com/docs/api-reference/chat, read 2026-11-20), streamed or whole. Real
 * ones are asked by `test:peers`.
 */
export async function startModelServer(behaviour: Behaviour) {
  const asked: Asked[] = [];
  const state = { behaviour, hangUps: 0 };
  const server = createServer(async (request, response) => {
    const body = JSON.parse(await readBody(request));
    const images = (body.messages as { content: unknown }[]).flatMap(({ content }) => imagesOf(content));
    const question: Asked = { ...body, authorization: request.headers.authorization, images };
    question.messages = question.messages.map(({ role, content }) => ({ role, content: textOf(content) }));
    asked.push(question);
    const closed = new AbortController();
    response.on("close", () => {
      if (response.writableFinished) return;
      state.hangUps += 1;
      closed.abort();
    });
    await reply(question, response, await state.behaviour(question, closed.signal));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    asked,
    /** How often a client was gone before the answer was whole. */
    hangUps: () => state.hangUps,
    behave(next: Behaviour) {
      state.behaviour = next;
    },
    stop: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** A promise that somebody else keeps. */
export function gate() {
  let open = () => {};
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open: () => open(), passed };
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

const textOf = (content: unknown): string =>
  Array.isArray(content) ? content.map(({ text }: { text?: string }) => text ?? "").join("") : String(content ?? "");

const imagesOf = (content: unknown): string[] =>
  Array.isArray(content)
    ? content.flatMap(({ image_url: image }: { image_url?: { url: string } }) => (image ? [image.url] : []))
    : [];

async function reply({ model, stream }: Asked, response: ServerResponse, answer: Reply) {
  if ("hang" in answer) return;
  if ("status" in answer) {
    response.writeHead(answer.status, { "content-type": "application/json" });
    return response.end(JSON.stringify({ error: { message: "No.", code: answer.status } }));
  }
  const counted = "usage" in answer && answer.usage ? answer.usage : { prompt_tokens: 400, completion_tokens: 100 };
  const usage = { ...counted, total_tokens: counted.prompt_tokens + counted.completion_tokens };
  const base = { id: "chatcmpl-1", created: 0, model };
  if (!stream) {
    const message = { role: "assistant", content: answer.text };
    response.writeHead(200, { "content-type": "application/json" });
    return response.end(JSON.stringify({ ...base, choices: [{ index: 0, message, finish_reason: "stop" }], usage }));
  }
  response.writeHead(200, { "content-type": "text/event-stream" });
  const send = (chunk: object) => response.write(`data: ${JSON.stringify({ ...base, ...chunk })}\n\n`);
  if ("breaksOffAt" in answer) {
    const content = answer.text.slice(0, answer.breaksOffAt);
    send({ choices: [{ index: 0, delta: { role: "assistant", content } }] });
    await new Promise((resolve) => setTimeout(resolve, 50));
    return response.destroy();
  }
  const size = "dripMs" in answer ? 40 : Math.ceil(answer.text.length / (answer.pieces ?? 3)) || 1;
  for (let at = 0; at < answer.text.length && !response.destroyed; at += size) {
    send({ choices: [{ index: 0, delta: { role: "assistant", content: answer.text.slice(at, at + size) } }] });
    if ("dripMs" in answer) await new Promise((resolve) => setTimeout(resolve, answer.dripMs));
  }
  send({ choices: [{ index: 0, delta: {}, finish_reason: "stop" }] });
  send({ choices: [], usage });
  response.end("data: [DONE]\n\n");
}
