package io.dualgrid.run;

import io.dualgrid.auth.Company;
import io.dualgrid.consensus.Algorithm;
import io.dualgrid.device.Horizon;
import io.dualgrid.problem.CaseException;
import io.dualgrid.problem.CaseProblem;
import io.dualgrid.site.GridCase;
import io.dualgrid.site.GridCase.Node;
import io.dualgrid.site.InstalledCapacity;
import java.util.List;
import java.util.Optional;

/**
 * Who stands behind the sums of a case, for its owner before and after a run; in the run the edges
 * find out for themselves.
 */
final class SumCompany {
  private SumCompany() {}

  /** Counts the sites of a case. */
  static Company of(GridCase gridCase, RunSettings settings) {
    Horizon horizon = Horizon.of(gridCase.limits(), settings.steps(), settings.sampling());
    int even = 0;
    int odd = 0;
    for (Node node : gridCase.nodes()) {
      boolean counts =
          node.id() != gridCase.tree().root() && InstalledCapacity.of(node, horizon) > 0;
      if (counts && gridCase.tree().hasEvenDepth(node.id())) {
        even++;
      } else if (counts) {
        odd++;
      }
    }
    return new Company(even, odd);
  }

  /**
   * Refuses a run whose sums would show what single sites do, unless that is allowed.
   *
   * @throws CaseException saying what the operator could learn
   */
  static void require(GridCase gridCase, RunSettings settings) {
    Company company = of(gridCase, settings);
    if (!company.ofAll() && !settings.allowExposedSums()) {
      throw new CaseException(
          gridCase.name(),
          List.of(
              new CaseProblem(
                  "case.json",
                  "nodes",
                  "",
                  sites(company) + " besides the root",
                  exposure(company),
                  "run with --allow-exposed-sums if the operator and these sites may learn that,"
                      + " or with --privacy rmme or none, which hide nothing from the operator")));
    }
  }

  /** What somebody who runs this feeder under encryption has to know; mostly nothing. */
  static Optional<String> notice(GridCase gridCase, RunSettings settings) {
    Company company = of(gridCase, settings);
    if (!company.ofAll()) {
      return Optional.of("exposed sums allowed: " + exposure(company));
    }
    if (settings.algorithm() != Algorithm.ACCELERATED || company.ofHalves()) {
      return Optional.empty();
    }
    String counts =
        sites(company.even()) + " at even depth and " + sites(company.odd()) + " at odd depth";
    return Optional.of(
        company.allowsHub(settings.allowExposedSums())
            ? "exposed sums allowed: "
                + counts
                + ", and where there are two, each can work out the other's injections"
            : counts
                + ", where sums over a half take "
                + Company.LEAST
                + " to hide one: the price hub, which needs them, is left out; the run may take"
                + " more iterations, and not converge where such sites are few among many nodes;"
                + " --privacy ckks with --algorithm newton needs no hub");
  }

  private static String exposure(Company company) {
    return switch (company.even() + company.odd()) {
      case 0 -> "no site has private devices: there is nothing that a sum could hide";
      case 1 ->
          "every sum that the operator gets is the value of a single site plus the root's, which"
              + " the operator meters";
      default ->
          "every sum that the operator gets is over two sites, each of which can take its own value"
              + " away, and so can an operator that knows one of them";
    };
  }

  private static String sites(Company company) {
    return sites(company.even() + company.odd());
  }

  private static String sites(int count) {
    return count + (count == 1 ? " site" : " sites") + " with private devices";
  }
}
