/** Audiences as cells know them: `levain.segments`. */
export { audiences, type Audience, type Audiences, type Condition, type Intersection, type Overlap } from './audiences';
