import { expose } from 'comlink';
import declarations from '../kernel/typings/scope?declarations';
import { TypingService } from '../language/ts/service/typing';

/** The worker that knows TypeScript: it reads the cells and never runs them. */
expose(new TypingService(declarations));
