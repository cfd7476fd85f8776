// Turns what the server says of its health.

export const healthSwitch = (health) => {
  const turn = (status) => (call, done) => {
    health.setStatus('', status);
    done(null, {});
  };
  return { SetServing: turn('SERVING'), SetNotServing: turn('NOT_SERVING') };
};
