import { exposeEngine } from './expose';

exposeEngine();
