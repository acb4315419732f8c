package io.dualgrid.edge;

import io.dualgrid.runtime.StateArchive;
import java.util.function.Consumer;

/**
 * Where an energy system's states between two iterations are kept, and where one comes from that a
 * run goes on with.
 */
public interface StateShelf {
  /** Keeps nothing and has nothing. */
  StateShelf NONE =
      new StateShelf() {
        @Override
        public void begin(int next, Consumer<StateArchive> state) {
          // as it was set up
        }

        @Override
        public void offer(int ended, Consumer<StateArchive> state) {
          // kept by nobody
        }
      };

  /**
   * Told when the first order of all iterations has come, before it is obeyed: hands over the state
   * that the run goes on with.
   *
   * @param next number of the iteration that begins
   * @param state passes everything to an archive, in either direction
   * @throws io.dualgrid.protocol.ProtocolException when it should begin with another
   */
  void begin(int next, Consumer<StateArchive> state);

  /**
   * Told when the first order of a later iteration has come, before it is obeyed: what is kept now
   * outlives a loss in that iteration.
   *
   * @param ended the iteration before, from 1
   * @param state as for {@link #begin}
   */
  void offer(int ended, Consumer<StateArchive> state);
}
