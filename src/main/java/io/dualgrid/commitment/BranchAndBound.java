package io.dualgrid.commitment;

import io.dualgrid.device.Switching;
import io.dualgrid.qp.QuadraticProgram;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * The best states of a linear program with devices that are switched on and off, by branch and
 * bound (Land and Doig, Econometrica 28, 1960): each relaxation gives a bound by its dual solution,
 * and its rounded states, solved again, a schedule. Branches where the power of the two differs
 * most, and looks at the branch of the rounded state first; of what is left, at the least bound.
 */
public final class BranchAndBound {
  /** Powers nearer than this are the same, per unit: a watt on a base of 1 MVA. */
  private static final double SAME_POWER = 1e-6;

  private final SwitchedProgram program;
  private final Gap gap;
  private final long deadline;
  private final int mostBranches;
  private int branches;
  private boolean answered = true; // by the solver, wherever all states were set
  private double leastUnanswered = Double.POSITIVE_INFINITY; // bound of such a branch
  private final PriorityQueue<Branch> left =
      new PriorityQueue<>(Comparator.comparingDouble(Branch::bound));
  private byte[][] best;
  private double bestCost = Double.POSITIVE_INFINITY;

  private record Branch(double bound, byte[][] states) {}

  /** Step and device of a state, and the value to look at first. */
  private record Place(int device, int step, byte first) {}

  /**
   * What the search came to.
   *
   * @param states the best that were found; null where there are none
   * @param cost of the program with these states; infinite without
   * @param bound no states cost less; infinite where there is proof that there are none
   * @param proved whether the cost is within the gap of the bound, or there are none
   */
  public record Result(States states, double cost, double bound, boolean proved) {}

  /**
   * When states are good enough.
   *
   * @param share of their cost
   * @param leastCost below which it is that share of this cost
   */
  public record Gap(double share, double leastCost) {
    double of(double cost) {
      return share * Math.max(Math.abs(cost), leastCost);
    }
  }

  /**
   * How long to search.
   *
   * @param time after which the best so far counts
   * @param branches after which it counts, too
   */
  public record Effort(Duration time, int branches) {
    /** As long as it takes within a time. */
    public static Effort within(Duration time) {
      return new Effort(time, Integer.MAX_VALUE);
    }
  }

  private BranchAndBound(SwitchedProgram program, Gap gap, Effort effort) {
    this.program = program;
    this.gap = gap;
    deadline = System.nanoTime() + effort.time().toNanos();
    mostBranches = effort.branches();
  }

  /**
   * Searches.
   *
   * @param program linear, relaxed; its quadratic term must be zero
   * @param switchings in the variables of the program
   * @param gap to a lower bound, at which states are good enough
   * @param effort after which the best so far counts
   */
  public static Result search(
      QuadraticProgram program, List<Switching> switchings, Gap gap, Effort effort) {
    return new BranchAndBound(new SwitchedProgram(program, switchings).tightened(), gap, effort)
        .search();
  }

  private Result search() {
    // what rounding seldom finds, where a least power is above most of what is needed
    tried(program.constant((byte) 0));
    tried(program.constant((byte) 1));
    Branch next = new Branch(Double.NEGATIVE_INFINITY, program.open());
    boolean inTime = true;
    while (next != null && inTime) {
      next = follow(next);
      if (next == null) {
        next = left.poll();
      }
      if (next != null && !worthwhile(next.bound())) {
        next = null; // so is all that is left, as its bounds are no lower
      }
      branches++;
      inTime = branches < mostBranches && System.nanoTime() < deadline;
    }
    double bound = next == null ? goodEnough() : Math.min(next.bound(), leastLeft());
    return new Result(
        best == null ? null : SwitchedProgram.states(best),
        bestCost,
        answered ? bound : Math.min(bound, leastUnanswered),
        next == null && answered);
  }

  private double leastLeft() {
    return left.isEmpty() ? Double.POSITIVE_INFINITY : left.peek().bound();
  }

  private double goodEnough() {
    return best == null ? Double.POSITIVE_INFINITY : bestCost - gap.of(bestCost);
  }

  private boolean worthwhile(double bound) {
    return bound < goodEnough();
  }

  /** Solves a branch; the part of it to go on with, null where there is nothing to gain. */
  private Branch follow(Branch branch) {
    SwitchedProgram.Relaxed relaxed = program.solve(branch.states());
    double bound = Math.max(relaxed.bound(), branch.bound());
    if (!worthwhile(bound)) {
      return null;
    }
    byte[][] states = relaxed.states();
    byte[][] rounded = relaxed.x() == null ? null : program.rounded(relaxed.x(), states);
    double[] point = rounded == null ? null : tried(rounded);
    if (!worthwhile(bound)) {
      return null;
    }
    Place place = place(states, relaxed.x(), rounded, point);
    if (place == null) {
      // every state is set, and the program with them has been tried
      answered &= relaxed.x() != null;
      leastUnanswered = relaxed.x() != null ? leastUnanswered : Math.min(leastUnanswered, bound);
      return null;
    }
    left.add(new Branch(bound, with(states, place, (byte) (1 - place.first()))));
    return new Branch(bound, with(states, place, place.first()));
  }

  /** Solves with all states set, and keeps what is best; its solution, null where it has none. */
  private double[] tried(byte[][] states) {
    double[] x = program.solve(states).x();
    if (x != null && program.cost(x) < bestCost) {
      best = states;
      bestCost = program.cost(x);
    }
    return x;
  }

  private Place place(byte[][] set, double[] relaxed, byte[][] rounded, double[] point) {
    Place widest = null;
    Place least = null;
    double difference = SAME_POWER;
    double doubt = -1.0;
    for (int k = 0; k < set.length; k++) {
      Switching switching = program.switchings().get(k);
      for (int t = 0; t < set[k].length; t++) {
        if (set[k][t] != SwitchedProgram.OPEN) {
          continue;
        }
        byte first = rounded == null ? 1 : rounded[k][t];
        if (relaxed != null && point != null) {
          int power = switching.power()[t];
          double apart = Math.abs(relaxed[power] - point[power]);
          if (apart > difference) {
            difference = apart;
            widest = new Place(k, t, first);
          }
        }
        double state = relaxed == null ? 0.5 : relaxed[switching.on()[t]];
        double own = Math.min(state, 1.0 - state);
        if (own > doubt) {
          doubt = own;
          least = new Place(k, t, first);
        }
      }
    }
    return widest == null ? least : widest;
  }

  private static byte[][] with(byte[][] states, Place place, byte value) {
    byte[][] changed = states.clone();
    changed[place.device()] = states[place.device()].clone();
    changed[place.device()][place.step()] = value;
    return changed;
  }
}
