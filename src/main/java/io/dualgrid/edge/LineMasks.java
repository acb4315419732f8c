package io.dualgrid.edge;

import io.dualgrid.auth.Round;
import io.dualgrid.protocol.Envelope;
import io.dualgrid.securesum.LinePads;
import io.dualgrid.securesum.WideNumbers;
import java.util.function.Supplier;

/**
 * By what the two ends of a line hide sums along the tree in the present phase, and make sure that
 * they were given the same, see {@link LinePads}; nothing where nothing is encrypted.
 */
interface LineMasks extends AutoCloseable {
  /** Of a line without encryption. */
  LineMasks NONE =
      new LineMasks() {
        @Override
        public WideNumbers upwards(int count) {
          return WideNumbers.zeros(count);
        }

        @Override
        public WideNumbers downwards(int count) {
          return WideNumbers.zeros(count);
        }

        @Override
        public void hold(byte[]... given) {
          // nobody is kept from anything
        }

        @Override
        public byte[] witness() {
          return new byte[0];
        }
      };

  /** What hides the sum over all that is below the line. */
  WideNumbers upwards(int count);

  /** What hides the sum along the path to the line's lower end. */
  WideNumbers downwards(int count);

  /** Takes what the other end must have been given as well. */
  void hold(byte[]... given);

  /** A key that both ends have where they have held the same. */
  byte[] witness();

  @Override
  default void close() {}

  /**
   * Of a line whose ends share pads.
   *
   * @param pads closed with the masks
   * @param now tells the present phase
   */
  static LineMasks of(LinePads pads, Supplier<Moment> now) {
    return new LineMasks() {
      @Override
      public WideNumbers upwards(int count) {
        Moment at = now.get();
        return pads.upwards(number(at.round()), at.transcript(), count);
      }

      @Override
      public WideNumbers downwards(int count) {
        Moment at = now.get();
        return pads.downwards(number(at.round()), at.transcript(), count);
      }

      @Override
      public void hold(byte[]... given) {
        pads.hold(given);
      }

      @Override
      public byte[] witness() {
        return pads.witness();
      }

      @Override
      public void close() {
        pads.close();
      }
    };
  }

  private static long number(Round round) {
    return Envelope.round(round.iteration(), round.phase());
  }
}
