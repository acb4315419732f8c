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
 * @param texts the names of further fields that hold words alone
 * @param others the names of further fields with figures
 * @param converted whether code in the file has changed the matrices
 */
record MatpowerCase(
    double baseMva,
    List<MBus> buses,
    List<MBranch> branches,
    List<MGenerator> generators,
    List<String> busNames,
    Set<String> texts,
    Set<String> others,
    boolean converted) {}
