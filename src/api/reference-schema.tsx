/** @jsxImportSource hono/jsx */

import type { Schema } from "./document";

/** Text of a contract, with its `code` set off. */
export const Prose = ({ text }: { text: string }) => (
  <>{text.split("`").map((piece, index) => (index % 2 === 1 ? <code>{piece}</code> : piece))}</>
);

/** Can be scrolled with the keyboard, since it may be wider than the screen. */
export const Code = ({ text }: { text: string }) => (
  <pre tabindex={0}>
    <code>{text}</code>
  </pre>
);

const nameOf = (schema: Schema | undefined) => schema?.$ref?.split("/").at(-1);

/** What a value is, in a few words; what has a name links to it. */
export function TypeOf({ schema }: { schema: Schema }) {
  const name = nameOf(schema);
  if (name) return <a href={`#schema-${name}`}>{name}</a>;
  const branches = schema.anyOf ?? schema.oneOf;
  if (branches) {
    return (
      <>
        {branches.map((branch, index) => (
          <>
            {index > 0 ? " or " : ""}
            <TypeOf schema={branch} />
          </>
        ))}
      </>
    );
  }
  if (schema.items) {
    return (
      <>
        list of <TypeOf schema={schema.items} />
      </>
    );
  }
  return <>{plainType(schema)}</>;
}

function plainType(schema: Schema) {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value: unknown) => JSON.stringify(value)).join(" or ");
  const type = [schema.type ?? "anything"].flat().join(" or ");
  return schema.format ? `${type} (${schema.format})` : type;
}

const LIMITS = {
  minLength: "at least # characters",
  maxLength: "at most # characters",
  minimum: "from #",
  maximum: "to #",
  exclusiveMinimum: "above #",
  minItems: "at least # entries",
  maxItems: "at most # entries",
  pattern: "matches #",
  default: "# where left out",
} as const;

const limitsOf = (schema: Schema) =>
  Object.entries(LIMITS).flatMap(([key, words]) => {
    const value = (schema as Record<string, unknown>)[key];
    return value === undefined ? [] : [words.replace("#", () => JSON.stringify(value))];
  });

/** The fields of an object, and of the objects in it that have no name. */
function SchemaFields({ schema }: { schema: Schema }) {
  if (schema.allOf)
    return (
      <>
        {schema.allOf.map((part) => (
          <SchemaFields schema={part} />
        ))}
      </>
    );
  const inner = schema.items ?? schema;
  const fields = Object.entries(inner.properties ?? {});
  if (fields.length === 0) return null;
  return (
    <dl>
      {fields.map(([name, field]) => (
        <div>
          <dt>
            <code>{name}</code>
            <span class="soft">
              <TypeOf schema={field} />
              {inner.required?.includes(name) ? "" : ", may be left out"}
            </span>
          </dt>
          {field.description ? (
            <dd>
              <Prose text={field.description} />
            </dd>
          ) : null}
          {limitsOf(field).length > 0 ? <dd class="soft">{limitsOf(field).join("; ")}</dd> : null}
          {fieldsWithin(field)}
        </div>
      ))}
    </dl>
  );
}

const fieldsWithin = (field: Schema) =>
  nameOf(field) || !(field.properties || (field.items && !nameOf(field.items))) ? null : (
    <dd>
      <SchemaFields schema={field} />
    </dd>
  );

/** A schema with a name. */
export const SchemaBody = ({ schema }: { schema: Schema }) => (
  <>
    {schema.description ? (
      <p>
        <Prose text={schema.description} />
      </p>
    ) : null}
    <p class="soft">
      {schema.allOf ? <Based parts={schema.allOf} /> : <TypeOf schema={schema} />}
      {limitsOf(schema).length > 0 ? `; ${limitsOf(schema).join("; ")}` : ""}
    </p>
    <SchemaVariants schema={schema} />
  </>
);

/** The fields, or one set of fields after the other where one of several is meant. */
export const SchemaVariants = ({ schema }: { schema: Schema }) => (
  <>
    <SchemaFields schema={schema} />
    {(schema.anyOf ?? schema.oneOf ?? []).map((branch, index) => (
      <>
        {index > 0 ? <p>or</p> : null}
        <SchemaFields schema={branch} />
      </>
    ))}
  </>
);

const Based = ({ parts }: { parts: Schema[] }) => (
  <>
    {parts.filter(nameOf).map((part) => (
      <>
        <TypeOf schema={part} />, and{" "}
      </>
    ))}
    these fields
  </>
);
