// The simplest recorder there is: a beacon for each click. What it cannot send is lost.
addEventListener(
  'click',
  (event) => navigator.sendBeacon(`${__SINK__}/floor`, JSON.stringify([[location.pathname, event.target.id, event.timeStamp]])),
  true,
)
