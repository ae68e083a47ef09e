import { mount } from 'svelte';
import App from './app.svelte';
import './bridge.ts';
import './styles/tokens.css';
import './styles/base.css';
import './styles/controls.css';

const target = document.getElementById('app');
if (target) mount(App, { target, props: { bridge: window.sandglass } });
