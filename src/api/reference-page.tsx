/** @jsxImportSource hono/jsx */

import { createHash } from "node:crypto";
import { raw } from "hono/html";
import { type OpenApiDocument, type Operation, operationsOf, resolve, type Schema } from "./document";
import { Code, Prose, SchemaBody, SchemaVariants, TypeOf } from "./reference-schema";
import { REFERENCE_STYLE } from "./reference-style";

type Placed = ReturnType<typeof operationsOf>[number];
type Rooms = [room: string, operations: Placed[]][];
type Content = Record<string, { schema?: Schema; example?: unknown }>;
type Resolve = (schema: Schema) => Schema;
type Parameter = { name: string; in: string; required?: boolean; description?: string; schema: Schema };

/** One page without a script, so that it works offline and under a policy that lets in nothing but its own style. */
export function referencePage(document: OpenApiDocument) {
  const hash = createHash("sha256").update(REFERENCE_STYLE).digest("base64");
  return {
    html: `<!doctype html>${(<Page document={document} />).toString()}`,
    contentSecurityPolicy: `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  };
}

function Page({ document }: { document: OpenApiDocument }) {
  const { title, description } = document.info;
  const server = document.servers?.[0]?.url ?? "";
  const rooms = byRoom(operationsOf(document));
  const schemas = Object.entries(document.components?.schemas ?? {}) as [string, Schema][];
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${title} API reference`}</title>
        <style>{raw(REFERENCE_STYLE)}</style>
      </head>
      <body>
        <a class="skip" href="#reference">
          To the reference
        </a>
        <div class="page">
          <Contents rooms={rooms} />
          <main id="reference">
            <h1>{`${title} API`}</h1>
            <p>
              <Prose text={description ?? ""} />
            </p>
            <p>
              Every path is under <code>{server}</code>. For tools, the same as a document:{" "}
              <a href={`${server}/openapi.json`}>openapi.json</a>.
            </p>
            <h4>Sign in, then list what is there</h4>
            <Code text={firstSteps(server)} />
            {rooms.map(([room, operations]) => (
              <section>
                <h2 id={`room-${room}`}>{room}</h2>
                {operations.map((placed) => (
                  <Article {...placed} resolve={(schema) => resolve(document, schema) ?? schema} />
                ))}
              </section>
            ))}
            <section>
              <h2 id="schemas">Schemas</h2>
              {schemas.map(([name, schema]) => (
                <article id={`schema-${name}`}>
                  <h3>{name}</h3>
                  <SchemaBody schema={schema} />
                </article>
              ))}
            </section>
          </main>
        </div>
      </body>
    </html>
  );
}

const firstSteps = (server: string) => `curl -s http://localhost:3000${server}/auth/login \\
  -H 'Content-Type: application/json' \\
  -d '{"email": "kim@example.com", "password": "a long walk to the sea"}'

curl -s http://localhost:3000${server}/content?limit=10 \\
  -H "Authorization: Bearer $ACCESS_TOKEN"`;

function byRoom(operations: Placed[]): Rooms {
  const rooms = new Map<string, Placed[]>();
  for (const placed of operations) {
    const room = placed.operation.tags?.[0] ?? "other";
    rooms.set(room, [...(rooms.get(room) ?? []), placed]);
  }
  return [...rooms];
}

/** Folded on small screens; the style unfolds it where there is room. */
const Contents = ({ rooms }: { rooms: Rooms }) => (
  <nav aria-label="Operations">
    <details>
      <summary>Contents</summary>
      {rooms.map(([room, operations]) => (
        <>
          <p>
            <a href={`#room-${room}`}>{room}</a>
          </p>
          <ul>
            {operations.map(({ operation }) => (
              <li>
                <a href={`#${operation.operationId}`}>{operation.summary}</a>
              </li>
            ))}
          </ul>
        </>
      ))}
      <p>
        <a href="#schemas">Schemas</a>
      </p>
    </details>
  </nav>
);

function Article({ path, method, operation, resolve }: Placed & { resolve: Resolve }) {
  const { operationId = "", summary = "", description } = operation;
  const request = operation.requestBody as { required?: boolean; content: Content } | undefined;
  return (
    <article id={operationId}>
      <h3>{summary}</h3>
      <div class="place">
        <span class={`method ${method}`}>{method}</span>
        <code>{path}</code>
        <span class="soft">
          {operationId}
          {operation.security?.length === 0 ? ", open to everyone" : ""}
        </span>
      </div>
      {description ? (
        <p>
          <Prose text={description} />
        </p>
      ) : null}
      <Parameters parameters={(operation.parameters ?? []) as unknown as Parameter[]} />
      {request ? (
        <>
          <h4>{request.required ? "Body" : "Body, may be left out"}</h4>
          <Bodies content={request.content} fields={resolve} />
        </>
      ) : null}
      <Answers operation={operation} />
    </article>
  );
}

const Parameters = ({ parameters }: { parameters: Parameter[] }) =>
  parameters.length === 0 ? null : (
    <>
      <h4>Parameters</h4>
      <dl>
        {parameters.map(({ name, in: place, required, description, schema }) => (
          <div>
            <dt>
              <code>{name}</code>
              <span class="soft">
                {place}, <TypeOf schema={schema} />
                {required ? ", required" : ""}
              </span>
            </dt>
            {description ? (
              <dd>
                <Prose text={description} />
              </dd>
            ) : null}
          </div>
        ))}
      </dl>
    </>
  );

function Answers({ operation }: { operation: Operation }) {
  const answers = Object.entries(operation.responses ?? {}) as [string, { description: string; content?: Content }][];
  const good = answers.filter(([status]) => status.startsWith("2"));
  const refusals = answers.filter(([status]) => !status.startsWith("2"));
  return (
    <>
      {good.map(([status, { description, content }]) => (
        <>
          <h4>{`Answer ${status}`}</h4>
          <p>
            <Prose text={description} />
          </p>
          {content ? <Bodies content={content} /> : null}
        </>
      ))}
      <details>
        <summary>Refusals</summary>
        <dl>
          {refusals.map(([status, { description }]) => (
            <div>
              <dt>{status}</dt>
              <dd>
                <Prose text={description} />
              </dd>
            </div>
          ))}
        </dl>
      </details>
    </>
  );
}

const Bodies = ({ content, fields }: { content: Content; fields?: Resolve }) => (
  <>
    {Object.values(content).map(({ schema, example }) => (
      <>
        {schema ? (
          <p class="soft">
            <TypeOf schema={schema} />
          </p>
        ) : null}
        {fields && schema ? <SchemaVariants schema={fields(schema)} /> : null}
        {example === undefined ? null : <Code text={JSON.stringify(example, null, 2)} />}
      </>
    ))}
  </>
);
