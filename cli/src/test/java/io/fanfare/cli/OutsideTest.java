package io.fanfare.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The commands use the platform from outside, as anybody could, and start in a moment. */
@AnalyzeClasses(packages = "io.fanfare.cli", importOptions = DoNotIncludeTests.class)
class OutsideTest {

    @ArchTest
    static final ArchRule the_commands_know_the_schemas_and_nothing_else_of_ours = noClasses()
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
