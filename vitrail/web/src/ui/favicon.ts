const MARK = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><g transform="rotate(8 16 16)"><rect x="4" y="4" width="11" height="11" rx="2" fill="#2f4fe0"/><circle cx="22.5" cy="9.5" r="5.5" fill="#e0a21b"/><circle cx="9.5" cy="22.5" r="5.5" fill="#d6335e"/><rect x="17" y="17" width="11" height="11" rx="2" fill="#11a06b"/></g></svg>`;

/** The mark in the tab, without a request of its own. */
export function installFavicon(): void {
  const link = document.createElement("link");
  link.rel = "icon";
  link.href = `data:image/svg+xml,${encodeURIComponent(MARK)}`;
  document.head.append(link);
}
