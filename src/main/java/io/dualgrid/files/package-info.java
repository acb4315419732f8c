/** Files and folders written whole or not at all, and what is said when they cannot be. */
package io.dualgrid.files;
