package io.dualgrid.audit;

import io.dualgrid.consensus.newton.Sensitivities;
import io.dualgrid.protocol.MessageType;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the threat model lists of newton: sums by the order that asks for them, and messages. */
final class SumKinds {
  private static final Map<MessageType, String> LISTED = new EnumMap<>(MessageType.class);

  /** Those whose numbers are random where they are not zero. */
  private static final Set<MessageType> RANDOM =
      EnumSet.of(
          MessageType.NEWTON_SWITCH,
          MessageType.NEWTON_SWEEP,
          MessageType.NEWTON_LEVELS,
          MessageType.NEWTON_FIND);

  static {
    LISTED.put(MessageType.ASK_CAPACITIES, "installed capacity, the most that all can cost");
    LISTED.put(MessageType.ASK_STORES, "owners of batteries, of heat stores");
    LISTED.put(MessageType.NEWTON_SWITCH, "whether any switches devices, or finds no states");
    LISTED.put(MessageType.NEWTON_BEGIN, "number of bounds");
    LISTED.put(MessageType.NEWTON_RELAX, "number of bounds");
    LISTED.put(
        MessageType.NEWTON_OPEN,
        "injections, how they would move at unchanged prices, products, cost, how they "
            + "answer prices");
    LISTED.put(MessageType.NEWTON_AIM, "how injections would move at unchanged prices");
    LISTED.put(MessageType.NEWTON_MULTIPLY, "how injections answer one change of prices");
    LISTED.put(MessageType.NEWTON_DIRECT, "products after the step, levels of the shortest step");
    LISTED.put(MessageType.NEWTON_SWEEP, "steps at which anybody is near a limit");
    LISTED.put(MessageType.NEWTON_LEVELS, "how near");
    LISTED.put(MessageType.NEWTON_FIND, "which node");
    LISTED.put(MessageType.NEWTON_BOUND, "lower bound");
    LISTED.put(MessageType.NEWTON_POLISH, "cost of the point, whether limits hold");
    LISTED.put(MessageType.ASK_AGREEMENT, "line ends above the tolerance");
  }

  private SumKinds() {}

  /** What the sum of an order says; empty where the threat model has no such sum. */
  static Optional<String> listed(MessageType order) {
    return Optional.ofNullable(LISTED.get(order));
  }

  /** An order in words. */
  static String name(MessageType order) {
    return order.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /**
   * Whether its parts are random numbers where they are not zero, and say nothing by their size.
   */
  static boolean random(MessageType order) {
    return RANDOM.contains(order);
  }

  /** Kinds of messages that the operator receives by the threat model. */
  static Set<MessageType> messages(Sensitivities sensitivities) {
    Set<MessageType> listed =
        EnumSet.of(
            MessageType.SITE_KEYS,
            MessageType.LINE_KEY,
            MessageType.BOUNDARY,
            MessageType.TREE_PART,
            MessageType.REPORT);
    if (sensitivities == Sensitivities.ROOT) {
      listed.add(MessageType.ROOT_ORDER);
      listed.add(MessageType.ROOT_VERDICT);
    }
    return listed;
  }
}
