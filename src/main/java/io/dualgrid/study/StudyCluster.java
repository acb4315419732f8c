package io.dualgrid.study;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;

/**
 * Runs the chains of a study on several machines. The program's own jar has none of these; that of
 * the cluster brings it as a service.
 */
public interface StudyCluster {
  /**
   * Gives out the chains of a study, of which this machine runs some itself, and keeps them.
   * Returns once all are kept, or the job is cancelled.
   *
   * @param config file of this machine, the first of the list in it
   * @param threads chains that this machine runs at the same time
   * @throws IllegalArgumentException when something is wrong with the file
   */
  void lead(Path config, int threads, ChainJob job);

  /**
   * Runs chains that the first machine gives out, until that one leaves in good order. Where it is
   * lost, this one waits for it to come back.
   *
   * @param config file of this machine, not the first of the list in it
   * @param threads chains at the same time
   * @param study the same as there
   * @param out told when this machine joins, and when it loses the first
   * @throws IllegalArgumentException when something is wrong with the file, or the study is another
   */
  void help(Path config, int threads, Study study, PrintWriter out, BooleanSupplier cancelled);
}
