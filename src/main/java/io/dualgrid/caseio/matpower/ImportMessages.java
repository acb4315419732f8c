package io.dualgrid.caseio.matpower;

import io.dualgrid.caseio.Notices;
import io.dualgrid.problem.CaseProblem;
import java.util.List;

/** Where the parts of an import tell what they do, and what they cannot do. */
final class ImportMessages {
  private final String file;
  private final Notices notices;
  private final List<CaseProblem> errors;
  private final boolean leaveOut;

  /**
   * For one file.
   *
   * @param leaveOut whether parts that the model does not have are noticed, not refused
   */
  ImportMessages(String file, Notices notices, List<CaseProblem> errors, boolean leaveOut) {
    this.file = file;
    this.notices = notices;
    this.errors = errors;
    this.leaveOut = leaveOut;
  }

  void notice(String where, String message) {
    notices.add(where, message);
  }

  void error(String place, String field, String value, String message, String remedy) {
    errors.add(new CaseProblem(file, place, field, value, message, remedy));
  }

  /** Something that the model does not have. */
  void unsupported(String place, String field, String value, String what) {
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
