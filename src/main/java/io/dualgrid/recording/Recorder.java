package io.dualgrid.recording;

import io.dualgrid.protocol.MessageTap;

/**
 * Takes down what a party of a run over the network receives and sends, and what a site knows to be
 * true, for an audit. Thread safe.
 */
public interface Recorder extends AutoCloseable {
  /** Takes nothing down. */
  Recorder NONE =
      new Recorder() {
        @Override
        public MessageTap tap() {
          return MessageTap.NONE;
        }

        @Override
        public void solution(int iteration, double[] values) {
          // nobody asked
        }

        @Override
        public void dispatch(double[] values) {
          // nobody asked
        }

        @Override
        public void ownMask(long mask) {
          // nobody asked
        }

        @Override
        public void close() {
          // nothing is open
        }
      };

  /** Sees the bytes of every message; changes nothing. */
  MessageTap tap();

  /**
   * What a site has found in an iteration.
   *
   * @param values of the variables of its program, per unit
   */
  void solution(int iteration, double[] values);

  /** What a site has come to, in the units of results. */
  void dispatch(double[] values);

  /** A mask that a site has drawn; by its number the cloud's part of it is told from others'. */
  void ownMask(long mask);

  @Override
  void close();
}
