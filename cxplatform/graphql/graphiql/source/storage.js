// What is kept where: queries for good, the key and the brand for as long as the tab, headers nowhere.

export function askingOfTab() {
  return { key: sessionStorage.getItem("key") ?? "", brand: sessionStorage.getItem("brand") ?? "" };
}

export function keepForTab({ key, brand }) {
  sessionStorage.setItem("key", key);
  sessionStorage.setItem("brand", brand);
}

export function tabsAreKept() {
  return localStorage.getItem("graphiql:tabState") !== null;
}

// GraphiQL writes headers typed by hand into its history, and one of them may be a key.
export const storageWithoutHeaders = {
  getItem: (name) => localStorage.getItem(name),
  removeItem: (name) => localStorage.removeItem(name),
  clear: () => localStorage.clear(),
  get length() {
    return localStorage.length;
  },
  setItem(name, value) {
    if (name !== "graphiql:headers") localStorage.setItem(name, withoutHeaders(value));
  },
};

function withoutHeaders(text) {
  try {
    return JSON.stringify(JSON.parse(text, (name, value) => (name === "headers" ? null : value)));
  } catch {
    return text;
  }
}
