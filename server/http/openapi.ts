import type { Middleware } from 'koa'
import * as z from 'zod'
import type { ApiTable, Endpoint } from '#shared/endpoint'
import { errors } from '#shared/errors'

type Json = Record<string, unknown>

/** `GET /api/openapi.json`: the API table as an OpenAPI 3.1 document, made once. */
export function openapi(table: ApiTable, site: { name: string; version: string }): Middleware {
  let text: string | undefined
  return (ctx, next) => {
    if (ctx.path !== '/api/openapi.json' || ctx.method !== 'GET') return next()
    ctx.type = 'application/json'
    ctx.body = text ??= JSON.stringify(document(table, site))
    return undefined
  }
}

function document(table: ApiTable, { name, version }: { name: string; version: string }): Json {
  const paths: Record<string, Json> = {}
  for (const [line, endpoint] of Object.entries<Endpoint>(table)) {
    const [method = '', path = ''] = line.split(' ')
    const template = `/api${path.replace(/:(\w+)/g, '{$1}')}`
    paths[template] = { ...paths[template], [method.toLowerCase()]: operation(line, endpoint) }
  }
  return {
    openapi: '3.1.0',
    info: { title: name, version, license: { name: 'MIT', identifier: 'MIT' } },
    paths,
    components: {
      securitySchemes: { session: { type: 'http', scheme: 'bearer' } },
      schemas: { Error: failure },
    },
  }
}

/** The body of every failed call, as in `ErrorBody`. */
const failure = {
  type: 'object',
  required: ['code', 'text', 'requestId'],
  properties: {
    code: { enum: Object.keys(errors) },
    text: { type: 'string' },
    fields: { type: 'array', items: { type: 'string' } },
    requestId: { type: 'string' },
  },
}

function operation(line: string, endpoint: Endpoint): Json {
  const { params, query, body, reply, events, open, for: roles } = endpoint
  return {
    operationId: line.replace(/[^\w]+/g, '-').toLowerCase(),
    tags: [line.split('/')[1]],
    ...(!open && { security: [{ session: [] }] }),
    ...(roles && { description: `Only for ${roles.join(', ')}; 403 for anybody else.`, 'x-roles': roles }),
    parameters: [...parameters('path', params), ...parameters('query', query)],
    ...(body && {
      requestBody: { required: true, content: { 'application/json': { schema: schemaOf(body, 'input') } } },
    }),
    responses: { ...success(reply, events), default: failed },
  }
}

const failed = {
  description: 'The call failed and changed nothing.',
  content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
}

function success(reply: z.ZodType | undefined, events: z.ZodType | undefined): Json {
  if (events) {
    const schema = schemaOf(events, 'output')
    return { 200: { description: 'One event a line.', content: { 'application/x-ndjson': { schema } } } }
  }
  if (!reply) return { 204: { description: 'Done.' } }
  return {
    200: { description: 'Done.', content: { 'application/json': { schema: schemaOf(reply, 'output') } } },
  }
}

function parameters(place: 'path' | 'query', schema: z.ZodType | undefined): Json[] {
  if (!schema) return []
  const { properties = {}, required = [] } = schemaOf(schema, 'input') as {
    properties?: Record<string, Json>
    required?: string[]
  }
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: property,
  }))
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, target: 'draft-2020-12' }) as Json
  return rest
}
