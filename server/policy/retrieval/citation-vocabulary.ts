const NUMBER = '[0-9零〇○一二两三四五六七八九十百千]{1,9}'

/** 第十七条之一 at the beginning of a text, the number and what follows 之. */
export const ARTICLE_LABEL = new RegExp(`^第(${NUMBER})条(?:之(${NUMBER}))?`)

/** Where a citation goes on after a law's name: an article with its paragraph and item. */
export const CITED_ARTICLE = new RegExp(
  `^[的中里在、和及与或,第]{0,2}(${NUMBER})条(?:之(${NUMBER}))?(?:的?第?(${NUMBER})款)?(?:的?第?[(]?(${NUMBER})[)]?项)?`,
)

/** What stands in a name without making it another: state, book marks, quotation marks, blanks. */
export const NOT_IN_NAME = /中华人民共和国|[《》〈〉“”"'\s]/g

/** A text between book marks. */
export const BETWEEN_MARKS = /《([^《》]{2,60})》/g

/** How the name of a law or another rule ends. */
export const RULE_NAME_END = /(?:法|法典|条例|规定|办法|细则|解释|规则|决定|通知|意见|准则|章程|批复)$/

/** The version in brackets or behind the name: (2018年修正), (2019-04-23), (试行). */
export const VERSION_IN_NAME = /[(（](?:\d{4}[-年][^()（）]*|修[正订][^()（）]*|试行)[)）]$/
/** A name that ends so belongs to the law its folder is named after: 民法典/合同编. */
export const PART_OF_LAW = /(?:编|^总则|^分则|^附则)$/

/** The number of an article at the end of its name. */
export const ARTICLE_AT_END = new RegExp(`第${NUMBER}条(?:之${NUMBER})?$`)
