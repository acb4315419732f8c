/** Finding, loading and probing native libraries; no domain types. */
package io.dualgrid.natives;
