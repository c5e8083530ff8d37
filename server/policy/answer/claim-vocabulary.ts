/** Words that free from a duty: a clause has to have one of them before an answer may. */
export const FREEING =
  /无需|无须|不需要|不须|不必|不用|免予|免于|免除|不经|未经.{0,8}(?:也|都|就|即)可|随便|任意/
export const FREED = /任意|随便|无需|无须|不需要|不须|不必|不用|免|不经|可以不|不适用|除外|自行|自主/

/** Words that forbid. */
export const FORBIDDING = /不得|不可以|不能|不可|禁止|严禁|不准|不许|不允许|无权/
export const FORBIDDEN =
  /不得|不可|不能|禁止|严禁|不准|不许|不允许|无权|不予|未经|违法|违反|处罚|罚款|责令|无效|刑/

/** What no written answer may hold: links and code. */
export const UNTOLD = /https?:|www\.|<[a-z!/]|javascript:/i
/** Labels that only the server gives; a clause may speak of them. */
export const LABELS = /人工审核|已审核|原文摘录/g
/** Only of a clause whose status is confirmed. */
export const IN_FORCE = /现行有效|现在有效|目前有效|仍然有效/

/** Words of an answer that claim nothing by themselves. */
export const CLAIMLESS =
  /根据|依据|按照|依照|规定|明确|因此|所以|也就是说|即|您|可以看出|具体来说|此外|同时|另外|以及|并且|如果|那么|其中|包括|这|该|上述|以上|的|了|是|在|由|和|与|或者|或|等/g
