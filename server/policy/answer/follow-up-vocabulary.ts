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
