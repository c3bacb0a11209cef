import { z } from 'zod';

/** The parts of an OpenAPI document that the page shows. */
const schemaSchema: z.ZodType<JsonSchema> = z.looseObject({
  type: z.string().optional(),
  description: z.string().optional(),
  enum: z.array(z.unknown()).optional(),
  nullable: z.boolean().optional(),
  required: z.array(z.string()).optional(),
  get properties() {
    return z.record(z.string(), schemaSchema).optional();
  },
});

export interface JsonSchema {
  readonly type?: string | undefined;
  readonly description?: string | undefined;
  readonly enum?: readonly unknown[] | undefined;
  readonly nullable?: boolean | undefined;
  readonly required?: readonly string[] | undefined;
  readonly properties?: Readonly<Record<string, JsonSchema>> | undefined;
}

const bodySchema = z.looseObject({ schema: schemaSchema.optional() });
const contentSchema = z.record(z.string(), bodySchema);
const operationSchema = z.looseObject({
  summary: z.string().optional(),
  description: z.string().optional(),
  requestBody: z.looseObject({ content: contentSchema }).optional(),
  responses: z.record(
    z.string(),
    z.looseObject({ description: z.string().optional(), content: contentSchema.optional() }),
  ),
});
const methods = ['get', 'post', 'put', 'patch', 'delete'] as const;

export const openApiSchema = z.looseObject({
  info: z.looseObject({ title: z.string(), version: z.string() }),
  paths: z.record(z.string(), z.partialRecord(z.enum(methods), operationSchema)),
});

/** One call as the page shows it. */
export interface Operation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly summary: string;
  readonly description: string;
  /** Of the request's body; null when it has none. */
  readonly request: JsonSchema | null;
  readonly answers: readonly {
    readonly status: string;
    readonly description: string;
    readonly schema: JsonSchema | null;
  }[];
}

/** The calls of a document, in its order. */
export function operationsOf(document: z.infer<typeof openApiSchema>): readonly Operation[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    methods.flatMap((method): Operation[] => {
      const operation = item[method];
      if (operation === undefined) return [];
      return [
        {
          id: `${method} ${path}`,
          method: method.toUpperCase(),
          path,
          summary: operation.summary ?? path,
          description: operation.description ?? '',
          request: operation.requestBody?.content['application/json']?.schema ?? null,
          answers: Object.entries(operation.responses).map(([status, answer]) => ({
            status,
            description: answer.description ?? '',
            schema: answer.content?.['application/json']?.schema ?? null,
          })),
        },
      ];
    }),
  );
}

/** A draft link as Coze plugins hand it on. */
export const exampleLink = 'https://ts.fyshark.com/#/cozeToJianyin?drafId=7434912345678901234';

/** A body to begin with: the required fields. */
export function exampleBody(schema: JsonSchema | null): Record<string, unknown> {
  const names = schema?.required ?? [];
  return Object.fromEntries(
    names.map((name) => [name, name === 'draft_url' ? exampleLink : exampleValue(schema?.properties?.[name])]),
  );
}

function exampleValue(schema: JsonSchema | undefined): unknown {
  switch (schema?.type) {
    case 'number':
    case 'integer':
      return 0;
    case 'boolean':
      return false;
    case 'array':
      return [];
    case 'object':
      return {};
    default:
      return '';
  }
}
