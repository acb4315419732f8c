/**
 * The interior-point method over all energy systems of a feeder at once, as the operator runs it:
 * from sums over the sites to a step of the prices. What a site does for it is a {@link
 * io.dualgrid.qp.NewtonKernel}.
 *
 * <p>Site i minimises cᵢᵀxᵢ over its own rows and injects uᵢ = Eᵢxᵢ (P of each step, then Q: 2T
 * numbers). Coupled are Σuᵢ = 0 and, for the few limits of voltage or flow that are near, rows V₀ +
 * Σgᵢᵀuᵢ within limits. With Cᵢ = [I, Gᵢ] and the price vector q = (π, η), η the rows' prices, site
 * i sees the price sᵢ = Cᵢq, and a Newton step solves (ΣCᵢᵀJᵢCᵢ + D)Δq = h.
 */
package io.dualgrid.consensus.newton;
