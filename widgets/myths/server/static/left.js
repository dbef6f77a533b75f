// Forgets what the page kept in this tab.

try {
  sessionStorage.clear();
} catch {} // a browser without it kept nothing
