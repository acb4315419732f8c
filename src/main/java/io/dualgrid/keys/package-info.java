/**
 * Agreement on secrets, keys derived from them, and random bits. Knows nothing else of the program.
 */
package io.dualgrid.keys;
