package io.dualgrid.network.share;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.dualgrid.consensus.Algorithm;
import io.dualgrid.problem.CaseException;
import io.dualgrid.problem.CaseProblem;
import io.dualgrid.problem.JsonFault;
import io.dualgrid.run.RunAssembly;
import io.dualgrid.run.RunResult;
import io.dualgrid.run.RunSettings;
import io.dualgrid.run.RunStatus;
import io.dualgrid.run.SiteOutcome;
import io.dualgrid.site.GridCase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Puts the parts of a result together, for the person to whom all owners have handed theirs. */
public final class Gathering {
  private Gathering() {}

  /**
   * Reads all parts.
   *
   * @param folder with the folders that {@link CaseSplitter} makes, and a result in each
   * @throws CaseException naming what is missing or belongs to another run
   */
  public static RunResult gather(GridCase gridCase, Path folder) {
    return gather(gridCase, folder, Path.of(""));
  }

  /**
   * Reads all parts of one of several runs.
   *
   * @param run its public name, which is a folder's in {@link CaseSplitter#RUNS} of each party
   * @throws CaseException as before
   */
  public static RunResult gather(GridCase gridCase, Path folder, String run) {
    return gather(gridCase, folder, Path.of(CaseSplitter.RUNS).resolve(run));
  }

  private static RunResult gather(GridCase gridCase, Path folder, Path within) {
    Path operatorFile =
        folder.resolve(CaseSplitter.OPERATOR).resolve(within).resolve(OperatorPart.NAME);
    OperatorPart operator = read(operatorFile, OperatorPart.class);
    require(operatorFile, operator.feeder().equals(gridCase.name()), "is of another feeder");
    List<SiteOutcome> sites = new ArrayList<>();
    for (GridCase.Node node : gridCase.nodes()) {
      Path file =
          folder.resolve(CaseSplitter.folderOf(node.id())).resolve(within).resolve(SitePart.NAME);
      SitePart part = read(file, SitePart.class);
      require(
          file,
          part.run().equals(operator.run()) && part.outcome().node() == node.id(),
          "is of another run, or of another site");
      sites.add(part.outcome());
    }
    SiteOutcome.Course ofRoot =
        sites.stream().map(SiteOutcome::course).filter(Objects::nonNull).findFirst().orElse(null);
    boolean infeasible = operator.status() == RunStatus.INFEASIBLE;
    boolean meaningful =
        operator.status() != RunStatus.FAILED
            && !infeasible
            && (ofRoot == null ? cameToAPoint(operator) : !Double.isNaN(ofRoot.cost()));
    double cost = sites.stream().mapToDouble(SiteOutcome::cost).sum();
    double lowerBound = ofRoot == null ? operator.lowerBound() : ofRoot.lowerBound();
    double statesLowerBound =
        ofRoot == null ? operator.statesLowerBound() : ofRoot.statesLowerBound();
    RunSettings settings = operator.settings();
    return new RunAssembly(
            operator.feeder(),
            settings,
            gridCase.horizon(settings.steps(), settings.sampling()).moneyUnit(),
            operator.status(),
            0,
            operator.setupSeconds(),
            operator.solveSeconds(),
            operator.history(),
            operator.backends(),
            operator.notices())
        .with(
            meaningful ? cost : Double.NaN,
            infeasible ? Double.NaN : lowerBound,
            infeasible ? Double.NaN : statesLowerBound,
            meaningful ? sites : sites.stream().map(SiteOutcome::withoutDispatch).toList());
  }

  /** Newton may end with none: no dispatch was found, or no states of on and off fit together. */
  private static boolean cameToAPoint(OperatorPart operator) {
    boolean newton = operator.settings().algorithm() == Algorithm.NEWTON;
    int last = operator.history().size() - 1;
    return !newton || last >= 0 && !Double.isNaN(operator.history().get(last).cost());
  }

  private static <T> T read(Path file, Class<T> kind) {
    try {
      return Json.read(Files.readAllBytes(file), kind);
    } catch (NoSuchFileException e) {
      throw problem(file, "there is no such file", "let its owner hand over the result of the run");
    } catch (JsonProcessingException e) {
      throw problem(file, JsonFault.reason(e), "let its owner hand it over again");
    } catch (IOException e) {
      throw problem(file, "cannot be read: " + e.getMessage(), "let its owner hand it over again");
    }
  }

  private static void require(Path file, boolean holds, String what) {
    if (!holds) {
      throw problem(file, what, "gather parts of one run only");
    }
  }

  private static CaseException problem(Path file, String what, String remedy) {
    return new CaseException(
        file.toString(), List.of(new CaseProblem(file.toString(), "", "", "", what, remedy)));
  }
}
