/** Agreement on secrets and keys derived from them. Knows nothing else of the program. */
package io.dualgrid.keys;
