throw new Error('of another origin')
