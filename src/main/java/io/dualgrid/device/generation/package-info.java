/** Plants that make electric power. */
package io.dualgrid.device.generation;
