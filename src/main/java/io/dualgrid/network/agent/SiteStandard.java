package io.dualgrid.network.agent;

/**
 * What a site insists on, whatever an operator would like.
 *
 * @param clear whether messages may go to the operator in the clear
 * @param exposedSums whether it answers where fewer than three sites stand behind a sum
 * @param published whether the published mask and parameters, which hide less, will do
 * @param fullSensitivities whether the operator may learn how all steps answer prices, which shows
 *     a store that nobody else has
 * @param totalsToRoot whether it takes part only where totals are for the root and not for the
 *     operator
 */
public record SiteStandard(
    boolean clear,
    boolean exposedSums,
    boolean published,
    boolean fullSensitivities,
    boolean totalsToRoot) {}
