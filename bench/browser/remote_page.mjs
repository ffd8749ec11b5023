// The page on the remote display: a field that changes its colour with each press of a key, and an animation whose frames
// can be told apart from afar.

/** Colours that survive a lossy encoding: the corners of the cube. */
const page = (width, height) => `<!doctype html><meta charset="utf-8"><title>remote</title>
<style>
  body { margin: 0; overflow: hidden; background: #f4f6f8; font: 15px sans-serif; color: #1d2530; cursor: none }
  p { margin: 6px 20px }
  #key { position: fixed; left: 100px; top: 100px; width: 240px; height: 160px; background: rgb(0,0,255) }
  canvas { position: fixed; left: 440px; top: 100px }
</style>
<div id="text"></div><div id="key"></div><canvas id="moving" width="${width}" height="${height}"></canvas>
<script>
  document.getElementById("text").innerHTML = Array.from({ length: 30 }, (_, line) => "<p>" + line + " 加工プログラム O1234 を読み込みました。主軸の負荷 " + line * 3 + " %</p>").join("");
  const field = document.getElementById("key");
  let on = false;
  addEventListener("keydown", (event) => {
    if (event.key !== "c" || event.repeat) return;
    on = !on;
    field.style.background = on ? "rgb(255,255,0)" : "rgb(0,0,255)";
  });
  const canvas = document.getElementById("moving");
  const drawing = canvas.getContext("2d");
  let frame = 0;
  let moves = false;
  const draw = () => {
    frame += 1;
    drawing.fillStyle = "#ffffff";
    drawing.fillRect(0, 0, canvas.width, canvas.height);
    drawing.fillStyle = "#1d2530";
    drawing.font = "15px sans-serif";
    for (let line = 0; line < 12; line += 1) drawing.fillText(line + " 負荷 " + (frame + line) + " %", 90, 30 + line * 30);
    for (let box = 0; box < 6; box += 1) {
      drawing.fillStyle = ["#b3261e", "#1f6f43", "#2457a6", "#8a5a00", "#5b3fa0", "#00677d"][box];
      const turn = frame / 20 + box;
      drawing.fillRect(canvas.width / 2 + 200 * Math.cos(turn), canvas.height / 2 + 130 * Math.sin(turn), 50, 50);
    }
    const bit = (at) => ((frame >> at) & 1) * 255;
    drawing.fillStyle = "rgb(" + bit(0) + "," + bit(1) + "," + bit(2) + ")";
    drawing.fillRect(0, 0, 64, 64);
    if (moves) requestAnimationFrame(draw);
  };
  draw();
  window.animate = (wanted) => {
    if (wanted && !moves) requestAnimationFrame(draw);
    moves = wanted;
  };
</script>`;

/** Shows it in the browser's window. Returns the page, and where a viewer of the display has to look for the key and the frame. */
export async function showRemote(browser) {
  const context = await browser.newContext({ viewport: null });
  const remote = await context.newPage();
  await remote.setContent(page(640, 400));
  await remote.bringToFront();
  const [left, top] = await remote.evaluate(() => [screenX, screenY + outerHeight - innerHeight]);
  return { remote, keyAt: [left + 220, top + 180], markAt: [left + 472, top + 132] };
}
