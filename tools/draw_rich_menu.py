"""`python -m tools.draw_rich_menu`: draws the picture of LINE's rich menu anew.

Needs the tools for tests (`make .venv/dev`), Debian's chromium and a Japanese font, such as that
of the package fonts-noto-cjk. The picture carries the digest of what it was drawn from, so that a
test can tell when the words have changed since.
"""

from __future__ import annotations

import shutil
import sys

from playwright.sync_api import sync_playwright

from bot.channels.line import png
from bot.channels.line.richmenu import HEIGHT, PICTURE, WIDTH, drawing
from bot.wording import load_wording

PAGE = "<!doctype html><meta charset='utf-8'><style>body{{margin:0}}svg{{display:block}}</style>{}"


def main() -> int:
    """Draws, and says where the picture is; 1 if there is no browser to draw with."""
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.stderr.write("chromium が見つかりません。Debian では apt install chromium です。\n")
        return 1
    svg = drawing(load_wording())
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        page.set_content(PAGE.format(svg))
        picture = page.screenshot(type="png")
        browser.close()
    PICTURE.write_bytes(png.marked(picture, png.digest(svg)))
    sys.stdout.write(f"{PICTURE}: {PICTURE.stat().st_size:,} バイト\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
