/** Commands, exit codes and terminal progress; no numerics. */
package io.dualgrid.cli;
