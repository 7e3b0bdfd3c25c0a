/**
 * Every word that the desk's modules show, in one place; desk.html holds the rest.
 * The keys are those of the desk API.
 */

export const STATES = {
  bot: '自動応答中',
  waiting: '待機中',
  operator: '対応中',
  closed: '終了',
};

export const CHANNELS = { web: 'ウェブ', line: 'LINE' };

export const ROLES = { citizen: '市民', bot: '自動応答', operator: '職員', system: 'お知らせ' };

export const OUTCOMES = {
  answer: '回答',
  not_stated: '記載なし',
  menu: '案内',
  clarify: '聞き返し',
  suggest: '候補の提示',
  out_of_scope: '対象外',
  handoff: '引き継ぎ',
  opinion: '意見の受付',
  line_info: '窓口の案内',
  emergency: '緊急の案内',
  smalltalk: 'あいさつ',
};

const names = JSON.parse(document.getElementById('names')?.textContent ?? '{}');

/** Names of initiatives and facets, as data/knowledge and data/replies.yml have them; the login page has none. */
export const { initiatives: INITIATIVES = {}, facets: FACETS = {} } = names;

/** Words of data/desk.yml. */
export const {
  dispositions: DISPOSITIONS = {},
  handoff_reasons: HANDOFF_REASONS = {},
  happenings: HAPPENINGS = {},
  placeholders: PLACEHOLDERS = {},
} = names;

/** The fields of the contact form. */
export const CONTACT = { name: 'お名前', reach: '連絡先', message: '内容' };

/** How a message fared on its way, on a channel that delivers. */
export const DELIVERIES = {
  waiting: '送信中',
  retrying: '届くまで送り直しています',
  sent: '送信しました',
  blocked: '届いていません（市民が受け取りを止めています）',
  quota: '届いていません（今月送れる数を使い切りました）',
  failed: '届いていません（送れませんでした）',
  unclear: '届いたかどうか、確かめられませんでした',
  stored: '保存しました（市民の画面には、まだ届いていません）',
  shown: '市民の画面に送りました',
};

export const TICKET_KINDS = { message: 'メッセージ', opinion: '意見' };

export const TICKET_STATUSES = { open: '担当者なし', in_progress: '対応中', answered: '回答済み', closed: '回答せずに終了' };

/** How a ticket stands against its due time. */
export const DUE_LEVELS = { late: '期限切れ', today: '今日まで', ontime: '期限内' };

export const TICKET = {
  heading: '受付番号 {receipt}',
  due: '期限 {time} ・ {level}',
  assignee: '担当 {name}',
  me: '自分',
  nobody: 'なし',
  own: '{name}（自分）',
  answered: '{time}に{name}が回答しました。',
  closed: '{time}に、回答せずに終了しました。',
  others: '{name}さんが担当しています。回答するときは、担当を自分に変えてください。',
  unknownReceipt: '受付番号を入力してください。',
  send: '回答を送る',
  resend: '再送',
  dueMissing: '期限の日時を入れてください。',
  openConversation: '会話を開く',
};

export const TICKET_FACTS = {
  receipt: '受付番号',
  kind: '種類',
  channel: '窓口',
  received: '受信',
  status: '状況',
  assignee: '担当',
  due: '期限',
  answeredBy: '回答者',
  answeredAt: '回答時刻',
  closedAt: '終了時刻',
};

export const WAIT_LEVELS = { ontime: '目安内', soon: '目安超え', late: '至急' };

/** What brings a conversation before others in the queue. */
export const PRIORITIES = { emergency: '緊急', returning: '受付の続き' };

export const EMPTY_LISTS = {
  waiting: '待っている市民はいません。',
  mine: '自分が対応中の会話はありません。',
  active: '対応中の会話はありません。',
  all: '会話はまだありません。',
  tickets: '該当する受付はありません。',
  opinions: '該当する意見はありません。',
  closed: '終了した会話はありません。',
};

/** Sound and browser notifications. */
export const ALERTS = {
  waiting: '新しい待機中の会話があります',
  emergency: '緊急の会話が待っています',
  message: '担当中の市民から発言がありました',
  about: '話題: {topic}',
  trial: '通知はこのように届きます',
  sound: '音',
  note: '画面',
  off: 'オフ',
  refused: 'ブラウザーが通知を許可していません。ブラウザーの設定で、このサイトの通知を許可してください。',
};

export const TEXT = {
  title: '職員デスク',
  loading: '読み込んでいます…',
  noTopic: '話題は未定',
  lost: '{time}から接続が切れています。表示は最新ではありません。再接続しています…',
  restored: '接続が戻りました。表示は最新です。',
  personName: '{name}さん',
  and: '、',
  viewedBy: '{names}が閲覧中',
  typedBy: '{name}さんが入力しています…',
  network: 'サーバーに接続できません。通信の状態を確かめて、もう一度お試しください。',
  serverError: 'サーバーで問題が起きました。しばらくしてからもう一度お試しください。',
  justNow: '1分未満',
  open: '（受付中）',
  shut: '（時間外）',
  sources: '出典',
  choices: '示した選択肢',
  paragraph: '第{n}段落',
  newMessages: '新しい発言（{n}）',
  queuePosition: '{n}番目',
  owner: '担当 {name}',
  ownerMe: '担当 自分',
  fresh: '新着',
  undelivered: '未達 {n}件',
  waitFor: '待ち {time}',
  announceWaiting: '新しい待機中の会話があります。待機中は{n}件です。',
  botTyping: '自動応答が返事を作っています…',
  citizenTyping: '市民が入力しています…',
  operatorTyping: '職員が入力しています…',
  tooLong: '{n}文字 ・ 2,000文字までです',
  count: '{n} / 2,000文字',
  retryAfter: '（あと{n}秒お待ちください）',
};

/** Why nothing can be written just now; shown beside the composer. */
export const REASONS = {
  waiting: '「対応を始める」を押すと書けます。',
  bot: '自動応答が対応しています。',
  closed: 'この会話は終了しています。',
  other: '{name}さんが対応しています。',
  stale: '最新の状態を確かめています。書いた文は残ります。',
  mine: '',
};

export const OUTBOX = {
  queued: '送信待ち',
  sending: '送信中…',
  sent: '送信しました',
  failed: '未送信',
  rejected: '未送信',
  resend: '再送',
  edit: '返信欄に戻す',
  discard: '破棄',
};

/** One conversation: its summary, its history, what is done with it. */
export const CASE = {
  asked: '聞かれたこと',
  told: '答えたこと',
  open: '答えていないこと',
  why: '引き継ぎの理由',
  feedback: '評価',
  tickets: '受付',
  before: '直前は{outcome}',
  quoted: '「{text}」',
  history: '対応履歴',
  earlier: '以前の対応',
  by: '{what}（{who}）',
  to: '{what} → {to}',
  taken: '担当を引き取った ← {from}',
  and: '{what}：{more}',
  noteBy: 'メモ ・ {who}',
  privately: '市民には見えません',
  helpful: '役に立った',
  unhelpful: '役に立たなかった',
  afterwards: '対応の評価',
  confidence: '確信度 {n}%',
  queue: '待ち列に戻す（だれでも対応できます）',
  colleagues: '職員',
  present: '{name}（デスクを開いています）',
  absent: '{name}（デスクを開いていません）',
  choose: '選んでください',
  gone: '最新の状態を確かめてから、もう一度お試しください。',
  suggestions: '（{n}件。送信はされません）',
  unfilled: '{names} が埋まっていません。書き直してから送ってください。',
};

export const CANNED = {
  own: '自分用',
  shared: '共有',
  add: '定型文を作る',
  change: '定型文を直す',
  notMine: '返信欄に入れるには、まず対応を始めてください。',
  sharedBySupervisors: '共有の定型文は、管理者だけが直せます。',
  sure: 'もう一度押すと削除します',
  remove: '削除する',
};

/** What each key does, for the help; the keys themselves stand in desk.js. */
export const KEYS = {
  lists: '一覧',
  next: '一覧で次へ',
  previous: '一覧で前へ',
  open: '選んだ会話を開く',
  tabs: '一覧を切り替える',
  case: '会話',
  claim: '対応を始める',
  reply: '返信を書く',
  note: 'メモを残す',
  canned: '定型文を選ぶ',
  suggest: '一番上の候補を返信欄に入れる',
  handOver: '引き継ぐ',
  giveBack: '「自動応答に戻す」へ移る',
  close: '終了する',
  reopen: '「再開する」へ移る',
  transcript: '会話の記録へ移る（↑↓で読む）',
  facts: '概要を開く・閉じる',
  help: 'この説明を開く',
  writing: '返信を書いている間',
  send: '送信',
  line: '改行',
  leave: '返信欄から出る',
  slash: '定型文を選ぶ（/ は返信欄が空のとき）',
  nth: '候補を返信欄に入れる',
};

export const FACTS = {
  channel: '窓口',
  state: '状態',
  owner: '担当',
  since: '待ち始め',
  started: '最初の発言',
  topics: '聞かれたこと',
  answered: '回答した',
  notStated: '記載なし',
  outOfScope: '対象外',
  handoff: '引き継ぎのきっかけ',
  before: '直前の結果',
  nobody: 'なし',
  times: '{n}件',
};

/**
 * Put values into a sentence: `fill('{n}番目', {n: 1})` is 「1番目」.
 * @param {string} sentence with names in braces
 * @param {Record<string, string|number>} values
 * @returns {string}
 */
export function fill(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
}
