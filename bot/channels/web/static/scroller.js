const NEAR = 64; // pixels from the end within which somebody counts as reading the newest

/** Follows the newest message, but never takes a reader away from an older one. */
export class Scroller {
  #area;
  #newer;
  #following = true;
  #set = 0;

  /** @param {Element} area what scrolls @param {Element} newer shows that something is out of sight */
  constructor(area, newer) {
    this.#area = area;
    this.#newer = newer;
    area.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    new ResizeObserver(() => this.#following && this.toEnd()).observe(area);
  }

  /**
   * Something came. What is taller than the window shows from its top, and a
   * reply from the top of what it replies to.
   */
  show(item, repliedTo = item) {
    if (this.#following) this.#scrollTo(Math.min(this.#end, this.#top(repliedTo) - 8));
    const bottom = item.getBoundingClientRect().bottom;
    this.#newer.hidden = bottom <= this.#area.getBoundingClientRect().bottom + 1;
  }

  toEnd() {
    this.#scrollTo(this.#end);
  }

  #top(item) {
    const { top } = this.#area.getBoundingClientRect();
    return item.getBoundingClientRect().top - top + this.#area.scrollTop;
  }

  get #end() {
    return this.#area.scrollHeight - this.#area.clientHeight;
  }

  #scrollTo(top) {
    this.#following = true;
    this.#newer.hidden = true;
    this.#area.scrollTop = top;
    this.#set = this.#area.scrollTop;
  }

  #scrolled() {
    const { scrollTop } = this.#area;
    const atEnd = this.#end - scrollTop < NEAR;
    this.#following = atEnd || Math.abs(scrollTop - this.#set) < 2;
    if (atEnd) this.#newer.hidden = true;
  }
}
