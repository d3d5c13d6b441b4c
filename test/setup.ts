import nock from 'nock';

// The default run is hermetic: nothing but loopback answers, and a call to anywhere else fails the test that made it.
nock.disableNetConnect();
nock.enableNetConnect((host) => /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(host));
