/** Words that answer a judge question besides its labels A (正确) and B (错误), after NFKC and trimming. */
export const judgeWords: Record<'A' | 'B', readonly string[]> = {
  A: ['对', '正确', '是', '√', '✓', '✔'],
  B: ['错', '错误', '不对', '否', '×', '✗', '✘'],
}
