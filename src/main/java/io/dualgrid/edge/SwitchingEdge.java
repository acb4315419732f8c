package io.dualgrid.edge;

import io.dualgrid.commitment.BranchAndBound;
import io.dualgrid.commitment.Relaxation;
import io.dualgrid.commitment.SiteStates;
import io.dualgrid.device.DesProgram;
import io.dualgrid.protocol.AbortCode;
import io.dualgrid.protocol.Broadcast;
import io.dualgrid.protocol.MessageType;
import io.dualgrid.protocol.NewtonSwitch;
import io.dualgrid.protocol.NewtonSwitch.Stage;
import io.dualgrid.protocol.ProtocolException;
import io.dualgrid.protocol.TreeSum;
import io.dualgrid.runtime.Step;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * One energy system in newton, first with its relaxed program and then, where the operator says so,
 * with states of its devices that it fixes itself. Which devices it has, and their states, stay
 * here: what is reported is a yes or a no that a sum hides the owner of. Used by one thread at a
 * time.
 */
final class SwitchingEdge implements OrderHandler {
  private static final Set<MessageType> ORDERS = EnumSet.of(MessageType.NEWTON_SWITCH);

  static {
    ORDERS.addAll(NewtonEdge.ORDERS);
  }

  /** What a search for states came to. */
  private enum Search {
    FOUND,
    /** It was given up before any were found. */
    UNFINISHED,
    /** It is proved that there are none. */
    NONE
  }

  private final EdgeSystem edge;
  private final double costScale;
  private final Function<DesProgram, NewtonEdge> newton;
  private final HiddenLevel hidden = new HiddenLevel();
  private NewtonEdge current;
  private NewtonEdge.Kept relaxed; // what the relaxed program came to
  private Stage last; // null before the first

  /**
   * Before any order.
   *
   * @param costScale what costs are divided by
   * @param newton begins anew with the program of the edge, or with the same and states fixed
   */
  SwitchingEdge(EdgeSystem edge, double costScale, Function<DesProgram, NewtonEdge> newton) {
    this.edge = edge;
    this.costScale = costScale;
    this.newton = newton;
    current = newton.apply(Relaxation.of(edge.program()));
  }

  @Override
  public Set<MessageType> orders() {
    return ORDERS;
  }

  @Override
  public void obey(Broadcast order, Answers answers) {
    if (order instanceof NewtonSwitch change) {
      answers.report(changed(change.stage()));
    } else {
      current.obey(order, answers);
    }
  }

  @Override
  public void hear(LineEnd end, TreeSum sum) {
    current.hear(end, sum);
  }

  /** Each stage comes once and in its order: more would let an operator try prices out. */
  private double[] changed(Stage stage) {
    boolean next = last == null ? stage == Stage.ASK : stage.ordinal() == last.ordinal() + 1;
    if (!next) {
      throw new ProtocolException(AbortCode.UNEXPECTED, "devices are not to be switched now");
    }
    last = stage;
    boolean switches = !edge.program().switchings().isEmpty();
    Search search = stage == Stage.ASK ? Search.FOUND : fix(stage);
    return new double[] {
      switches ? hidden.yes() : 0.0,
      search == Search.FOUND ? 0.0 : hidden.yes(),
      search == Search.NONE ? hidden.yes() : 0.0
    };
  }

  private Search fix(Stage stage) {
    edge.clock().start();
    if (stage == Stage.AT_PRICES) {
      relaxed = current.kept();
    }
    double[] prices = stage == Stage.AT_PRICES ? relaxed.prices() : current.boundPrices();
    DesProgram program = edge.program();
    DesProgram fixed = program;
    if (!program.switchings().isEmpty()) {
      BranchAndBound.Result best =
          SiteStates.cheapest(program, costScale, prices, relaxed.injections());
      if (best.states() == null) {
        edge.note(
            best.proved()
                ? "energy system without states of on and off that keep its own limits"
                : "energy system that has found no states of on and off that keep its own limits");
        return best.proved() ? Search.NONE : Search.UNFINISHED;
      }
      fixed = best.states().fix(program);
    }
    current.close();
    current = newton.apply(fixed);
    edge.clock().lap(Step.SOLVE);
    return Search.FOUND;
  }

  @Override
  public Optional<double[]> leastBroken() {
    return current.leastBroken();
  }

  @Override
  public void close() {
    current.close();
  }
}
