/** What the page tells of the functions of `levain`; fetched when it is first asked for. */
export { default as help } from '../kernel/typings/levain?help';
