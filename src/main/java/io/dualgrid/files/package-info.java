/** Folders written whole or not at all. */
package io.dualgrid.files;
