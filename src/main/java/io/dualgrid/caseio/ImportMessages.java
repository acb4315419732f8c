package io.dualgrid.caseio;

import io.dualgrid.problem.CaseProblem;
import java.util.List;

/** Where the parts of an import tell what they do, and what they cannot do. */
public final class ImportMessages {
  private final String file;
  private final Notices notices;
  private final List<CaseProblem> errors;
  private final boolean leaveOut;

  /**
   * For one file.
   *
   * @param file its name
   * @param notices takes what is told
   * @param errors takes what is wrong
   * @param leaveOut whether parts that the model does not have are noticed, not refused
   */
  public ImportMessages(String file, Notices notices, List<CaseProblem> errors, boolean leaveOut) {
    this.file = file;
    this.notices = notices;
    this.errors = errors;
    this.leaveOut = leaveOut;
  }

  /** Something that was done or assumed. */
  public void notice(String where, String message) {
    notices.add(where, message);
  }

  /** A field of a kind of device at a node that nobody states. */
  public void assume(String device, int node, String field) {
    notices.assume(device, node, field);
  }

  /** A constant of the network that nobody states. */
  public void assumeLimit(String field) {
    notices.assumeLimit(field);
  }

  /** Something that is wrong. */
  public void error(String place, String field, String value, String message, String remedy) {
    errors.add(new CaseProblem(file, place, field, value, message, remedy));
  }

  /** Something that the model does not have. */
  public void unsupported(String place, String field, String value, String what) {
    if (leaveOut) {
      notices.add(place.isEmpty() ? field : place, field + ": " + what + "; left out");
    } else {
      error(
          place,
          field,
          value,
          what + " is not supported",
          "remove it, or leave such parts out on import (--leave-out)");
    }
  }
}
