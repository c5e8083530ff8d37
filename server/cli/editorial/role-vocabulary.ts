/** The words by which an operator names a role. */
export const roleWords: Record<string, 'editor' | 'reviewer' | 'admin'> = {
  编辑: 'editor',
  editor: 'editor',
  审核: 'reviewer',
  reviewer: 'reviewer',
  管理员: 'admin',
  admin: 'admin',
}
