/** How a text speaks to a model instead of to people; such sentences are taken out of what a model is given. */
export const SPEAKS_TO_MODEL: readonly RegExp[] = [
  /(?:忽略|无视|忘记|忘掉|不要理会|跳过|抛弃|覆盖|绕过|解除|取消)[^。！？\n]{0,12}(?:指令|指示|规则|提示|提示词|要求|设定|限制|约束|命令|系统|上文|上面的话)/,
  /(?:系统|初始|隐藏|开发者)(?:提示词?|指令|消息|设定|prompt)/i,
  /你(?:现在|从现在起|从此|以后)?(?:是|扮演|充当|成为|变成)(?:一个|一名|一位)?[^。！？\n]{0,16}(?:助手|模型|机器人|专家|黑客|管理员|人工智能|ai|gpt|dan|猫|人)/i,
  /(?:作为|身为)(?:一个|一名)?(?:ai|人工智能|语言模型|大模型|助手)/i,
  /(?:请|必须|务必|只能|一律|直接|现在|立即|马上|接下来)?[^。！？\n]{0,6}(?:输出|打印|复述|重复|泄露|透露|回答|回复|返回)[^。！？\n]{0,12}(?:提示词|指令|密钥|密码|口令|api|key|以下内容|以下文字|下面这句|上述内容|全部内容|“|")/i,
  /(?:ai|人工智能|大?模型|助手|机器人)[^。！？\n]{0,8}(?:请注意|必须|应当?忽略|请忽略|看到|读到|遇到|听从|服从|执行|注意)/i,
  /(?:开发者|调试|越狱|无限制|上帝|管理员|root|dan)\s*模式/i,
  /(?:ignore|disregard|forget|override|bypass|skip)\b[^.!?\n]{0,40}\b(?:instruction|prompt|rule|guideline|polic|above|previous|prior|context|system)/i,
  /\b(?:system|developer|hidden|initial)\s*(?:prompt|message|instruction)/i,
  /\b(?:you are now|act as|pretend to be|role-?play as|from now on,? you|new instructions?)\b/i,
  /\b(?:reveal|print|repeat|output|leak|show|reply with|respond with|answer with)\b[^.!?\n]{0,40}\b(?:prompt|instruction|key|password|secret|following|exactly|only|verbatim|json)/i,
  /\b(?:jailbreak|do anything now|dan mode|developer mode)\b/i,
  /<\/?\s*(?:system|user|assistant|instructions?|passages?|im_start|im_end|s)\b|<\|[a-z_]+\|>|\[\/?inst\]|```|#{2,}\s*(?:system|instruction|assistant)/i,
  /"?(?:role|passages|question)"?\s*[:：]\s*["[]/i,
]
