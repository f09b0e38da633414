// A receipt that a camera read stands behind the # of the address, which no server sees: put it into the field.
const field = document.querySelector("#id_receipt");
if (field && !field.value && location.hash) {
  field.value = decodeURIComponent(location.hash.slice(1));
  history.replaceState(null, "", location.pathname);
}
