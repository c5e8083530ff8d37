/** What a question begins with that goes on from the one before. */
export const GOES_ON =
  /^(?:那么?|这(?:个|种|样|些|里)?|它们?|他们?|她们?|该|其|此|上述|前述|刚才|刚刚|前面|如果|要是|假如|若|还有|另外|再问|再说|同样|反过来|除此)/
/** What points back, wherever it stands. */
export const POINTS_BACK =
  /(?:这种情况|这个情况|上面(?:说|讲|提)的|前面(?:说|讲|提)的|刚才(?:说|讲|提)的|你说的)/
/** The linking words that are left out when two questions are asked as one. */
export const LINK = /^(?:那么?|还有|另外|再问一下|再问|再说)[，,、]?\s*/
/** The number of an article with what is counted in it. */
export const ARTICLE =
  /第?[零〇一二三四五六七八九十百千两\d]+条(?:之[一二三四五六七八九十]+)?(?:第?[一二三四五六七八九十\d]+[款项])*/g
/** What a question begins with that only asks: what it is about was said before. */
export const ONLY_ASKS =
  /^(?:还|都|又)?(?:需要|要|得|多久|多长|几|多少|谁|[由向找归]谁|哪|怎么|如何|为什么|为啥|是否|是不是|能不能|能否|可不可以|可以|有没有|什么|啥|期限|时限|标准|程序|流程|条件|材料)/
