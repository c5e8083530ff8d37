import type { ReminderTemplate } from './base/env.ts'
import type { Log } from './base/log.ts'
import { StartError } from './base/start-error.ts'
import { wording } from './base/wording.ts'
import { isPlatformFailure } from './base/platform-failure.ts'
import type { MessageTemplate, Wechat } from './clients/wechat.ts'

/**
 * Compares the reminder template of the settings with those WeChat holds for the app. Fails with a `StartError` that
 * names each field that does not fit. Where WeChat cannot be asked now, the start goes on.
 */
export async function checkReminderTemplate(
  template: ReminderTemplate,
  { wechat, log }: { wechat: Pick<Wechat, 'messageTemplates'>; log: Log },
): Promise<void> {
  const held = await wechat.messageTemplates().catch((error: unknown) => {
    if (!isPlatformFailure(error)) throw error
    log.warn({ error }, 'the reminder template could not be checked')
    return null
  })
  const faults = held && templateFaults(template, held)
  if (faults && faults.length > 0) throw new StartError(faults)
}

/** Why a template cannot carry reminders: it is not the app's, lacks a field that is filled, or has one that is not. */
export function templateFaults(
  { id, title, text, time }: ReminderTemplate,
  held: readonly MessageTemplate[],
): string[] {
  const template = held.find(one => one.id === id)
  if (!template)
    return [
      wording.templateUnknown(
        id,
        held.map(one => `${one.id}（${one.title}）`),
      ),
    ]
  const filled = [title, text, time]
  const has = template.fields.join(' ')
  return [
    ...filled.filter(name => !template.fields.includes(name)).map(name => wording.templateLacks(name, has)),
    ...template.fields.filter(name => !filled.includes(name)).map(name => wording.templateWants(name, has)),
    ...(new Set(filled).size < filled.length ? [wording.templateTwice] : []),
  ]
}
