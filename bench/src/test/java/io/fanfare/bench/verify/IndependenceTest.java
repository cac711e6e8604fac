package io.fanfare.bench.verify;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Whoever checks with the code that is checked repeats its mistakes. */
@AnalyzeClasses(packages = "io.fanfare.bench", importOptions = DoNotIncludeTests.class)
class IndependenceTest {

    @ArchTest
    static final ArchRule verify_shares_the_schemas_with_what_it_checks_and_nothing_else = noClasses()
            .that()
            .resideInAPackage("io.fanfare.bench.verify..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.fanfare.engine..",
                    "io.fanfare.store..",
                    "io.fanfare.ranked..",
                    "io.fanfare.edge..",
                    "io.fanfare.play..",
                    "io.fanfare.streams..",
                    "io.fanfare.worker..",
                    "io.fanfare.connectors..",
                    "io.fanfare.standalone..",
                    "org.springframework..");
}
