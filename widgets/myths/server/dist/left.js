try{sessionStorage.clear()}catch{}
