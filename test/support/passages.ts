import type { Passage } from '#server/policy/answer/passage'

/** A clause for tests, in force and confirmed unless told otherwise. */
export const passage = (text: string, rest: Partial<Passage> = {}): Passage => ({
  id: 'p',
  title: '农村土地承包法',
  label: '第五十二条',
  path: ['第三章 其他方式的承包'],
  text,
  standing: 'in-force',
  confirmed: true,
  collectedOn: '2026-11-01',
  ...rest,
})

/** 农村土地承包法 and 村民委员会组织法, as they read. */
export const HILLS = passage(
  '发包方将农村土地发包给本集体经济组织以外的单位或者个人承包，应当事先经本集体经济组织成员的村民会议三分之二以上成员或者三分之二以上村民代表的同意，并报乡（镇）人民政府批准。\n由本集体经济组织以外的单位或者个人承包的，应当对承包方的资信情况和经营能力进行审查后，再签订承包合同。',
)
export const GROUP = passage(
  '召开村民小组会议，应当有本村民小组十八周岁以上的村民三分之二以上，或者本村民小组三分之二以上的户的代表参加，所作决定应当经到会人员的过半数同意。\n属于村民小组的集体所有的土地、企业和其他财产的经营管理以及公益事项的办理，由村民小组会议依照有关法律的规定讨论决定，所作决定及实施情况应当及时向本村民小组的村民公布。',
  { id: 'q', title: '村民委员会组织法', label: '第二十八条', path: ['第五章 村民会议和村民代表会议'] },
)
