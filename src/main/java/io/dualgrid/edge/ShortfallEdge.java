package io.dualgrid.edge;

import io.dualgrid.protocol.AbortCode;
import io.dualgrid.protocol.Broadcast;
import io.dualgrid.protocol.MessageType;
import io.dualgrid.protocol.NewtonBound;
import io.dualgrid.protocol.ProtocolException;
import io.dualgrid.protocol.TreeSum;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * One energy system in the search for what is short, where the algorithm of the run is not newton:
 * it answers as in newton without costs, and nothing else of newton. Its program stays at home, and
 * its own state in the algorithm is not touched. Used by one thread at a time.
 */
final class ShortfallEdge implements OrderHandler {
  private static final Set<MessageType> ORDERS =
      EnumSet.of(
          MessageType.NEWTON_RELAX,
          MessageType.NEWTON_ROWS,
          MessageType.NEWTON_OPEN,
          MessageType.NEWTON_AIM,
          MessageType.NEWTON_MULTIPLY,
          MessageType.NEWTON_DIRECT,
          MessageType.NEWTON_MOVE,
          MessageType.NEWTON_SWEEP,
          MessageType.NEWTON_LEVELS,
          MessageType.NEWTON_FIND,
          MessageType.NEWTON_BOUND);

  private static final Set<MessageType> OF_NEAR_LIMITS =
      EnumSet.of(MessageType.NEWTON_LEVELS, MessageType.NEWTON_FIND, MessageType.NEWTON_ROWS);

  private final Supplier<NewtonEdge> newton;
  private NewtonEdge search; // null before it begins
  private boolean begun; // whether it has left the point of the run's algorithm

  /**
   * Before any order.
   *
   * @param newton made when the search begins
   */
  ShortfallEdge(Supplier<NewtonEdge> newton) {
    this.newton = newton;
  }

  @Override
  public Set<MessageType> orders() {
    return ORDERS;
  }

  /**
   * It begins once, with a sweep of the present point and the limits that this is near: more would
   * let an operator try prices out.
   */
  @Override
  public void obey(Broadcast order, Answers answers) {
    boolean sweeps = order.type() == MessageType.NEWTON_SWEEP;
    boolean begins = order.type() == MessageType.NEWTON_RELAX;
    boolean due =
        begun ? !begins : search == null ? sweeps : begins || OF_NEAR_LIMITS.contains(order.type());
    boolean withCosts = order instanceof NewtonBound bound && !bound.free();
    if (!due || withCosts) {
      throw new ProtocolException(
          AbortCode.UNEXPECTED,
          order.type() + " is no order of a search for what is short, or not now");
    }
    if (search == null) {
      search = newton.get();
    }
    begun |= begins;
    search.obey(order, answers);
  }

  @Override
  public void hear(LineEnd end, TreeSum sum) {
    search.hear(end, sum);
  }

  @Override
  public Optional<double[]> leastBroken() {
    return search == null ? Optional.empty() : search.leastBroken();
  }

  @Override
  public void close() {
    if (search != null) {
      search.close();
    }
  }
}
