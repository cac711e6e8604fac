package io.fanfare.worker;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.fanfare.worker", importOptions = DoNotIncludeTests.class)
class WorkerArchitectureTest {

    @ArchTest
    static final ArchRule features_have_no_cycles =
            slices().matching("io.fanfare.worker.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule services_do_not_know_one_another =
            noClasses().should().dependOnClassesThat().resideInAnyPackage("io.fanfare.play..", "io.fanfare.streams..");

    @ArchTest
    static final ArchRule what_is_delivered_does_not_know_the_sink = noClasses()
            .that()
            .resideInAPackage("io.fanfare.worker.integration..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.fanfare.worker.sink..");
}
