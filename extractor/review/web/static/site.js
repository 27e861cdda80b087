// What pages gain from a script; without it every form and link does the same with a reload.

// 1. Results follow what is typed in a form that names where they go: data-results="id".
const WAIT_MS = 160;
for (const form of document.querySelectorAll("form[data-results]")) follow(form);

function follow(form) {
  let timer = 0;
  let asked = null;
  const address = () => {
    const given = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (value !== "") given.append(name, value);
    const words = given.toString();
    return form.getAttribute("action") + (words ? "?" + words : "");
  };
  const ask = async () => {
    const place = document.getElementById(form.dataset.results);
    const to = address();
    asked?.abort();
    asked = new AbortController();
    place.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(to, { signal: asked.signal, headers: { Accept: "text/html" } });
      if (!answer.ok || answer.redirected) return form.submit();
      const found = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(place.id);
      if (!found) return form.submit();
      place.replaceChildren(...found.childNodes);
      history.replaceState(null, "", to);
      for (const next of document.querySelectorAll("header.site input[name=next]")) next.value = to;
      place.removeAttribute("aria-busy");
    } catch (error) {
      if (error.name !== "AbortError") form.submit();
    }
  };
  form.addEventListener("input", (event) => {
    clearTimeout(timer);
    if (event.target.matches("input[type=search], input[type=text], input:not([type])")) timer = setTimeout(ask, WAIT_MS);
  });
  form.addEventListener("change", (event) => {
    if (!event.target.matches("input[type=search]")) ask();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    ask();
  });
}

// 2. A place that an address names inside something closed is opened.
const opened = () => {
  const place = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  for (let around = place; around; around = around.parentElement?.closest("details")) if (around.matches("details")) around.open = true;
};
addEventListener("hashchange", opened);
opened();
