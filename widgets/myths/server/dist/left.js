sessionStorage.clear();
