/**
 * The widget's style: px units and fixed colours, so that nothing of the site's shows through.
 *
 * `!important` inside a shadow root outranks all that a site's own style sheets say about the host. The second rule is
 * where `place.js` writes the position; custom properties are the one thing that `all` leaves alone.
 */
const css = `
:host{all:initial!important;display:block!important;position:fixed!important;z-index:2147483647!important;color-scheme:light!important}
:host{--width:100vw;--height:100vh}
:host(.still){position:static!important}
:host::backdrop{display:none!important}
@media print{:host{display:none!important}}
*,::before,::after{box-sizing:border-box}
[hidden]{display:none!important}
.card{display:flex;flex-direction:column;width:340px;max-width:calc(var(--width) - 16px);max-height:min(max(.7*var(--height),300px),560px,var(--height) - 16px);overflow:hidden;border:1px solid #1a1c20;border-radius:14px;background:#fff;color:#1a1c20;font:15px/22px -apple-system,"Segoe UI",Roboto,"Noto Sans","Liberation Sans",Arial,sans-serif;box-shadow:0 0 0 3px #fff,0 24px 60px -20px #1a1c2066}
.narrow{width:calc(var(--width) - 16px)}
.head{display:flex;flex:none;align-items:center;min-height:48px;position:relative;background:#1a1c20;color:#fff;touch-action:none;user-select:none;-webkit-user-select:none;cursor:grab}
.words{flex:1;margin:0;padding:4px 0;font-size:14px;line-height:20px;font-weight:700}
button,input,textarea{font:inherit;color:inherit;margin:0}
button{min-height:44px;padding:4px 16px;border:1px solid #84827b;border-radius:10px;background:#fff;font-weight:700;cursor:pointer;touch-action:manipulation}
.primary{background:#1a1c20;border-color:#1a1c20;color:#fff}
.primary:hover{background:#34373e}
.head button{touch-action:none;flex:none;min-width:44px;border:0;background:none;color:inherit}
.head .grip{position:relative;z-index:1;padding:0;cursor:grab}
.grip::before{content:"";display:block;width:18px;height:12px;margin:auto;background:radial-gradient(currentColor 1.4px,transparent 1.9px) 0 0/6px 6px;opacity:.75}
.fold{padding:0 12px;font-weight:400;font-size:14px}
.fold:not(:empty){text-decoration:underline}
.fold:empty::before{content:"";display:block;width:9px;height:9px;margin:-5px auto 0;border:solid;border-width:0 2px 2px 0;transform:rotate(45deg)}
.bar{flex:none;height:4px;background:#3a3d45}
.bar div{height:100%;width:calc(var(--progress)*100%);background:#ffe27a}
.notice,.note{margin:0;padding:10px 12px;border-radius:6px;font-size:14px;line-height:20px;background:#f3f1eb}
.notice{flex:none;margin:14px 18px 0;border-inline-start:4px solid #7a4f00;background:#fff3d1}
.notice:empty{display:none}
.sheets,.sheet{display:flex;flex-direction:column;min-height:0;margin:0}
.body{overflow-y:auto;overscroll-behavior:contain;min-height:0;padding:16px 18px 2px}
.body>*{margin:0 0 10px}
.actions{display:flex;flex:none;flex-wrap:wrap;gap:8px;padding:6px 18px 4px}
.actions button{flex:auto}
.actions .primary{flex-grow:3}
.stacked .actions button{flex:1 0 100%}
.actions p{flex:1 0 100%;margin:0}
h2{margin:0;font-size:17px;line-height:23px;font-weight:700;overflow-wrap:anywhere}
.text,p,li{overflow-wrap:anywhere}
.sheet p,.notice{unicode-bidi:plaintext}
[dir=rtl]{text-align:right}
.text>:is(p,ul,ol){margin:0 0 10px}
.text ul,.text ol{padding-inline-start:22px}
a{color:#0b5563}
code{font:13px monospace}
.small{font-size:13px;line-height:20px;color:#656972}
.foot{display:flex;flex:none;flex-wrap:wrap;justify-content:space-between;padding:0 10px 4px}
.foot button{padding:0 8px;border:0;font-size:13px;font-weight:400;color:#4a4e57;text-decoration:underline}
.scale{display:grid;grid-template-columns:repeat(var(--columns),1fr);gap:6px}
.narrow .scale{gap:4px}
.scale label{position:relative;height:48px}
.scale input{appearance:none;position:absolute;inset:0;width:100%;height:100%;border:1px solid #84827b;border-radius:10px;cursor:pointer}
.scale span{position:absolute;inset:0;display:grid;place-items:center;font-size:16px;font-weight:700;pointer-events:none}
.scale input:checked{background:#1a1c20;border-color:#1a1c20}
.scale input:checked+span{color:#fff}
.ends{display:flex;justify-content:space-between;gap:16px;padding-top:4px}
.ends :last-child{text-align:end}
.choice{display:grid;gap:6px}
.choice label{display:flex;align-items:center;gap:10px;min-height:44px;padding:4px 12px;border:1px solid #84827b;border-radius:10px;cursor:pointer;overflow-wrap:anywhere}
.choice label input{flex:none;width:20px;height:20px;accent-color:#1a1c20}
.choice:not(:has(.other:checked))>input{display:none}
.choice>input,textarea,.body>input{display:block;width:100%;min-height:44px;padding:8px 12px;border:1px solid #84827b;border-radius:8px;background:#fff;font-size:16px;resize:vertical}
[aria-invalid]:is(input,textarea),[aria-invalid] :is(.scale input,label){border:2px solid #b3261e}
.fault{color:#b3261e;font-weight:700}
.pill{width:auto;border-radius:24px}
.pill .fold{margin-inline-start:12px}
.pill .fold::after{content:"";position:absolute;inset:0}
.pill>:not(.head),.compact>:is(.bar,.foot),.compact .body{display:none}
.compact .actions{padding:10px}
:host(.still) .grip{display:none}
:host(.still) .words{padding-inline-start:18px}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap;margin:0}
:focus{outline:0}
:focus-visible{outline:3px solid #0b5563;outline-offset:2px}
h2:focus-visible{outline-offset:1px;border-radius:4px}
.head :focus-visible{outline-color:#ffe27a;outline-offset:-5px;border-radius:12px}
.pill .fold:focus-visible{outline:0}
.pill .fold:focus-visible::after{outline:3px solid #ffe27a;outline-offset:-5px;border-radius:24px}
.body:focus-visible,.foot :focus-visible{outline-offset:-3px}
.short{overflow-y:auto}
.short :is(.sheets,.sheet,.body){display:block;flex:none;overflow:visible}
@media (forced-colors:active){.bar div{background:Highlight}.grip{forced-color-adjust:none;color:CanvasText!important}.scale input:checked,.scale input:checked+span{forced-color-adjust:none;background:Highlight;color:HighlightText}.card,.head{border:1px solid CanvasText}}
`

/** One sheet a widget, since its position is written into it. */
export function makeStyle() {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(css)
  return { sheet, position: /** @type {CSSStyleRule} */ (sheet.cssRules[1]).style }
}
