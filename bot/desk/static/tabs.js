/** The tablist pattern: arrow keys, Home and End move and select at once; one tab stop. */

const STEPS = { ArrowRight: 1, ArrowLeft: -1 };

export class Tabs {
  /**
   * @param {HTMLElement} tablist holding role=tab buttons with data-view
   * @param {HTMLElement} panel the one tabpanel, whose content changes
   * @param {(view: string) => void} select told of each choice
   */
  constructor(tablist, panel, select) {
    this.tabs = [...tablist.querySelectorAll('[role=tab]')];
    this.panel = panel;
    this.select = select;
    tablist.addEventListener('click', (event) => this.#clicked(event));
    tablist.addEventListener('keydown', (event) => this.#pressed(event));
  }

  /** Show `view` as chosen and tell about it. @param {string} view */
  choose(view) {
    for (const tab of this.tabs) this.#mark(tab, tab.dataset.view === view);
    this.select(view);
  }

  /** @param {number} index from 0; out of range does nothing */
  chooseAt(index) {
    if (this.tabs[index]) this.choose(this.tabs[index].dataset.view);
  }

  #mark(tab, chosen) {
    tab.setAttribute('aria-selected', String(chosen));
    tab.tabIndex = chosen ? 0 : -1;
    if (chosen) this.panel.setAttribute('aria-labelledby', tab.id);
  }

  #clicked(event) {
    const tab = event.target.closest('[role=tab]');
    if (tab) this.choose(tab.dataset.view);
  }

  #pressed(event) {
    const index = this.#target(event.key);
    if (index === null) return;
    event.preventDefault();
    this.chooseAt(index);
    this.tabs[index].focus();
  }

  #target(key) {
    const last = this.tabs.length - 1;
    if (key === 'Home') return 0;
    if (key === 'End') return last;
    if (!(key in STEPS)) return null;
    const current = this.tabs.findIndex((tab) => tab.tabIndex === 0);
    return (current + STEPS[key] + last + 1) % (last + 1);
  }
}
