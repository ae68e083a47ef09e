import { StrictEmitter } from './strict-emitter.ts';

/** Nothing suspends this machine; a test emits what it wants to be heard. */
class PowerMonitor extends StrictEmitter {}

export const powerMonitor = new PowerMonitor();
