// Loaded before the program: at each SIGUSR2 something that nothing catches goes wrong in a timer, as NATURE says.
process.on('SIGUSR2', () => {
  setTimeout(() => {
    const error = new Error('Password=ZqFault1122');
    if (process.env.NATURE === 'rejection') void Promise.reject(error);
    else throw error;
  }, 10);
});
