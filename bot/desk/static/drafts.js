/** What was written and not yet sent, kept in this tab through a reload or a new login. */

const PREFIX = 'desk:';

export class Drafts {
  /** @param {string} operator each one's drafts are their own */
  constructor(operator) {
    this.prefix = `${PREFIX}${operator}:`;
  }

  /** @returns {any} what was kept under `key`, or `otherwise` */
  get(key, otherwise) {
    try {
      return JSON.parse(sessionStorage.getItem(this.prefix + key)) ?? otherwise;
    } catch {
      return otherwise;
    }
  }

  /** Keep `value`; empty text and empty lists are forgotten. */
  set(key, value) {
    try {
      if (value.length) sessionStorage.setItem(this.prefix + key, JSON.stringify(value));
      else sessionStorage.removeItem(this.prefix + key);
    } catch {
      // storage is full or forbidden: the text is still on the page
    }
  }

  /** Forget everything of this tab, on logging out. */
  static clear() {
    for (const key of Object.keys(sessionStorage)) if (key.startsWith(PREFIX)) sessionStorage.removeItem(key);
  }
}
