package io.dualgrid.parties;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.dualgrid.mask.MaskedAnswer;
import io.dualgrid.mask.MaskedLinearTerm;
import io.dualgrid.mask.MaskedProblem;
import io.dualgrid.qp.QpSettings;
import io.dualgrid.qp.QpStatus;
import io.dualgrid.qp.dense.JavaDenseSolverFactory;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CloudTest {
  private static final Set<String> MESSAGES =
      Set.of(
          MaskedProblem.class.getName(),
          MaskedLinearTerm.class.getName(),
          MaskedAnswer.class.getName(),
          CloudService.class.getName());

  /** Neither directly nor through any class it uses. */
  @Test
  void theCloudHasNoWayToACaseADeviceOrAKey() {
    JavaClasses classes =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.dualgrid");
    noClasses()
        .that()
        .areAssignableTo(Cloud.class)
        .should()
        .transitivelyDependOnClassesThat(
            DescribedPredicate.describe(
                "belong to dualgrid, but are neither masked messages nor solvers",
                (JavaClass target) ->
                    target.getPackageName().startsWith("io.dualgrid")
                        && !target.getPackageName().startsWith("io.dualgrid.qp")
                        && !target.getPackageName().startsWith("io.dualgrid.natives")
                        && !MESSAGES.contains(target.getName())
                        && !target.isAssignableTo(Cloud.class)))
        .check(classes);
  }

  @Test
  void solvesByTheNumberOfTheMaskAndForgets() {
    // minimise ½ y² + c y, −1 ≤ y ≤ 1
    MaskedProblem problem =
        new MaskedProblem(
            17,
            1,
            new double[] {1},
            new double[] {1},
            new double[] {-1},
            new double[] {1},
            new double[1],
            new double[1]);
    try (Cloud cloud = new Cloud(new JavaDenseSolverFactory(), new QpSettings(1e-9, 1e-9, 100))) {
      assertThat(cloud.solve(new MaskedLinearTerm(17, 1, new double[] {-3})).status())
          .isEqualTo(QpStatus.ERROR);
      cloud.accept(problem);
      MaskedAnswer answer = cloud.solve(new MaskedLinearTerm(17, 2, new double[] {-3}));
      assertThat(answer.status()).isEqualTo(QpStatus.SOLVED);
      assertThat(answer.sequence()).isEqualTo(2);
      assertThat(answer.y()[0]).isCloseTo(1.0, org.assertj.core.api.Assertions.within(1e-8));
      assertThat(answer.multipliers()[0])
          .isCloseTo(2.0, org.assertj.core.api.Assertions.within(1e-8));
      cloud.forget(17);
      assertThat(cloud.solve(new MaskedLinearTerm(17, 3, new double[] {-3})).status())
          .isEqualTo(QpStatus.ERROR);
    }
  }
}
