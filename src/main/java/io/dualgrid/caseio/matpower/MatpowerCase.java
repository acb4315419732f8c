package io.dualgrid.caseio.matpower;

import java.util.List;
import java.util.Set;

/**
 * The content of a MATPOWER case, its code run.
 *
 * @param baseMva base of the per-unit values
 * @param buses in the order of the file
 * @param branches in the order of the file
 * @param generators in the order of the file
 * @param busNames one for each bus; fewer where the file has fewer
 * @param others the names of fields that are none of these
 * @param converted whether code in the file has changed the matrices
 */
record MatpowerCase(
    double baseMva,
    List<MBus> buses,
    List<MBranch> branches,
    List<MGenerator> generators,
    List<String> busNames,
    Set<String> others,
    boolean converted) {}
