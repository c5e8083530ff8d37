/** Questions that ask what to do. */
export const ASKS_HOW =
  /怎么办|怎样办|如何办|怎么(?:申请|办理|处理|报|弄|走)|如何(?:申请|办理|处理|申报|开展|组织|进行)|流程|程序|步骤|手续|要?走哪些|需要哪些(?:材料|手续|程序)/

/** What is done, in the order in which it is done; a sentence stands where its first word of these stands. */
export const STAGES: readonly { stage: string; words: RegExp }[] = [
  { stage: 'prepare', words: /拟定|拟订|制定方案|起草|征求意见|调查|核实|评估|准备材料/ },
  {
    stage: 'apply',
    words: /提出(?:书面)?(?:申请|请求|异议)|申请(?![人书表])|申报|提交|报名|递交|投诉|举报|报告/,
  },
  { stage: 'accept', words: /受理|登记立案|立案|接收|补正/ },
  { stage: 'examine', words: /审查|审核|核查|检查|检验|听证|听取|论证|勘验|评审|初审/ },
  { stage: 'meet', words: /召集|召开|讨论决定|表决|投票|同意|通过|推选|选举/ },
  { stage: 'publish', words: /公示|公布|公告|公开/ },
  { stage: 'decide', words: /作出(?:[^，。；]{0,10})决定|批准|审批|准予|决定是否|办结|答复/ },
  { stage: 'deliver', words: /送达|通知|告知|颁发|发给|发放|签订|订立/ },
  { stage: 'record', words: /备案|存档|归档|登记|保存/ },
  { stage: 'appeal', words: /复议|复查|复核|申诉|起诉|诉讼|仲裁/ },
]

/** A sentence that asks somebody to act; what is to be done stands behind it. */
export const DUTY = /应当|必须|须|需要|可以|有权|由/

/** What is no step by itself: items of a list, what leads to one, exceptions and prohibitions. */
export const NO_STEP = /^[（(][一二三四五六七八九十\d]+[）)]|[：:]$|除外|^但|^逾期|不得|不予|禁止/

/** What a period is counted from: it is not what is to be done. */
export const COUNTED_FROM = /自[^，。；]{1,30}之日起/g
