package io.saldo.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.domain.properties.HasOwner;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import org.springframework.scheduling.support.CronExpression;

/** What keeps the application's parts apart. */
@AnalyzeClasses(packages = "io.saldo.app", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String COMMAND = "io.saldo.app.command..";
    private static final List<Class<?>> CLOCKS = List.of(
            Clock.class,
            Instant.class,
            LocalDate.class,
            LocalDateTime.class,
            OffsetDateTime.class,
            ZonedDateTime.class);

    @ArchTest
    void onlyCommandsReadTheClock(JavaClasses app) {
        for (Class<?> clock : CLOCKS) {
            noClasses()
                    .should()
                    .callMethodWhere(JavaCall.Predicates.target(HasName.Predicates.name("now"))
                            .and(JavaCall.Predicates.target(
                                    HasOwner.Predicates.With.owner(JavaClass.Predicates.type(clock)))))
                    .because("what is computed must not depend on when")
                    .check(app);
        }
    }

    @ArchTest
    static final ArchRule theSystemClockIsTakenByCommandsOnly = noClasses()
            .that()
            .resideOutsideOfPackage(COMMAND)
            .should()
            .callMethod(InstantSource.class, "system")
            .orShould()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .callMethod(Clock.class, "systemDefaultZone")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .because("what is computed must not depend on when");

    @ArchTest
    static final ArchRule nothingAsksForTheMachinesZoneOrLocale = noClasses()
            .should()
            .callMethod(ZoneId.class, "systemDefault")
            .orShould()
            .callMethod(TimeZone.class, "getDefault")
            .orShould()
            .callMethod(Locale.class, "getDefault")
            .because("what is computed must not depend on where");

    @ArchTest
    static final ArchRule onlyRunsKnowSpringBatch = noClasses()
            .that()
            .resideOutsideOfPackage("io.saldo.app.run..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.springframework.batch..");

    @ArchTest
    static final ArchRule onlyStoresSpeakToTheDatabase = noClasses()
            .that()
            .resideOutsideOfPackages("io.saldo.app.store..", "io.saldo.app.database..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "java.sql..", "javax.sql..", "org.springframework.jdbc..", "org.h2..", "org.postgresql..");

    @ArchTest
    static final ArchRule configurationAndHomeKnowNoSpring = noClasses()
            .that()
            .resideInAnyPackage("io.saldo.app.config..", "io.saldo.app.home..")
            .should()
            .dependOnClassesThat(JavaClass.Predicates.resideInAPackage("org.springframework..")
                    .and(DescribedPredicate.not(JavaClass.Predicates.type(CronExpression.class))))
            .because("a cron expression alone is checked with the class that reads it");

    @ArchTest
    static final ArchRule configurationAndHomeStandAlone = noClasses()
            .that()
            .resideInAnyPackage("io.saldo.app.config..", "io.saldo.app.home..")
            .should()
            .dependOnClassesThat(JavaClass.Predicates.resideInAPackage("io.saldo.app..")
                    .and(DescribedPredicate.not(
                            JavaClass.Predicates.resideInAnyPackage("io.saldo.app.config..", "io.saldo.app.home.."))));

    @ArchTest
    static final ArchRule nothingBelowCommandsKnowsThem = noClasses()
            .that()
            .resideOutsideOfPackage(COMMAND)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(COMMAND, "picocli..");

    @ArchTest
    static final ArchRule onlyCommandsPrintAndExit = noClasses()
            .that()
            .resideOutsideOfPackage(COMMAND)
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .orShould()
            .callMethod(System.class, "exit", int.class);

    /** Left out are {@code run}, {@code store} and {@code statement}, which share what a run and a revision are. */
    @ArchTest
    static final ArchRule partsOfTheWorkFormNoCircle = SlicesRuleDefinition.slices()
            .assignedFrom(new SliceAssignment() {
                @Override
                public SliceIdentifier getIdentifierOf(JavaClass each) {
                    String part = each.getPackageName().replaceFirst("io\\.saldo\\.app\\.?", "");
                    if (List.of("run", "store", "statement", "").contains(part)) {
                        return SliceIdentifier.ignore();
                    }
                    return SliceIdentifier.of(part);
                }

                @Override
                public String getDescription() {
                    return "parts of the work";
                }
            })
            .should()
            .beFreeOfCycles();

    @ArchTest
    static final ArchRule aNameSaysWhatAClassIs = classes()
            .should()
            .haveSimpleNameNotEndingWith("Util")
            .andShould()
            .haveSimpleNameNotEndingWith("Utils")
            .andShould()
            .haveSimpleNameNotEndingWith("Helper")
            .andShould()
            .haveSimpleNameNotEndingWith("Manager")
            .andShould()
            .haveSimpleNameNotEndingWith("Impl");
}
