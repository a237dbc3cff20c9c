package io.saldo.lake;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import java.time.LocalDate;

/** What the lake may know. */
@AnalyzeClasses(packages = "io.saldo.lake", importOptions = ImportOption.DoNotIncludeTests.class)
class LayersTest {
    @ArchTest
    static final ArchRule LAKE_DEPENDS_ON_CORE_AND_ITS_FORMATS = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "io.saldo.lake..",
                    "io.saldo.money",
                    "io.saldo.time",
                    "io.saldo.usage",
                    "io.saldo.problem",
                    "java..",
                    "org.jspecify.annotations",
                    "com.github.luben.zstd",
                    "org.apache.parquet..",
                    "org.apache.hadoop.conf",
                    "tools.jackson.core..");

    @ArchTest
    static final ArchRule NO_SQL = noClasses().should().dependOnClassesThat().resideInAnyPackage("java.sql..");

    @ArchTest
    static final ArchRule NO_CLOCK = noClasses()
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(LocalDate.class, "now");

    @ArchTest
    static final ArchRule SOURCE_KNOWS_NO_PARTITION = noClasses()
            .that()
            .resideInAnyPackage("io.saldo.lake.source", "io.saldo.lake.usage", "io.saldo.lake.table")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.saldo.lake.intake", "io.saldo.lake.identity", "io.saldo.lake.gather");

    @ArchTest
    static final ArchRule STEPS_IN_ORDER = noClasses()
            .that()
            .resideInAnyPackage("io.saldo.lake.intake", "io.saldo.lake.identity")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.saldo.lake.gather");
}
