package io.dualgrid.protocol;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One message of each kind, small. */
final class SampleMessages {
  private static final double[] ONE = {1.5};
  private static final double[] TWO = {0.25, -2};
  private static final Payload PLAIN = new Payload.Plain(TWO);
  private static final Payload HIDDEN = new Payload.Hidden(new byte[] {7, 8, 9}, new byte[] {5});

  private SampleMessages() {}

  private static BitSet ends(int... numbers) {
    BitSet ends = new BitSet();
    for (int number : numbers) {
      ends.set(number);
    }
    return ends;
  }

  static MaskedSolution solution(double value) {
    return new MaskedSolution(17, 3, true, new double[] {value}, ONE, 12);
  }

  static Stream<Message> all() {
    return Stream.of(
        new Abort(AbortCode.EQUIVOCATION),
        new Welcome(1, 7, false, true, List.of(new LineSetup(2, 0, 1, 0.5, 3, 400))),
        new SiteKeys(1, new byte[] {1, 2, 3}),
        new LineKey(2, true, new byte[] {4, 5}),
        new AskCapacities(true, ONE),
        new Start(1.25, true, ONE),
        new SolveAll(20, 1e-4),
        new AskResiduals(16, 0.5),
        new SolveHalf(false, TWO, ONE),
        new AskProducts(-1, 0.5, true),
        new Move(0.1, true, false, new double[0], TWO),
        new Sweep(),
        new SweepPrices(),
        new AskPrices(),
        new AskBound(true, TWO),
        new AskRootPrice(TWO),
        new Adopt(),
        new AskAgreement(),
        new Finish(),
        new Boundary(2, true, PLAIN, HIDDEN, new byte[] {6, 7}),
        new Consensus(2, false, 11, 12, HIDDEN, new byte[] {6, 7}),
        new TreePart(2, true, new byte[] {8, 9}),
        new TreeSum(2, false, new byte[] {10}),
        new RelayOrder(new AskBound(true, TWO), ends(3), ends(2, 5), true, true),
        new RelayLetter(3, 17, new LineKey(2, true, new byte[] {4, 5})),
        new RelayDone(Optional.of(HIDDEN)),
        new Report(PLAIN),
        new MaskedProgram(
            17,
            600,
            1,
            ONE,
            ONE,
            new double[] {Double.NEGATIVE_INFINITY},
            new double[] {2},
            ONE,
            new double[] {0}),
        new MaskedTerm(17, 3, ONE),
        solution(0.75),
        new ReleaseMask(17),
        new MaskStored(17, false),
        new NewtonBegin(TWO, 0.5),
        new NewtonRows(new int[] {3, 0}, new int[] {71, 5}),
        new NewtonOpen(true, TWO),
        new NewtonAim(0.5, true),
        new NewtonMultiply(TWO),
        new NewtonDirect(TWO),
        new NewtonMove(0.5, 0.25),
        new NewtonSweep(),
        new NewtonLevels(TWO),
        new NewtonFind(2, ONE, ONE, ONE),
        new NewtonBound(true, TWO),
        new NewtonPolish(TWO),
        new NewtonKeep(),
        new NewtonSwitch(NewtonSwitch.Stage.AT_PRICES),
        new AskStores(),
        new NewtonRelax(),
        new Roster(new int[] {7, 9}, new int[] {-1, 0}),
        new RootTurn(Optional.of(HIDDEN)),
        new RootOrder(new NewtonMove(0.5, 0.25)),
        new RootVerdict(
            false, "no step", true, true, List.of(new RootVerdict.Lack(2, 1, 3, true, 0.5))));
  }
}
