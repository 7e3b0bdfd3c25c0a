/** The way from an open conversation or ticket to its record. */
const link = document.querySelector('nav.pages a[href="/desk/export"]');

link?.addEventListener('click', () => {
  const key = decodeURI(location.hash.slice(1));
  if (/^[ct]=./.test(key)) link.search = `?${new URLSearchParams({ conversation: key.slice(2) })}`;
});
