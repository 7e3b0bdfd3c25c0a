const NEAR = 64; // pixels from the end within which somebody counts as reading the newest

/** Follows the newest message, but never takes a reader away from an older one. */
export class Scroller {
  #area;
  #newer;
  #atEnd = true;
  #ours = 0; // where we last scrolled to; being elsewhere, the reader went there

  /** @param {Element} area what scrolls @param {Element} newer shows that something is out of sight */
  constructor(area, newer) {
    this.#area = area;
    this.#newer = newer;
    area.addEventListener("scroll", () => this.#look(), { passive: true });
    new ResizeObserver(() => this.keep()).observe(area);
  }

  /** Something came: show it, a reply together with what it replies to, tall ones from the top. */
  show(item, repliedTo = item) {
    const untouched = this.#atEnd || Math.abs(this.#area.scrollTop - this.#ours) < 2;
    if (untouched) this.#scrollTo(Math.min(this.#end, this.#top(repliedTo) - 8));
    const bottom = item.getBoundingClientRect().bottom;
    this.#newer.hidden = bottom <= this.#area.getBoundingClientRect().bottom + 1;
  }

  /** Sizes changed: who was at the end stays there. */
  keep() {
    if (this.#atEnd) this.toEnd();
  }

  toEnd() {
    this.#scrollTo(this.#end);
  }

  get #end() {
    return this.#area.scrollHeight - this.#area.clientHeight;
  }

  #top(item) {
    const { top } = this.#area.getBoundingClientRect();
    return item.getBoundingClientRect().top - top + this.#area.scrollTop;
  }

  #scrollTo(top) {
    this.#area.scrollTop = top;
    this.#ours = this.#area.scrollTop;
    this.#look();
  }

  #look() {
    this.#atEnd = this.#end - this.#area.scrollTop < NEAR;
    if (this.#atEnd) this.#newer.hidden = true;
  }
}
