package io.dualgrid.run;

import io.dualgrid.device.Netting;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Tells of powers that undo each other and are both in use, where their net is no tie. */
final class KeptPairs {
  private KeptPairs() {}

  /** A notice a device, naming node, device, steps and the most of it. */
  static List<String> notices(List<Netting.Kept> kept) {
    return kept.stream().map(KeptPairs::notice).toList();
  }

  private static String notice(Netting.Kept kept) {
    boolean one = kept.steps().size() == 1;
    return String.format(
        Locale.ROOT,
        "node %d: %s has %s and %s at once, up to %.4g kW, at step%s %s: %s",
        kept.node(),
        kept.device(),
        kept.firstName(),
        kept.secondName(),
        kept.largestKw(),
        one ? "" : "s",
        kept.steps().stream().map(String::valueOf).collect(Collectors.joining(", ")),
        kept.forReactivePower()
            ? "its reactive power there needs both"
            : "what is lost pays there, or costs nothing, as where a price is negative or zero; a"
                + " device that cannot do both at once may cost more");
  }
}
