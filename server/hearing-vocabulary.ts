/** What somebody writes in the customer-service session to have a person answer. */
export const FOR_HUMAN: ReadonlySet<string> = new Set(['人工', '转人工', '人工客服', '转人工客服', '找人工'])
