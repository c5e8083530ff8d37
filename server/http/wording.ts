/** What the page says while the mini-program is being built, and when that failed. */
export const wording = {
  building: {
    title: '正在准备日知',
    lead: '服务已经启动，正在生成网页。第一次大约需要一分钟，好了会自动打开。',
    server: '服务器和数据库已就绪',
    page: '生成网页',
    open: '打开今日一课',
    elapsed: '已用时',
    seconds: '秒',
  },
  failed: {
    title: '网页没有生成',
    lead: '服务器和数据库都在正常工作，数据没有受影响。请按顺序试试：',
    steps: [
      '在项目文件夹运行 npm install，再运行 npm start',
      '内存不足 2 GB 时，先关掉其他程序再启动',
      '仍然不行，把下面的内容发给维护人员',
    ],
    lines: '最后的输出',
    notBuilt: (folder: string) => `没有网页文件：${folder}，请先运行 npm run build:h5`,
  },
}
