package io.fanfare.standalone;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Rules that hold across modules; standalone is the one module that sees them all. */
@AnalyzeClasses(
        packages = "io.fanfare",
        importOptions = {DoNotIncludeTests.class, ArchitectureTest.NoTestJars.class})
class ArchitectureTest {

    /** What modules give to the tests of others is a test too. */
    static final class NoTestJars implements ImportOption {

        @Override
        public boolean includes(Location location) {
            return !location.contains("-tests.jar");
        }
    }

    @ArchTest
    static final ArchRule arrows_point_inward_and_services_do_not_know_one_another = layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage("io.fanfare..")
            .layer("engine")
            .definedBy("io.fanfare.engine..")
            .layer("schemas")
            .definedBy("io.fanfare.schemas..", "io.fanfare.events..")
            .layer("ranked-store")
            .definedBy("io.fanfare.ranked..")
            .layer("store")
            .definedBy("io.fanfare.store..")
            .layer("edge")
            .definedBy("io.fanfare.edge..")
            .layer("connectors")
            .definedBy("io.fanfare.connectors..")
            .layer("play-api")
            .definedBy("io.fanfare.play..")
            .layer("streams")
            .definedBy("io.fanfare.streams..")
            .layer("worker")
            .definedBy("io.fanfare.worker..")
            .layer("standalone")
            .definedBy("io.fanfare.standalone..")
            .layer("bench")
            .definedBy("io.fanfare.bench..")
            .layer("cli")
            .definedBy("io.fanfare.cli..")
            .whereLayer("standalone")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("bench")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("cli")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("play-api")
            .mayOnlyBeAccessedByLayers("standalone", "bench")
            .whereLayer("streams")
            .mayOnlyBeAccessedByLayers("standalone", "bench")
            .whereLayer("worker")
            .mayOnlyBeAccessedByLayers("standalone")
            .whereLayer("connectors")
            .mayOnlyBeAccessedByLayers("standalone")
            .whereLayer("store")
            .mayOnlyBeAccessedByLayers("play-api", "worker", "standalone", "bench")
            .whereLayer("edge")
            .mayOnlyBeAccessedByLayers("play-api", "streams", "worker", "standalone")
            .whereLayer("ranked-store")
            .mayOnlyBeAccessedByLayers("streams");

    @ArchTest
    static final ArchRule features_of_the_engine_have_no_cycles =
            slices().matching("io.fanfare.engine.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule features_of_the_store_have_no_cycles =
            slices().matching("io.fanfare.store.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule features_of_the_api_have_no_cycles =
            slices().matching("io.fanfare.play.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule features_of_the_streams_have_no_cycles =
            slices().matching("io.fanfare.streams.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule features_of_the_worker_have_no_cycles =
            slices().matching("io.fanfare.worker.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule topics_of_the_edge_have_no_cycles =
            slices().matching("io.fanfare.edge.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule streams_types_stay_in_topologies_and_processors = noClasses()
            .that()
            .resideOutsideOfPackages("io.fanfare.streams..", "io.fanfare.ranked..", "io.fanfare.bench.wallet..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.kafka.streams..");

    @ArchTest
    static final ArchRule only_the_store_speaks_sql = noClasses()
            .that()
            .resideOutsideOfPackages("io.fanfare.store..", "io.fanfare.standalone..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.springframework.jdbc.core..");

    @ArchTest
    static final ArchRule every_package_says_what_may_be_null =
            classes().that().resideOutsideOfPackage("io.fanfare.events..").should(BeInANullMarkedPackage.INSTANCE);
}
