/** Stores of electric energy and of heat. */
package io.dualgrid.device.storage;
