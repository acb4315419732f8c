/** Edge systems, the grid operator, the cloud, and the messages between them. */
package io.dualgrid.parties;
