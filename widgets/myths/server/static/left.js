// Forgets what the page kept in this tab.

sessionStorage.clear();
