const NEAR = 64; // pixels from the end that count as reading the newest

/** Follows the newest message in `area`, but never takes a reader away from an older one. */
export function makeScroller(area, newer) {
  let atEnd = false; // the notice at the start is read first
  let ours = 0; // where we scrolled to; elsewhere the reader went

  const end = () => area.scrollHeight - area.clientHeight;
  const look = () => {
    atEnd = end() - area.scrollTop < NEAR;
    if (atEnd) newer.hidden = true;
  };
  const scrollTo = (top) => {
    area.scrollTop = top;
    ours = area.scrollTop;
    look();
  };
  const toEnd = () => scrollTo(end());
  /** Sizes changed: who was at the end stays there. */
  const keep = () => atEnd && toEnd();

  area.addEventListener("scroll", look, { passive: true });
  new ResizeObserver(keep).observe(area);
  return {
    toEnd,
    keep,
    /** Show what came, a reply with what it replies to, tall ones from the top. */
    show(item, repliedTo = item) {
      const { top, bottom } = area.getBoundingClientRect();
      const start = repliedTo.getBoundingClientRect().top - top + area.scrollTop;
      if (atEnd || Math.abs(area.scrollTop - ours) < 2) scrollTo(Math.min(end(), start - 8));
      newer.hidden = item.getBoundingClientRect().bottom <= bottom + 1;
    },
  };
}
