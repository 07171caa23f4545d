import { warmUp } from './session/warm';
import './ui/base.css';

// The database takes longest to start: it does so before the rest of the page is there.
const ready = warmUp();
void import('./app/mount').then(({ mountApp }) => mountApp(document.getElementById('app')!, ready));
