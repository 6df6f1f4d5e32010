// The portal works without this script. With it
//   - an open page says when it has lost the portal, or the person that it was
//     made for
//   - the page of an incident is kept up to date while it is sent
//   - the list of tenants follows what is typed
//   - the frame with the example of a mail is filled
//   - times are shown in the reader's zone, with UTC beside them
//   - the address no longer says what was done, so that a page that is loaded
//     again does not say it again
"use strict";

(() => {
  const here = new URL(location.href);
  if (here.searchParams.has("done")) {
    here.searchParams.delete("done");
    history.replaceState(null, "", here);
  }

  // Whether somebody goes by keys or by a mouse, from one page to the next: see
  // app.css.
  const byKeys = (is) => {
    document.documentElement.toggleAttribute("data-keys", is);
    try {
      sessionStorage.setItem("keys", is ? "yes" : "");
    } catch {
      // a browser may keep nothing
    }
  };
  try {
    byKeys(sessionStorage.getItem("keys") === "yes");
  } catch {
    // as above
  }
  addEventListener("keydown", () => byKeys(true));
  addEventListener("pointerdown", () => byKeys(false));

  // Times come in UTC. Who reads them elsewhere sees their own, and UTC beside
  // it. What is no time of a day stays as it is.
  const local = (root) => {
    for (const t of root.querySelectorAll("time[datetime]:not([data-utc])")) {
      const at = new Date(t.dateTime);
      if (isNaN(at) || at.getTimezoneOffset() === 0 || !/ UTC$/.test(t.textContent)) {
        continue;
      }
      t.dataset.utc = t.textContent;
      // As the page writes it: in its language, and with the month as long.
      const [written, between] = t.textContent.match(/(,? )\d\d:\d\d(:\d\d)? UTC$/) ?? [", ", ", "];
      const lang = document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang;
      const month = t.closest(".answer") ? "long" : "short";
      const seconds = /:\d\d:/.test(written) ? { second: "2-digit" } : {};
      const day = (zone) => at.toLocaleDateString(lang, { day: "numeric", month, year: "numeric", timeZone: zone });
      const clock = at.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", ...seconds });
      const utc = document.createElement("span");
      utc.className = "utc";
      utc.textContent = `(${day() === day("UTC") ? written.slice(between.length) : t.textContent})`;
      t.replaceChildren(`${day()}${between}${clock} `, utc);
    }
  };
  local(document);

  // Times are typed in UTC. What that is for the reader stands below.
  if (new Date().getTimezoneOffset() !== 0) {
    for (const input of document.querySelectorAll("input[type=datetime-local]")) {
      const hint = document.createElement("p");
      hint.className = "hint";
      hint.id = `${input.id}-local`;
      const say = () => {
        const at = new Date(`${input.value}Z`);
        hint.textContent = input.value && !isNaN(at) ? `${at.toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" })} where you are` : "";
      };
      input.after(hint);
      input.setAttribute("aria-describedby", `${input.getAttribute("aria-describedby") ?? ""} ${hint.id}`.trim());
      input.addEventListener("input", say);
      say();
    }
  }

  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => print());
  }

  // On a phone the menu is one line. It begins with where one is.
  const menu = document.querySelector(".menu");
  const entry = menu?.querySelector("[aria-current]");
  if (entry && menu.scrollWidth > menu.clientWidth) {
    menu.scrollLeft = entry.offsetLeft - (menu.clientWidth - entry.offsetWidth) / 2;
  }

  // All boxes of a name, and none if all are ticked.
  for (const button of document.querySelectorAll("[data-all]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const boxes = [...document.querySelectorAll(`input[type=checkbox][name="${button.dataset.all}"]`)];
      const tick = boxes.some((box) => !box.checked);
      for (const box of boxes) {
        box.checked = tick;
      }
    });
  }

  // What is to be copied is in the field that the button names.
  for (const button of document.querySelectorAll("[data-copy]")) {
    const field = document.getElementById(button.dataset.copy);
    const word = button.textContent;
    button.hidden = false;
    button.addEventListener("click", async () => {
      field.select();
      try {
        await navigator.clipboard.writeText(field.value);
      } catch {
        document.execCommand("copy"); // where the page is not on https
      }
      button.textContent = "Copied";
      setTimeout(() => (button.textContent = word), 4000);
    });
  }

  const load = document.querySelector("form[data-load]");
  if (load) {
    load.submit();
    load.hidden = true;
  }

  // The list beside an input holds the first few. It follows what is typed.
  const list = document.querySelector("datalist[data-search]");
  if (list) {
    let waits = 0;
    let asked = 0;
    document.querySelector(`[list="${list.id}"]`).addEventListener("input", (e) => {
      clearTimeout(waits);
      waits = setTimeout(async () => {
        const mine = ++asked;
        try {
          const answer = await fetch(`${list.dataset.search}?search=${encodeURIComponent(e.target.value)}`, { redirect: "error" });
          const part = new DOMParser().parseFromString(await answer.text(), "text/html");
          if (answer.ok && mine === asked) { // and nothing else was typed meanwhile
            list.replaceChildren(...part.querySelectorAll("option"));
          }
        } catch {
          // the list stays as it is, and the name can be typed
        }
      }, 150);
    });
  }

  // A browser may keep a page to go back to. What it was to save is saved by
  // then.
  addEventListener("pageshow", (e) => {
    if (e.persisted && document.querySelector("form[data-once]")) {
      location.reload();
    }
  });

  // What an open page says of itself: "" or the name of one of its sentences.
  const watch = document.querySelector("[data-who]");
  let said = "";
  const says = (what) => {
    said = what;
    for (const p of watch.querySelectorAll("[data-says]")) {
      p.hidden = p.dataset.says !== what;
      p.querySelector("a")?.setAttribute("href", what === "out" ? `/sign-in?next=${encodeURIComponent(here.pathname)}` : here);
    }
  };
  const minute = 60000;
  let asking = 0; // the timer of the next question
  const ask = async () => {
    clearTimeout(asking);
    if (document.hidden) {
      return; // it asks when it is seen again
    }
    let what = "lost";
    try {
      const answer = await fetch("/session", { redirect: "manual", headers: { Accept: "application/json" } });
      if (answer.type === "opaqueredirect") {
        what = "out"; // to the page to sign in on
      } else if (answer.ok) {
        what = (await answer.json()).who === watch.dataset.who ? "" : "other";
      }
    } catch {
      // nobody answers
    }
    says(what);
    clearTimeout(asking);
    asking = setTimeout(ask, what === "lost" ? minute / 12 : minute);
  };
  if (watch) {
    asking = setTimeout(ask, minute);
    document.addEventListener("visibilitychange", ask);
    for (const event of ["online", "offline", "pageshow"]) {
      addEventListener(event, (e) => (e.type !== "pageshow" || e.persisted) && ask());
    }
  }

  const box = document.querySelector("[data-events]");
  if (!box || !window.EventSource) {
    return;
  }
  const find = (name) => box.querySelector(`[data-${name}]`);
  const bar = box.querySelector("[data-bar]");
  const live = find("live");
  let heard = ""; // what a screen reader was told of last
  let changed = false; // since the rows were read
  let reading = false;
  let done = false; // nothing changes any more

  // As the server draws it: side by side, and each of which there is any is seen.
  const draw = (parts) => {
    const shown = parts.filter((part) => part.n > 0);
    const total = shown.reduce((sum, part) => sum + part.n, 0);
    const rects = [];
    let x = 0;
    for (const part of shown) {
      const w = 6 + ((1000 - 6 * shown.length) * part.n) / total;
      const rect = document.createElementNS("http://www.w3.org/2000/svg", "rect");
      for (const [name, value] of [["class", tones[part.part] ?? "calm"], ["x", x], ["y", 0], ["width", w], ["height", 12]]) {
        rect.setAttribute(name, value);
      }
      rects.push(rect);
      x += w;
    }
    bar.replaceChildren(...rects);
    bar.parentElement.hidden = total === 0; // while it is found out whom to tell
    for (const part of parts) {
      const figure = box.querySelector(`[data-segment="${CSS.escape(part.part)}"]`);
      if (figure) {
        figure.textContent = part.text;
      }
    }
  };
  const tones = {};
  for (const figure of box.querySelectorAll("[data-segment]")) {
    tones[figure.dataset.segment] = figure.dataset.tone;
  }

  const show = (p) => {
    find("text").textContent = p.text;
    find("partners").textContent = p.partners;
    const status = find("status");
    status.textContent = p.status;
    status.className = `badge ${p.tone}`;
    for (const [state, n] of Object.entries(p.counts)) {
      box.querySelector(`[data-count="${CSS.escape(state)}"]`).textContent = n;
    }
    draw(p.parts);
    // A screen reader hears of every quarter, of the first failure and of the
    // end; not of every second.
    const now = `${p.done} ${Math.floor((4 * p.sent) / Math.max(p.deliveries, 1))} ${p.failed > 0}`;
    if (now !== heard) {
      heard = now;
      live.textContent = p.text;
    }
    changed = true;
  };

  const readRows = async () => {
    const rows = document.getElementById("rows");
    if (!changed || reading || document.hidden || said !== "") {
      return;
    }
    if (rows.contains(document.activeElement) || rows.querySelector("input:checked")) {
      return; // somebody is in there: nothing is pulled from under the fingers
    }
    changed = false;
    reading = true;
    const last = done;
    try {
      const answer = await fetch(rows.dataset.rows, { redirect: "manual", headers: { Accept: "text/html" } });
      if (answer.ok) {
        const part = new DOMParser().parseFromString(await answer.text(), "text/html");
        if (!rows.contains(document.activeElement) && !rows.querySelector("input:checked")) {
          rows.replaceChildren(...part.body.childNodes);
          local(rows);
          if (last) {
            finish();
          }
        } else {
          changed = true;
        }
      } else {
        changed = true;
        ask();
      }
    } catch {
      changed = true; // it is tried again
      ask();
    } finally {
      reading = false;
    }
  };

  const timer = setInterval(readRows, 2000);
  const finish = () => {
    clearInterval(timer);
    const refresh = find("refresh");
    if (refresh && refresh !== document.activeElement) {
      refresh.remove();
    }
  };

  // A browser opens six connections to a portal. Pages that nobody sees must not
  // hold them: a hidden page closes its stream, and comes again when it is seen.
  let stream = null;
  const hush = () => {
    stream?.close();
    stream = null;
  };
  const listen = () => {
    if (stream || done || document.hidden) {
      return;
    }
    stream = new EventSource(box.dataset.events);
    stream.addEventListener("progress", (e) => show(JSON.parse(e.data)));
    stream.addEventListener("done", () => {
      hush();
      done = true;
      changed = true;
      readRows(); // now, or as soon as nobody is in the rows
    });
    stream.addEventListener("error", () => {
      if (stream.readyState === EventSource.CLOSED) { // it was refused, and does not come again by itself
        hush();
        setTimeout(listen, minute / 2);
      }
      ask();
    });
  };
  document.addEventListener("visibilitychange", () => (document.hidden ? hush() : listen()));
  addEventListener("pagehide", hush);
  addEventListener("pageshow", listen);
  listen();
})();
