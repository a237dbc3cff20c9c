package io.saldo.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.ObjectInputStream;

/** Nothing of Saldo reads what could make it fetch, build or run something: so there is nothing to be made safe. */
@AnalyzeClasses(
        packages = "io.saldo",
        importOptions = {ImportOption.DoNotIncludeTests.class, NoInterpreterTest.WithoutJudges.class})
class NoInterpreterTest {
    /** What judges documents in tests reads XML, and is no part of the program. */
    static final class WithoutJudges implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("/judges/");
        }
    }

    @ArchTest
    static final ArchRule noXmlIsRead = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("javax.xml.parsers..", "javax.xml.transform..", "org.xml.sax..", "org.w3c.dom..")
            .orShould()
            .dependOnClassesThat()
            .haveNameMatching("javax\\.xml\\.stream\\.(XMLInputFactory|XMLStreamReader|XMLEventReader)")
            .because("an external entity reads files of the machine");

    @ArchTest
    static final ArchRule noObjectIsReadAndNoScriptIsRun = noClasses()
            .should()
            .dependOnClassesThat()
            .areAssignableTo(ObjectInputStream.class)
            .orShould()
            .dependOnClassesThat()
            .resideInAnyPackage("javax.script..", "javax.naming..", "org.springframework.expression..")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(ProcessBuilder.class)
            .orShould()
            .callMethod(Runtime.class, "exec", String.class)
            .because("who writes a file that is read would run it");
}
