// The shop's own scripts, with two of its flaws: pages to look into that no book has, and a till that may not answer.

for (const button of document.querySelectorAll('[data-look-inside]')) {
  button.addEventListener('click', () => {
    const first = button.dataset.pages.split(' ')[0]
    location.assign(first)
  })
}

for (const button of document.querySelectorAll('[data-stock]')) {
  button.addEventListener('click', async () => {
    const answer = button.parentElement.querySelector('[data-stock-answer]')
    answer.textContent = 'Asking the till…'
    const response = await fetch(button.dataset.stock)
    answer.textContent = response.ok ? `Yes, ${(await response.json()).shops} of them.` : 'We cannot say right now.'
  })
}
