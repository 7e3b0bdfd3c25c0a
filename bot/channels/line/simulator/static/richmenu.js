import { make } from "./dom.js";
import { say } from "./words.js";

/** Shows a rich menu in `root`: its picture, with a button over each area; null shows none. */
export function showMenu(root, menu, tap) {
  const shown = menu?.richMenuId ?? "";
  if (root.dataset.menu === shown) return;
  root.dataset.menu = shown;
  if (!menu) {
    root.replaceChildren(make("p", "phone__nomenu", say("menu_empty")));
    return;
  }
  const { width, height } = menu.size;
  const picture = make("img", { src: `/simulator/menus/${shown}/image`, alt: "" });
  root.style.aspectRatio = `${width} / ${height}`;
  root.replaceChildren(picture, ...menu.areas.map((one) => area(one, width, height, tap)));
}

function area({ bounds, action }, width, height, tap) {
  const label = action.label ?? action.displayText ?? action.text ?? action.data;
  const node = make("button", { type: "button", class: "phone__area-button", "aria-label": label });
  node.style.left = `${(100 * bounds.x) / width}%`;
  node.style.top = `${(100 * bounds.y) / height}%`;
  node.style.width = `${(100 * bounds.width) / width}%`;
  node.style.height = `${(100 * bounds.height) / height}%`;
  node.addEventListener("click", () => tap(action));
  return node;
}
