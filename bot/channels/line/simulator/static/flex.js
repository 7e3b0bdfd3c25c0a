import { make } from "./dom.js";

/*
 * Flex messages, as far as our bot uses them: bubbles and carousels of boxes, texts with spans,
 * buttons, separators, fillers. LINE's measures become CSS; whatever else a message holds makes
 * `bubbles` give up, and the altText is shown, as LINE does on a phone that is too old.
 */

const SPACES = { none: "0", xs: "2px", sm: "4px", md: "8px", lg: "12px", xl: "16px", xxl: "20px" };
const SIZES = {
  xxs: "11px", xs: "13px", sm: "14px", md: "16px", lg: "19px", xl: "22px", xxl: "29px",
  "3xl": "35px", "4xl": "48px", "5xl": "74px",
};
const WIDTHS = { nano: "120px", micro: "160px", deca: "220px", hecto: "241px", kilo: "260px", mega: "300px", giga: "386px" };
const BORDERS = { none: "0", light: "0.5px", normal: "1px", medium: "2px", "semi-bold": "3px", bold: "4px" };
const PLACES = { top: "flex-start", center: "center", bottom: "flex-end" };

class Unknown extends Error {}

/**
 * A Flex message as an element; null if it holds what is not known here.
 * @param {Object} message LINE's flex message
 * @param {function(Object)} tap what touching something with an action does
 */
export function bubbles(message, tap) {
  try {
    const { contents } = message;
    const row = contents.type === "carousel" ? contents.contents : [contents];
    return make("div", "flex", ...row.map((one) => bubble(one, tap)));
  } catch (error) {
    if (error instanceof Unknown) return null;
    throw error;
  }
}

function bubble(given, tap) {
  const node = make("div", { class: "flex__bubble", dir: given.direction ?? "ltr" });
  node.style.setProperty("--width", WIDTHS[given.size ?? "mega"]);
  for (const name of ["header", "hero", "body", "footer"]) {
    if (!given[name]) continue;
    const block = make("div", `flex__block flex__${name}`, component(given[name], tap, "vertical"));
    const style = given.styles?.[name] ?? {};
    if (style.backgroundColor) block.style.backgroundColor = style.backgroundColor;
    if (style.separator) block.style.borderTop = `1px solid ${style.separatorColor ?? "#d4d6da"}`;
    const first = block.firstElementChild;
    if (given[name].type === "box" && !given[name].paddingAll) first.style.padding ||= padding(name, given);
    node.append(block);
  }
  return touchable(node, given.action, tap);
}

function padding(name, given) {
  if (name === "footer") return "10px";
  return given.footer && name === "body" ? "20px 20px 10px" : "20px";
}

function component(given, tap, layout) {
  const build = { box, text, button, separator, filler }[given.type];
  if (!build) throw new Unknown(given.type);
  const node = build(given, tap, layout);
  if (given.margin) {
    const side = layout === "vertical" ? "marginTop" : "marginInlineStart";
    node.style[side] = space(given.margin);
  }
  return given.type === "button" ? node : touchable(node, given.action, tap);
}

function box(given, tap) {
  const node = make("div", `flex__box flex__box--${given.layout}`);
  given.contents.forEach((one, number) => {
    const inner = component(one, tap, given.layout);
    if (!one.margin && number && given.spacing) {
      inner.style[given.layout === "vertical" ? "marginTop" : "marginInlineStart"] = space(given.spacing);
    }
    inner.style.flex = share(one, given.layout);
    node.append(inner);
  });
  const look = node.style;
  look.padding = space(given.paddingAll ?? "");
  for (const [side, name] of [["Top", "top"], ["Bottom", "bottom"], ["Start", "inline-start"], ["End", "inline-end"]]) {
    if (given[`padding${side}`]) look.setProperty(`padding-${name}`, space(given[`padding${side}`]));
  }
  if (given.backgroundColor) look.backgroundColor = given.backgroundColor;
  if (given.cornerRadius) look.borderRadius = space(given.cornerRadius);
  if (given.borderWidth) look.border = `${BORDERS[given.borderWidth] ?? given.borderWidth} solid`;
  if (given.borderColor) look.borderColor = given.borderColor;
  if (given.justifyContent) look.justifyContent = given.justifyContent;
  if (given.alignItems) look.alignItems = given.alignItems;
  for (const name of ["width", "height", "maxWidth", "maxHeight"]) {
    if (given[name]) look[name] = given[name];
  }
  return node;
}

function text(given) {
  const spans = given.contents?.map((one) => letters(make("span", {}, one.text ?? ""), one));
  const node = letters(make("p", "flex__text", ...(spans ?? [given.text])), given);
  if (given.wrap) node.classList.add("flex__text--wrap");
  if (given.align) node.style.textAlign = given.align;
  if (given.gravity) node.style.alignSelf = PLACES[given.gravity];
  if (given.lineSpacing) node.style.lineHeight = `calc(1.2em + ${given.lineSpacing})`;
  if (given.maxLines) {
    node.classList.add("flex__text--lines");
    node.style.setProperty("-webkit-line-clamp", given.maxLines);
  }
  return node;
}

function letters(node, given) {
  const look = node.style;
  if (given.size) look.fontSize = SIZES[given.size] ?? given.size;
  if (given.color) look.color = given.color;
  if (given.weight === "bold") look.fontWeight = "700";
  if (given.style === "italic") look.fontStyle = "italic";
  if (given.decoration) look.textDecoration = given.decoration;
  return node;
}

function button(given, tap) {
  const kind = given.style ?? "link";
  const node = make("button", { type: "button", class: `flex__button flex__button--${kind}` }, given.action.label);
  if (given.height === "sm") node.classList.add("flex__button--small");
  if (given.color) node.style.setProperty(kind === "link" ? "color" : "background-color", given.color);
  node.addEventListener("click", () => tap(given.action));
  return node;
}

function separator(given) {
  const node = make("div", { class: "flex__separator", role: "presentation" });
  if (given.color) node.style.backgroundColor = given.color;
  return node;
}

function filler() {
  return make("div", "flex__filler");
}

function share(given, layout) {
  if (given.type === "filler") return "1 1 0";
  if (given.type === "separator") return "0 0 auto";
  const flex = given.flex ?? (layout === "horizontal" || (layout === "baseline" && given.type !== "icon") ? 1 : 0);
  return flex ? `${flex} ${flex} 0` : "0 0 auto";
}

function space(value) {
  return SPACES[value] ?? value;
}

function touchable(node, action, tap) {
  if (!action) return node;
  node.setAttribute("role", "button");
  node.tabIndex = 0;
  if (action.label) node.setAttribute("aria-label", action.label);
  node.classList.add("flex__touchable");
  node.addEventListener("click", (event) => {
    event.stopPropagation();
    tap(action);
  });
  node.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    tap(action);
  });
  return node;
}
