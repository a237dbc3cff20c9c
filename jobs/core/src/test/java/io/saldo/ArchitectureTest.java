package io.saldo;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The purity of the core and the order of its packages, held by the build. */
class ArchitectureTest {
    private static final JavaClasses CORE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.saldo");

    private static final DescribedPredicate<JavaClass> BINARY_FLOATING_POINT = DescribedPredicate.describe(
            "binary floating point",
            type -> type.isEquivalentTo(double.class)
                    || type.isEquivalentTo(float.class)
                    || type.isEquivalentTo(Double.class)
                    || type.isEquivalentTo(Float.class));

    @Test
    void theCoreNeedsNothingButTheJdk() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("io.saldo..", "java..", "org.jspecify..")
                .check(CORE);
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.io..", "java.nio.file..", "java.net..", "java.sql..")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Clock.class)
                .check(CORE);
    }

    @Test
    void everyStageKnowsOnlyTheStagesBeforeIt() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .withOptionalLayers(true)
                .layer("basis")
                .definedBy("io.saldo.money..", "io.saldo.time..", "io.saldo.problem..")
                .layer("usage")
                .definedBy("io.saldo.usage..")
                .layer("pricing")
                .definedBy("io.saldo.pricing..")
                .layer("pricelist")
                .definedBy("io.saldo.pricelist..")
                .layer("credit")
                .definedBy("io.saldo.credit..")
                .layer("statement")
                .definedBy("io.saldo.statement..")
                .layer("reconcile")
                .definedBy("io.saldo.reconcile..")
                .layer("provider")
                .definedBy("io.saldo.provider..")
                .layer("invoice")
                .definedBy("io.saldo.invoice..")
                .layer("dispute")
                .definedBy("io.saldo.dispute..")
                .layer("health")
                .definedBy("io.saldo.health..")
                .whereLayer("basis")
                .mayNotAccessAnyLayer()
                .whereLayer("usage")
                .mayOnlyAccessLayers("basis")
                .whereLayer("pricing")
                .mayOnlyAccessLayers("basis", "usage")
                .whereLayer("pricelist")
                .mayOnlyAccessLayers("basis", "usage", "pricing")
                .whereLayer("credit")
                .mayOnlyAccessLayers("basis", "usage", "pricing")
                .whereLayer("statement")
                .mayOnlyAccessLayers("basis", "usage", "pricing", "credit")
                .whereLayer("reconcile")
                .mayOnlyAccessLayers("basis", "usage", "pricing", "credit", "statement")
                .whereLayer("provider")
                .mayOnlyAccessLayers("basis", "usage", "pricing", "reconcile")
                .whereLayer("invoice")
                .mayOnlyAccessLayers("basis", "usage", "pricing", "credit", "statement", "reconcile")
                .whereLayer("dispute")
                .mayOnlyAccessLayers("basis", "usage", "pricing", "credit", "statement", "invoice")
                .whereLayer("health")
                .mayOnlyAccessLayers("basis", "usage", "pricing", "credit", "statement")
                .check(CORE);
    }

    @Test
    void onlyMoneyKnowsBigDecimal() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.saldo.money..")
                .should()
                .dependOnClassesThat()
                .areAssignableTo(BigDecimal.class)
                .check(CORE);
    }

    @Test
    void nothingDependsOnTheClockTheZoneOrTheLocaleOfTheMachine() {
        noClasses()
                .should()
                .callMethodWhere(DescribedPredicate.describe(
                        "asks the clock",
                        call -> call.getTargetOwner().getPackageName().equals("java.time")
                                && call.getName().equals("now")))
                .orShould()
                .callMethod(ZoneId.class, "systemDefault")
                .orShould()
                .callMethod(Locale.class, "getDefault")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .check(CORE);
    }

    @Test
    void noFieldOrMethodIsBinaryFloatingPoint() {
        noFields().should().haveRawType(BINARY_FLOATING_POINT).check(CORE);
        noMethods().should().haveRawReturnType(BINARY_FLOATING_POINT).check(CORE);
        noMethods()
                .should()
                .haveRawParameterTypes(DescribedPredicate.describe(
                        "binary floating point", types -> types.stream().anyMatch(BINARY_FLOATING_POINT)))
                .check(CORE);
    }

    @Test
    void namesSayWhatAClassIs() {
        noClasses()
                .should()
                .haveNameMatching(".*(Util|Utils|Helper|Manager|Impl)(\\$.*)?")
                .check(CORE);
    }
}
