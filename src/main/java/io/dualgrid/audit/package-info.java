/** Records what operator and cloud receive in a run, and attacks it. */
package io.dualgrid.audit;
