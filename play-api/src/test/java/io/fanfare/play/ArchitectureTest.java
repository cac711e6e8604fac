package io.fanfare.play;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.fanfare.play", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule features_have_no_cycles =
            slices().matching("io.fanfare.play.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule it_knows_no_other_service = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.fanfare.streams..", "io.fanfare.worker..", "io.fanfare.standalone..");

    @ArchTest
    static final ArchRule events_are_written_by_the_store = noClasses()
            .that()
            .resideOutsideOfPackage("io.fanfare.play.integration..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.fanfare.events..");
}
