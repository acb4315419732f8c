package io.dualgrid.cli;

import io.dualgrid.audit.Audit;
import io.dualgrid.audit.MaskReadings;
import io.dualgrid.mask.attack.structure.Quantity;
import io.dualgrid.mask.attack.structure.ReadingScore;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The table of what the cloud reads through the masks of a recorded run. */
record ReadingsTable(Audit audit) {

  void print(PrintWriter text) {
    text.printf(
        "%nWhat the cloud reads in the recorded run without any parameter: right/claimed%n");
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("value", "there are", "blind", "published", "error", "hardened", "error"));
    for (Quantity quantity : Quantity.values()) {
      ReadingScore plain = of(audit.publishedReadings(), quantity);
      ReadingScore hard = of(audit.hardenedReadings(), quantity);
      if (plain.values() + plain.claimed() + hard.values() + hard.claimed() > 0) {
        rows.add(
            List.of(
                quantity.description(),
                Integer.toString(hard.values()),
                Integer.toString(hard.blind()),
                plain.right() + "/" + plain.claimed(),
                error(plain),
                hard.right() + "/" + hard.claimed(),
                error(hard)));
      }
    }
    CompareCommand.printAligned(rows, text);
    if (audit.hardenedReadings().chpLimitKw() > 0) {
      text.printf(
          Locale.ROOT,
          "With the nameplate of a CHP its power, the limits of PV and wind and the load follow in"
              + " kW,%nright to %.1g kW under the hardened mask.%n",
          audit.hardenedReadings().largestErrorKw());
    }
  }

  private static ReadingScore of(MaskReadings readings, Quantity quantity) {
    return readings.scores().stream()
        .filter(score -> score.quantity() == quantity)
        .findFirst()
        .orElse(new ReadingScore(quantity, 0, 0, 0, 0.0, 0));
  }

  private static String error(ReadingScore score) {
    return score.right() == 0 ? "" : String.format(Locale.ROOT, "%.0e", score.largestError());
  }
}
