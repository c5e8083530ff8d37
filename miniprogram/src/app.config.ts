const h5 = process.env.TARO_ENV === 'h5'

/** Pages, bars and modes. In h5 the bars are our own; in weapp they are the platform's, coloured by theme.json. */
export default defineAppConfig({
  pages: [
    'pages/today/index',
    'pages/practice/index',
    'pages/me/index',
    'pages/lesson/index',
    'pages/entries/index',
    'pages/clause/index',
    'pages/questions/index',
    'pages/answer/index',
    'pages/checklist/index',
    'pages/review/index',
    'pages/review-item/index',
    'pages/sends/index',
    'pages/topics/index',
    'pages/reminders/index',
    'pages/inbox/index',
    'pages/suggestion/index',
    'pages/profile/index',
    'pages/devices/index',
    'pages/privacy/index',
    'pages/about/index',
    'pages/sign-in/index',
  ],
  window: h5
    ? { navigationStyle: 'custom', navigationBarTitleText: '日知' }
    : {
        navigationBarTitleText: '日知',
        navigationBarBackgroundColor: '@paper',
        navigationBarTextStyle: '@text' as 'black',
        backgroundColor: '@paper',
        backgroundTextStyle: 'dark',
      },
  ...(h5
    ? { animation: false }
    : { darkmode: true, themeLocation: 'theme.json', lazyCodeLoading: 'requiredComponents' }),
  tabBar: {
    custom: h5,
    color: h5 ? '' : '@hint',
    selectedColor: h5 ? '' : '@seal',
    backgroundColor: h5 ? '' : '@card',
    borderStyle: h5 ? 'black' : ('@edge' as 'black'),
    list: [
      {
        pagePath: 'pages/today/index',
        text: '今日',
        iconPath: 'assets/today.png',
        selectedIconPath: 'assets/today-on.png',
      },
      {
        pagePath: 'pages/practice/index',
        text: '练习',
        iconPath: 'assets/practice.png',
        selectedIconPath: 'assets/practice-on.png',
      },
      {
        pagePath: 'pages/me/index',
        text: '我的',
        iconPath: 'assets/me.png',
        selectedIconPath: 'assets/me-on.png',
      },
    ],
  },
})
